//! What partners send.

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use ocpi::envelope::Status;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::answer::Refusal;
use crate::app::App;
use crate::join::address::{self, Base};
use crate::middleware::body::{MAX_BODY, read};

/// How much is told of what does not fit, in characters.
const MAX_TOLD: usize = 200;

/// A JSON object, and the same read; none where nothing was sent.
pub struct Body(Bytes);

impl FromRequest<App> for Body {
    type Rejection = Refusal;

    async fn from_request(request: Request, _: &App) -> Result<Self, Refusal> {
        Ok(Self(read(request, MAX_BODY).await?))
    }
}

impl Body {
    /// Whether nothing was sent.
    pub fn is_empty(&self) -> bool {
        self.0.trim_ascii().is_empty()
    }

    /// The object as it was sent.
    ///
    /// # Errors
    /// It is no JSON object.
    pub fn object(&self) -> Result<Map<String, Value>, Refusal> {
        serde_json::from_slice(&self.0).map_err(|error| Refusal {
            http: StatusCode::BAD_REQUEST,
            ..unfit(&error)
        })
    }

    /// The object read.
    ///
    /// # Errors
    /// It is no JSON object, or something of it does not fit.
    pub fn parse<T: DeserializeOwned>(&self) -> Result<T, Refusal> {
        of(self.object()?)
    }
}

/// Reads an object.
///
/// # Errors
/// Something of it does not fit.
pub fn of<T: DeserializeOwned>(object: Map<String, Value>) -> Result<T, Refusal> {
    serde_json::from_value(Value::Object(object)).map_err(|error| unfit(&error))
}

fn unfit(error: &serde_json::Error) -> Refusal {
    let text: String = error.to_string().chars().take(MAX_TOLD).collect();
    Refusal::of(Status::INVALID, format!("The body does not fit: {text}."))
}

/// The portal's own address, as this partner reaches it.
pub struct Site(pub Base);

impl FromRequestParts<App> for Site {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refusal> {
        Ok(Self(address::base(app, &parts.headers)?))
    }
}

/// The parameters behind the question mark.
pub struct Parameters(pub Vec<(String, String)>);

impl FromRequestParts<App> for Parameters {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Refusal> {
        let query = parts.uri.query().unwrap_or_default();
        Ok(Self(
            form_urlencoded::parse(query.as_bytes()).into_owned().collect(),
        ))
    }
}

impl Parameters {
    /// The parameter of that name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(own, _)| own == name)
            .map(|(_, value)| value.as_str())
    }
}
