//! Lists say much many times over: whoever can unpack them gets them packed.

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{Extensions, HeaderMap, Method, StatusCode, Version, header};
use axum::response::Response;
use tower::ServiceExt;
use tower_http::CompressionLevel;
use tower_http::compression::Compression;
use tower_http::compression::predicate::{Predicate, SizeAbove};

/// What is shorter fits into one packet anyway.
const LEAST: u64 = 1024;

/// Routes a request, and packs JSON that was read. What a change answers may hold a secret beside what the
/// sender chose, and its length is not to tell of it.
pub async fn run(request: Request, router: Router) -> Response {
    let accepted = request.headers().get(header::ACCEPT_ENCODING);
    let is_packed = accepted.is_some_and(|value| value.to_str().is_ok_and(|text| text.contains("gzip")));
    if !is_packed || request.method() != Method::GET {
        let Ok(response) = router.oneshot(request).await;
        return response;
    }
    let packed = Compression::new(router)
        .quality(CompressionLevel::Fastest)
        .compress_when(SizeAbove::new(LEAST).and(is_json));
    let Ok(response) = Box::pin(packed.oneshot(request)).await;
    response.map(Body::new)
}

fn is_json(_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions) -> bool {
    let kind = headers.get(header::CONTENT_TYPE);
    kind.is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"))
}
