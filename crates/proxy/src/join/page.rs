//! The frame of every public page, and the pages that say that there is nothing.

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::html::escape;
use crate::middleware::security_headers;
use crate::problem::Error;

const HEADERS: [(HeaderName, &str); 5] = [
    (header::CONTENT_TYPE, "text/html; charset=utf-8"),
    (header::CONTENT_SECURITY_POLICY, security_headers::FORMS),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::CACHE_CONTROL, "no-store"),
    (HeaderName::from_static("x-robots-tag"), "noindex"),
];

/// A page; `body` is HTML.
pub fn page(status: StatusCode, title: &str, body: &str) -> Response {
    let html = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\"><title>{}</title>\
         <link rel=\"stylesheet\" href=\"/assets/join.css\"></head><body><main>{body}</main></body></html>",
        escape(title)
    );
    let mut response = (status, html).into_response();
    for (name, value) in HEADERS {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    response
}

fn message(status: StatusCode, title: &str, text: &str) -> Response {
    page(
        status,
        title,
        &format!("<h1>{}</h1><p>{}</p>", escape(title), escape(text)),
    )
}

/// For links that are unknown, rotated or disabled: nobody can tell which.
pub fn gone() -> Response {
    message(
        StatusCode::NOT_FOUND,
        "This link is no longer valid",
        "Ask whoever invited you for a new one.",
    )
}

/// Too many requests; in that many seconds another will do.
pub fn too_many(seconds: u64) -> Response {
    let minutes = seconds.div_ceil(60);
    let s = if minutes == 1 { "" } else { "s" };
    let text = format!("Nothing was sent. Try again in {minutes} minute{s}.");
    let mut response = message(StatusCode::TOO_MANY_REQUESTS, "Too many requests", &text);
    response
        .headers_mut()
        .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    response
}

/// What went wrong, in words for drivers: nothing of the portal's insides.
pub fn failed(error: &Error) -> Response {
    match error {
        Error::TooLarge(_) => message(
            StatusCode::PAYLOAD_TOO_LARGE,
            "That was too much text",
            "Nothing was sent. Go back and shorten your answers.",
        ),
        Error::Malformed(_) | Error::MediaType => message(
            StatusCode::BAD_REQUEST,
            "The form did not arrive as it should",
            "Nothing was sent. Go back and send it again.",
        ),
        _ => {
            tracing::error!(%error, "a public page failed");
            message(
                StatusCode::INTERNAL_SERVER_ERROR,
                "Something went wrong on our side",
                "Nothing was sent. Try again in a few minutes.",
            )
        }
    }
}
