//! A number for each request, in the log and in the answer.

use axum::extract::{FromRequestParts, MatchedPath, Request};
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue};
use axum::response::Response;
use std::convert::Infallible;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;
use tracing::Instrument;

const NAME: HeaderName = HeaderName::from_static("x-request-id");

/// The request's number.
#[derive(Clone)]
pub struct RequestId(pub String);

impl<S: Send + Sync> FromRequestParts<S> for RequestId {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let id = parts.extensions.get::<Self>().cloned();
        Ok(id.unwrap_or_else(|| Self(String::new())))
    }
}

/// What tells this run of the server from others, so that a number in the audit log is found in one log.
static RUN: LazyLock<String> = LazyLock::new(|| {
    let mut bytes = [0; 4];
    let _ = getrandom::fill(&mut bytes);
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
});

/// Numbers the request and logs how it ended. Paths are logged as patterns, without ids.
pub async fn layer<F: Future<Output = Response>>(
    mut request: Request,
    next: impl FnOnce(Request) -> F,
) -> Response {
    static LAST: AtomicU64 = AtomicU64::new(0);
    let number = format!("{}-{}", *RUN, LAST.fetch_add(1, Ordering::Relaxed) + 1);
    request.extensions_mut().insert(RequestId(number.clone()));
    let path = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("", MatchedPath::as_str)
        .to_owned();
    let span = tracing::info_span!("request", number, method = %request.method(), path);
    let begun = Instant::now();
    let mut response = next(request).instrument(span.clone()).await;
    let (status, ms) = (response.status().as_u16(), begun.elapsed().as_millis() as u64);
    span.in_scope(|| tracing::debug!(status, ms, "answered"));
    if let Ok(number) = HeaderValue::from_str(&number) {
        // Partners are given their own number back.
        response.headers_mut().entry(NAME).or_insert(number);
    }
    response
}
