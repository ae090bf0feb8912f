//! Answers: everything is wrapped in the envelope, what goes wrong too.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use ocpi::envelope::{Envelope, Status};
use ocpi::paging::{MOST, Window};
use serde::Serialize;

use crate::join::address::Base;
use crate::problem::Error;

/// What was asked for.
pub struct Reply<T>(pub T);

impl<T: Serialize> IntoResponse for Reply<T> {
    fn into_response(self) -> Response {
        Json(Envelope::of(self.0)).into_response()
    }
}

/// That something was done, with nothing to tell of it.
pub struct Done;

impl IntoResponse for Done {
    fn into_response(self) -> Response {
        Json(Envelope::<()> {
            status_message: None,
            ..Envelope::refusal(Status::SUCCESS, "")
        })
        .into_response()
    }
}

/// A page of a list.
pub struct Page<T> {
    pub items: Vec<T>,
    pub total: u64,
    /// The address of the next one.
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// The page that a window means, of a list at that path of version 2.2.1.
    pub fn of(items: Vec<T>, total: u64, window: &Window, base: &Base, path: &str) -> Self {
        let next = window.next(total).map(|query| {
            let mut text = form_urlencoded::Serializer::new(String::new());
            text.extend_pairs(query);
            format!("{}/{path}?{}", super::root(base), text.finish())
        });
        Self { items, total, next }
    }
}

impl<T: Serialize> IntoResponse for Page<T> {
    fn into_response(self) -> Response {
        let mut response = Reply(self.items).into_response();
        let headers = response.headers_mut();
        headers.insert("x-total-count", self.total.into());
        headers.insert("x-limit", MOST.into());
        let link = self.next.map(|next| format!("<{next}>; rel=\"next\""));
        if let Some(link) = link.and_then(|link| HeaderValue::from_str(&link).ok()) {
            headers.insert(header::LINK, link);
        }
        response
    }
}

/// Why something is not given or done.
#[derive(Debug)]
pub struct Refusal {
    pub http: StatusCode,
    pub status: Status,
    pub message: String,
}

impl Refusal {
    /// One that OCPI's own code tells alone.
    pub fn of(status: Status, message: impl Into<String>) -> Self {
        Self {
            http: StatusCode::OK,
            status,
            message: message.into(),
        }
    }

    /// What was sent does not fit.
    pub fn invalid(message: impl Into<String>) -> Self {
        Self::of(Status::INVALID, message)
    }

    /// There is no such thing.
    pub fn not_found(status: Status, message: &str) -> Self {
        Self {
            http: StatusCode::NOT_FOUND,
            ..Self::of(status, message)
        }
    }

    pub fn no_location() -> Self {
        Self::not_found(Status::UNKNOWN_LOCATION, "There is no such location.")
    }

    pub fn no_token() -> Self {
        Self::not_found(Status::UNKNOWN_TOKEN, "There is no such token.")
    }

    pub fn no_address() -> Self {
        Self::not_found(Status::CLIENT, "There is nothing at this address.")
    }

    pub fn no_method() -> Self {
        Self {
            http: StatusCode::METHOD_NOT_ALLOWED,
            ..Self::of(Status::CLIENT, "This address does not know the method.")
        }
    }

    pub fn unauthorized() -> Self {
        Self {
            http: StatusCode::UNAUTHORIZED,
            ..Self::of(
                Status::CLIENT,
                "The token is missing, or not one that counts here.",
            )
        }
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        let problem = error.problem();
        let http = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        match http {
            StatusCode::UNPROCESSABLE_ENTITY | StatusCode::CONFLICT => Self::invalid(problem.detail),
            http if http.is_server_error() => {
                tracing::error!(%error, "a partner's request failed");
                Self {
                    http: StatusCode::INTERNAL_SERVER_ERROR,
                    status: Status::SERVER,
                    message: "The portal failed. Nothing was changed.".into(),
                }
            }
            http => Self {
                http,
                ..Self::of(Status::CLIENT, problem.detail)
            },
        }
    }
}

impl From<sqlx::Error> for Refusal {
    fn from(error: sqlx::Error) -> Self {
        Error::from(error).into()
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let envelope = Envelope::<()>::refusal(self.status, self.message);
        let mut response = (self.http, Json(envelope)).into_response();
        if self.http == StatusCode::UNAUTHORIZED {
            let scheme = HeaderValue::from_static("Token");
            response.headers_mut().insert(header::WWW_AUTHENTICATE, scheme);
        }
        response
    }
}
