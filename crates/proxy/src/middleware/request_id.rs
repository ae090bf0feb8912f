//! A number for each request, in the log and in the answer.

use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;
use tracing::Instrument;

const NAME: HeaderName = HeaderName::from_static("x-request-id");

/// Numbers the request and logs how it ended. Paths are logged as patterns, without ids.
pub async fn layer(request: Request, next: Next) -> Response {
    static LAST: AtomicU64 = AtomicU64::new(0);
    let number = LAST.fetch_add(1, Ordering::Relaxed) + 1;
    let path = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("", MatchedPath::as_str)
        .to_owned();
    let span = tracing::info_span!("request", number, method = %request.method(), path);
    let begun = Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    let (status, ms) = (response.status().as_u16(), begun.elapsed().as_millis() as u64);
    span.in_scope(|| tracing::debug!(status, ms, "answered"));
    response.headers_mut().insert(NAME, HeaderValue::from(number));
    response
}
