//! Whose columns and views they are: those of the account that asks.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::Response;

use crate::access::caller;
use crate::problem::Error;

/// The person who asks, if they are known.
pub struct Person(Option<String>);

impl<S: Send + Sync> FromRequestParts<S> for Person {
    type Rejection = Infallible;

    async fn from_request_parts(_: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(caller().account().map(str::to_owned)))
    }
}

impl Person {
    /// Their id, if they are known.
    pub fn id(&self) -> Option<&str> {
        self.0.as_deref()
    }

    /// Their id, for something that is to be kept.
    ///
    /// # Errors
    /// Nobody is signed in.
    pub fn make(&mut self) -> Result<String, Error> {
        self.0.clone().ok_or(Error::SignedOut)
    }

    /// The answer.
    pub fn answer(self, response: Response) -> Response {
        response
    }
}
