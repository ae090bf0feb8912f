//! `If-Match`: the version that a change was made for, and the `ETag` that tells it.

use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use domain::column::Listed;
use serde::Serialize;

use crate::access::Offered;
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
        let mut values = parts.headers.get_all(header::IF_MATCH).iter();
        match (values.next(), values.next()) {
            (None, _) => Err(Error::VersionRequired),
            (Some(value), None) => read(value.to_str().unwrap_or_default()).ok_or(Error::Stale),
            // A change is made for one version; several are none.
            (Some(_), Some(_)) => Err(Error::Stale),
        }
    }
}

impl<S: Send + Sync> OptionalFromRequestParts<S> for IfMatch {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Option<Self>, Error> {
        if !parts.headers.contains_key(header::IF_MATCH) {
            return Ok(None);
        }
        <Self as FromRequestParts<S>>::from_request_parts(parts, state)
            .await
            .map(Some)
    }
}

/// None for a tag that this server never gave, which matches nothing: weak, unquoted, a list.
fn read(text: &str) -> Option<IfMatch> {
    let text = text.trim();
    if text == "*" {
        return Some(IfMatch::Any);
    }
    let number = text.strip_prefix('"')?.strip_suffix('"')?;
    let version: u64 = number.parse().ok()?;
    (version.to_string() == number).then_some(IfMatch::Version(version))
}

/// A record with its version as `ETag`, and what the caller may do with it.
pub struct Tagged<T>(pub u64, pub T);

impl<T: Listed + Serialize> IntoResponse for Tagged<T> {
    fn into_response(self) -> Response {
        Versioned(self.0, Offered(self.1)).into_response()
    }
}

/// What is no record of its own, with the version of the one it is about as `ETag`.
pub struct Versioned<T>(pub u64, pub T);

impl<T: Serialize> IntoResponse for Versioned<T> {
    fn into_response(self) -> Response {
        let mut response = axum::Json(self.1).into_response();
        let tag = tag(self.0).map(|tag| (header::ETAG, tag));
        response.headers_mut().extend(tag);
        response
    }
}

/// A version as `ETag`.
pub fn tag(version: u64) -> Option<HeaderValue> {
    HeaderValue::from_str(&format!("\"{version}\"")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_tags_as_they_were_given_match() {
        assert_eq!(read("\"7\""), Some(IfMatch::Version(7)));
        assert_eq!(read(" * "), Some(IfMatch::Any));
        for other in [
            "",
            "7",
            "W/\"7\"",
            "\"07\"",
            "\"+7\"",
            "\"-1\"",
            "\"\"",
            "\"*\"",
            "*, \"7\"",
            "\"7\", \"8\"",
            "'7'",
        ] {
            assert_eq!(read(other), None, "{other}");
        }
    }
}
