//! Changes are taken from the portal's own pages and from programs, not from other sites' pages.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, header};

use crate::app::App;
use crate::edge::Hosts;

const SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Whether a request is a change that a page of another site asks for.
pub fn is_foreign(app: &App, request: &Request) -> bool {
    let path = request.uri().path();
    let own = Own {
        hosts: &app.edge.hosts,
        url: app.public_url.as_deref(),
        is_public: path == "/join" || path.starts_with("/join/"),
    };
    !request.method().is_safe() && own.is_foreign(request.headers())
}

/// Which pages are the portal's own.
struct Own<'a> {
    hosts: &'a Hosts,
    /// The address that browsers know, should a proxy ask for the portal by another name.
    url: Option<&'a str>,
    /// It is a public page that is asked for.
    is_public: bool,
}

impl Own<'_> {
    /// Browsers say it in `Sec-Fetch-Site`, and by an `Origin` with a name that is the portal's; older ones, and
    /// all without TLS, by the `Origin` alone, which then must be the host asked. The public pages send no
    /// referrer, so that their own forms have the origin `null` there; that is taken, because those pages know
    /// no login that another site could borrow.
    fn is_foreign(&self, headers: &HeaderMap) -> bool {
        let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
        let site = text(SITE);
        if site.is_some_and(|site| site != "same-origin" && site != "none") {
            return true;
        }
        let Some(origin) = text(header::ORIGIN) else {
            return false;
        };
        if origin == "null" {
            return !self.is_public;
        }
        let host = origin.split_once("://").map(|(_, host)| host);
        match site {
            Some(_) => !host.is_some_and(|host| self.hosts.know(host)),
            None => host != text(header::HOST) && Some(origin) != self.url,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    fn foreign(is_public: bool, pairs: &[(&'static str, &str)]) -> bool {
        let hosts = Hosts::new(["portal.example".to_owned()]);
        let own = Own {
            hosts: &hosts,
            url: Some("https://portal.example"),
            is_public,
        };
        let named = pairs.iter().map(|(name, value)| {
            let name = HeaderName::from_static(name);
            (name, value.parse().unwrap())
        });
        own.is_foreign(&named.collect())
    }

    #[test]
    fn who_may_change() {
        let asked = ("host", "10.0.0.5:8080");
        for own in [
            &[asked][..],
            &[asked, ("origin", "http://10.0.0.5:8080")],
            &[asked, ("origin", "https://portal.example")],
            &[asked, ("sec-fetch-site", "same-origin")],
            &[asked, ("sec-fetch-site", "none")],
            // As `trunk serve` passes it on.
            &[
                ("host", "127.0.0.1:8080"),
                ("origin", "http://127.0.0.1:8081"),
                ("sec-fetch-site", "same-origin"),
            ],
        ] {
            assert!(!foreign(false, own), "{own:?}");
        }
        for strange in [
            &[asked, ("sec-fetch-site", "cross-site")][..],
            &[asked, ("sec-fetch-site", "same-site")],
            &[asked, ("sec-fetch-site", "")],
            &[
                asked,
                ("sec-fetch-site", "same-origin"),
                ("origin", "https://evil.example"),
            ],
            &[asked, ("sec-fetch-site", "same-origin"), ("origin", "null")],
            &[asked, ("origin", "http://evil.example")],
            &[asked, ("origin", "http://10.0.0.5:8081")],
            &[asked, ("origin", "http://portal.example")],
            &[asked, ("origin", "null")],
            &[asked, ("origin", "\u{fc}")],
            &[asked, ("origin", "")],
        ] {
            assert!(foreign(false, strange), "{strange:?}");
        }
    }

    #[test]
    fn public_pages_have_no_origin_and_no_login_to_borrow() {
        let asked = ("host", "portal.example");
        assert!(!foreign(true, &[asked, ("origin", "null")]));
        assert!(!foreign(
            true,
            &[asked, ("origin", "null"), ("sec-fetch-site", "same-origin")]
        ));
        assert!(foreign(
            true,
            &[asked, ("origin", "null"), ("sec-fetch-site", "cross-site")]
        ));
        assert!(foreign(true, &[asked, ("origin", "http://evil.example")]));
    }
}
