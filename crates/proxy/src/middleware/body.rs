//! JSON bodies, path and query parameters, with problems in place of the framework's texts.

use std::future::poll_fn;
use std::mem;
use std::pin::Pin;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde::de::DeserializeOwned;

use super::slow;
use crate::problem::Error;

/// The largest body where nothing else is said.
pub const MAX_BODY: usize = 2 * 1024 * 1024;

/// What one record takes as JSON, and how many headers an answer comes to have: room is made for them once.
const ROOM: usize = 1024;
const HEADERS: usize = 12;

/// How much is told of what does not fit, in characters; it may quote the body.
const MAX_TOLD: usize = 300;

/// A JSON body of at most `LIMIT` bytes; as an answer, JSON.
pub struct Json<T, const LIMIT: usize = MAX_BODY>(pub T);

impl<T: DeserializeOwned, S: Send + Sync, const LIMIT: usize> FromRequest<S> for Json<T, LIMIT> {
    type Rejection = Error;

    async fn from_request(request: Request, _: &S) -> Result<Self, Error> {
        let typed = require_json(request.headers());
        let bytes = read(request, LIMIT).await?;
        typed?;
        parse(&bytes).map(Self)
    }
}

/// Reads a body of at most that many bytes.
///
/// # Errors
/// It is larger, arrives too slowly, or breaks off.
pub async fn read(request: Request, limit: usize) -> Result<Bytes, Error> {
    let mut body = request.into_body();
    let (mut first, mut bytes) = (Bytes::new(), Vec::new());
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        let frame = frame.map_err(|error| broken(&error))?;
        let Ok(data) = frame.into_data() else { continue };
        if first.len() + bytes.len() + data.len() > limit {
            let detail = format!("The body is larger than {limit} bytes. Send it in smaller pieces.");
            return Err(Error::TooLarge(detail));
        }
        // Most are whole in one piece, which is not copied.
        if first.is_empty() && bytes.is_empty() {
            first = data;
        } else {
            bytes.extend_from_slice(&mem::take(&mut first));
            bytes.extend_from_slice(&data);
        }
    }
    Ok(if bytes.is_empty() { first } else { bytes.into() })
}

fn broken(error: &axum::Error) -> Error {
    if slow::is_slow(error) {
        Error::TooSlow
    } else {
        Error::Malformed("The body broke off.".into())
    }
}

impl<T: serde::Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        let mut bytes = Vec::with_capacity(ROOM);
        if let Err(error) = serde_json::to_writer(&mut bytes, &self.0) {
            return Error::Internal(format!("an answer cannot be written: {error}")).into_response();
        }
        let mut response = Response::new(Body::from(bytes));
        let headers = response.headers_mut();
        headers.reserve(HEADERS);
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        response
    }
}

/// A JSON body that may be absent, which is its default.
pub struct OptionalJson<T>(pub T);

impl<T: DeserializeOwned + Default, S: Send + Sync> FromRequest<S> for OptionalJson<T> {
    type Rejection = Error;

    async fn from_request(request: Request, _: &S) -> Result<Self, Error> {
        let typed = require_json(request.headers());
        let bytes = read(request, MAX_BODY).await?;
        if bytes.is_empty() {
            return Ok(Self(T::default()));
        }
        typed?;
        parse(&bytes).map(Self)
    }
}

/// Fails unless the body says that it is JSON. Besides clarity, this keeps other sites' forms out:
/// a browser sends JSON across sites only after asking.
pub fn require_json(headers: &HeaderMap) -> Result<(), Error> {
    let is_json = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| {
            value
                .split(';')
                .next()
                .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
        });
    if is_json { Ok(()) } else { Err(Error::MediaType) }
}

/// The value of a JSON object; what has the wrong shape is told with its place.
pub fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Error> {
    // An array would be taken field by field, in an order that nobody promised.
    if !bytes.trim_ascii_start().starts_with(b"{") {
        return Err(Error::Malformed("The body is not a JSON object.".into()));
    }
    serde_json::from_slice(bytes).map_err(|error| {
        let text: String = error.to_string().chars().take(MAX_TOLD).collect();
        Error::Malformed(format!("The body does not fit: {text}."))
    })
}

/// Path parameters.
pub struct Path<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        let path = axum::extract::Path::<T>::from_request_parts(parts, state).await;
        path.map(|path| Self(path.0))
            .map_err(|_: PathRejection| Error::NotFound("address"))
    }
}

/// Query parameters.
pub struct Query<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Error> {
        let query = axum::extract::Query::<T>::from_request_parts(parts, state).await;
        query
            .map(|query| Self(query.0))
            .map_err(|rejection: QueryRejection| Error::Malformed(rejection.body_text()))
    }
}
