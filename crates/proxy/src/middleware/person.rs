//! Who asks. Until there are accounts, a browser that saved something is a person of its own, known by
//! a cookie that scripts cannot read.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderValue, header};
use axum::response::Response;

use super::keyed::digest;
use crate::problem::Error;

const COOKIE: &str = "ev_portal_person";
/// The cookie's length: 128 random bits in hex.
const LENGTH: usize = 32;
/// How long a browser keeps it, in seconds: 400 days, the most that browsers allow.
const KEPT: u32 = 400 * 86_400;

/// The person who asks, if they are known.
pub struct Person {
    id: Option<String>,
    cookie: Option<HeaderValue>,
}

impl<S: Send + Sync> FromRequestParts<S> for Person {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let cookies = parts.headers.get_all(header::COOKIE).iter();
        let mut pairs = cookies
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='));
        let own = pairs.find(|(name, value)| *name == COOKIE && is_ours(value));
        Ok(Self {
            // What stands in the books is no cookie that somebody could use.
            id: own.map(|(_, value)| digest(value.as_bytes())),
            cookie: None,
        })
    }
}

fn is_ours(value: &str) -> bool {
    value.len() == LENGTH && value.bytes().all(|byte| byte.is_ascii_hexdigit())
}

impl Person {
    /// Their id, if they are known.
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// Their id, made for something that is to be kept.
    ///
    /// # Errors
    /// There are no random numbers.
    pub fn make(&mut self) -> Result<String, Error> {
        if let Some(id) = &self.id {
            return Ok(id.clone());
        }
        let mut bytes = [0; LENGTH / 2];
        getrandom::fill(&mut bytes)?;
        let secret: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let cookie = format!("{COOKIE}={secret}; Path=/; Max-Age={KEPT}; HttpOnly; SameSite=Strict");
        self.cookie = HeaderValue::from_str(&cookie).ok();
        Ok(self.id.insert(digest(secret.as_bytes())).clone())
    }

    /// The answer, with the cookie of a person who was made.
    pub fn answer(self, mut response: Response) -> Response {
        if let Some(cookie) = self.cookie {
            response.headers_mut().insert(header::SET_COOKIE, cookie);
        }
        response
    }
}
