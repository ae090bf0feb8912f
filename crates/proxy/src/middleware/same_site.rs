//! Changes are taken from the portal's own pages and from programs, not from other sites' pages.

use axum::extract::Request;
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::problem::Error;

/// Refuses changes that a page of another site asked for.
pub async fn layer(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let is_public = path == "/join" || path.starts_with("/join/");
    if !request.method().is_safe() && is_foreign(request.headers(), is_public) {
        return Error::CrossSite.into_response();
    }
    next.run(request).await
}

/// Browsers say it in `Sec-Fetch-Site`; older ones, and all without TLS, by an `Origin` that is not the host
/// asked. The public pages send no referrer, so that their own forms have the origin `null` there; that is
/// taken, because those pages know no login that another site could borrow.
fn is_foreign(headers: &HeaderMap, is_public: bool) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    match (headers.get("sec-fetch-site"), text(header::ORIGIN)) {
        (Some(site), _) => site != "same-origin" && site != "none",
        (None, Some("null")) if is_public => false,
        (None, Some(origin)) => origin.split_once("://").map(|(_, host)| host) != text(header::HOST),
        (None, None) => false,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn who_may_change() {
        let foreign = |pairs: &[(&'static str, &str)]| {
            let mut headers = HeaderMap::new();
            for (name, value) in pairs {
                headers.insert(*name, value.parse().unwrap());
            }
            is_foreign(&headers, false)
        };
        assert!(!foreign(&[("host", "portal:8080")]));
        assert!(!foreign(&[
            ("sec-fetch-site", "same-origin"),
            ("origin", "http://dev:1"),
            ("host", "portal:8080")
        ]));
        assert!(foreign(&[("sec-fetch-site", "cross-site")]));
        assert!(foreign(&[("sec-fetch-site", "same-site")]));
        assert!(!foreign(&[
            ("origin", "http://portal:8080"),
            ("host", "portal:8080")
        ]));
        assert!(foreign(&[
            ("origin", "http://evil.example"),
            ("host", "portal:8080")
        ]));
        assert!(foreign(&[("origin", "null"), ("host", "portal:8080")]));
        let public = |pairs: &[(&'static str, &str)]| {
            let headers = pairs.iter().map(|(name, value)| {
                let name = axum::http::HeaderName::from_static(name);
                (name, value.parse().unwrap())
            });
            is_foreign(&headers.collect(), true)
        };
        assert!(!public(&[("origin", "null"), ("host", "portal:8080")]));
        assert!(public(&[("origin", "null"), ("sec-fetch-site", "cross-site")]));
        assert!(public(&[
            ("origin", "http://evil.example"),
            ("host", "portal:8080")
        ]));
    }
}
