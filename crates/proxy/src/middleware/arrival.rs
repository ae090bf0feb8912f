//! The first that happens to a request: how it came is settled, and whether it is for this portal at all.

use std::mem;
use std::net::IpAddr;

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::Response;
use tokio::sync::oneshot::Receiver;

use super::slow::Paced;
use super::{rest, slow};
use crate::app::App;
use crate::edge::{Hosts, Via};

/// What proxies say of a request. After this only the scheme is left, and it is our own word.
const FORWARDED: [HeaderName; 8] = [
    header::FORWARDED,
    HeaderName::from_static("x-forwarded-for"),
    HeaderName::from_static("x-forwarded-host"),
    HeaderName::from_static("x-forwarded-port"),
    HeaderName::from_static("x-forwarded-prefix"),
    SCHEME,
    HeaderName::from_static("x-forwarded-server"),
    HeaderName::from_static("x-real-ip"),
];

const SCHEME: HeaderName = HeaderName::from_static("x-forwarded-proto");
const YEAR: HeaderValue = HeaderValue::from_static("max-age=31536000");

/// What is to be seen to when the answer is there.
pub struct Arrived {
    /// Whether it is for this portal at all.
    pub is_ours: bool,
    is_https: bool,
    left: Option<Receiver<Paced>>,
}

/// Notes how the request came, and lets no body drag on.
pub fn arrive(app: &App, peer: IpAddr, request: &mut Request) -> Arrived {
    let via = app.edge.via(Some(peer), request.headers());
    let (is_ours, is_https) = (is_ours(&app.edge.hosts, request), via.https);
    settle(request, via);
    let body = mem::take(request.body_mut());
    let (body, left) = rest::kept(slow::paced(body, app.edge.patience));
    *request.body_mut() = body;
    Arrived {
        is_ours,
        is_https,
        left,
    }
}

impl Arrived {
    /// Ends the request, of which nobody reads any more.
    pub async fn end(self, response: &mut Response) {
        rest::take(self.left).await;
        if self.is_https {
            response
                .headers_mut()
                .insert(header::STRICT_TRANSPORT_SECURITY, YEAR);
        }
    }
}

fn settle(request: &mut Request, via: Via) {
    let headers = request.headers_mut();
    for name in FORWARDED {
        headers.remove(name);
    }
    if via.https {
        headers.insert(SCHEME, HeaderValue::from_static("https"));
    }
    request.extensions_mut().insert(via);
}

/// Whether the browser asked over https, after [`arrive`].
pub fn is_https(headers: &HeaderMap) -> bool {
    headers.get(SCHEME).is_some_and(|scheme| scheme == "https")
}

/// Programs of old name no host; browsers always do, and never two.
fn is_ours(hosts: &Hosts, request: &Request) -> bool {
    let mut named = request.headers().get_all(header::HOST).iter();
    let host = named.next();
    let know = |host: &HeaderValue| host.to_str().is_ok_and(|host| hosts.know(host));
    let authority = request.uri().authority();
    host.is_none_or(know)
        && named.next().is_none()
        && authority.is_none_or(|authority| hosts.know(authority.as_str()))
}
