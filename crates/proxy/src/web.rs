//! The single-page app's files.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::uri::PathAndQuery;
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use tower::ServiceExt;
use tower_http::services::ServeDir;

use crate::access;
use crate::app::App;
use crate::middleware::security_headers;
use crate::problem::Error;

/// A file of the app, or for a page's address the app itself, which draws the page. The API has no pages.
pub async fn serve(State(app): State<App>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    if path == "/api" || path.starts_with("/api/") {
        return Error::NotFound("address").into_response();
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Error::MethodNotAllowed.into_response();
    }
    let asked = request
        .uri()
        .path_and_query()
        .map_or("/", PathAndQuery::as_str)
        .to_owned();
    let is_page = path == "/" || accepts_html(&request);
    let packings = request.headers().get(header::ACCEPT_ENCODING).cloned();
    let is_somebody = !is_page || access::is_signed_in(&app, request.headers()).await;
    if path != "/index.html" {
        let Ok(response) = files(&app).oneshot(request).await;
        if response.status() != StatusCode::NOT_FOUND {
            return with_caching(response.map(Body::new), &path);
        }
    }
    if is_page {
        if !is_somebody {
            return to_sign_in(&asked);
        }
        page(&app, packings).await
    } else {
        Error::NotFound("file").into_response()
    }
}

/// To the page for signing in, and back.
fn to_sign_in(asked: &str) -> Response {
    let next: String = form_urlencoded::byte_serialize(asked.as_bytes()).collect();
    let place = match asked {
        "/" => "/sign-in".to_owned(),
        _ => format!("/sign-in?next={next}"),
    };
    let headers = [
        (header::LOCATION, place),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (StatusCode::SEE_OTHER, headers).into_response()
}

fn accepts_html(request: &Request) -> bool {
    let accept = request
        .headers()
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok());
    accept.is_some_and(|accept| accept.contains("text/html"))
}

fn files(app: &App) -> ServeDir {
    ServeDir::new(&app.web_dir)
        .append_index_html_on_directories(false)
        .precompressed_br()
}

/// The app's own page, whole each time: an older one may be newer to this server.
async fn page(app: &App, packings: Option<HeaderValue>) -> Response {
    let mut request = Request::new(Body::empty());
    *request.uri_mut() = Uri::from_static("/index.html");
    request
        .headers_mut()
        .extend(packings.map(|packings| (header::ACCEPT_ENCODING, packings)));
    let Ok(page) = files(app).oneshot(request).await;
    if page.status() != StatusCode::OK {
        return Error::NotFound("page: the app's files are not where --web-dir says").into_response();
    }
    let mut page = page.map(Body::new);
    page.headers_mut().remove(header::LAST_MODIFIED);
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/html; charset=utf-8"),
        ),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
        (
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static(security_headers::APP),
        ),
    ];
    (headers, page).into_response()
}

/// Names with a digest of the content never change, and an icon may be yesterday's; everything else is asked for
/// again.
fn with_caching(mut response: Response, path: &str) -> Response {
    let value = if has_digest(path) {
        "public, max-age=31536000, immutable"
    } else if path.starts_with("/icons/") {
        "public, max-age=86400"
    } else {
        "no-cache"
    };
    let name: HeaderName = header::CACHE_CONTROL;
    response
        .headers_mut()
        .insert(name, HeaderValue::from_static(value));
    response
}

/// `/app-0123456789abcdef.js` and `/app-0123456789abcdef_bg.wasm`, as Trunk names them.
fn has_digest(path: &str) -> bool {
    path.rsplit('/').next().is_some_and(|name| {
        name.split(['-', '_', '.'])
            .any(|part| part.len() == 16 && part.bytes().all(|byte| byte.is_ascii_hexdigit()))
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn names_with_a_digest() {
        assert!(has_digest("/ev-portal-0123456789abcdef_bg.wasm"));
        assert!(has_digest("/app-0123456789abcdef.js"));
        assert!(!has_digest("/icon.svg"));
    }
}
