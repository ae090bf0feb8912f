//! `If-Match`: the version that a change was made for, and the `ETag` that tells it.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::problem::Error;

/// What `If-Match` names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IfMatch {
    /// `*`: whatever is there.
    Any,
    Version(u64),
}

impl IfMatch {
    /// For `($n < 0 OR version = $n)`.
    pub fn number(self) -> i64 {
        match self {
            Self::Any => -1,
            Self::Version(version) => i64::try_from(version).unwrap_or(i64::MAX),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        let value = parts
            .headers
            .get(header::IF_MATCH)
            .ok_or(Error::VersionRequired)?;
        let text = value.to_str().unwrap_or_default().trim();
        if text == "*" {
            return Ok(Self::Any);
        }
        // A tag that this server never gave matches nothing.
        text.strip_prefix('"')
            .and_then(|text| text.strip_suffix('"'))
            .and_then(|text| text.parse().ok())
            .map(Self::Version)
            .ok_or(Error::Stale)
    }
}

/// A record with its version as `ETag`.
pub struct Tagged<T>(pub u64, pub T);

impl<T: Serialize> IntoResponse for Tagged<T> {
    fn into_response(self) -> Response {
        let mut response = axum::Json(self.1).into_response();
        if let Ok(tag) = HeaderValue::from_str(&format!("\"{}\"", self.0)) {
            response.headers_mut().insert(header::ETAG, tag);
        }
        response
    }
}
