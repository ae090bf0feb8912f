//! The first that happens to a request: how it came is settled, and whether it is for this portal at all.

use std::mem;
use std::net::SocketAddr;

use axum::extract::{ConnectInfo, Request};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};

use super::{rest, slow};
use crate::app::App;
use crate::edge::{Hosts, Via};
use crate::problem::Error;

/// What proxies say of a request. After this layer only the scheme is left, and it is our own word.
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

/// Notes how the request came, refuses names that are not the portal's, and lets no body drag on.
pub async fn layer<F: Future<Output = Response>>(
    app: App,
    mut request: Request,
    next: impl FnOnce(Request) -> F,
) -> Response {
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map(|info| info.0.ip());
    let via = app.edge.via(peer, request.headers());
    let is_ours = is_ours(&app.edge.hosts, &request);
    let https = via.https;
    settle(&mut request, via);
    let body = mem::take(request.body_mut());
    let (body, left) = rest::kept(slow::paced(body, app.edge.patience));
    *request.body_mut() = body;
    let mut response = if is_ours {
        next(request).await
    } else {
        Error::Misdirected.into_response()
    };
    rest::take(left).await;
    if https {
        response
            .headers_mut()
            .insert(header::STRICT_TRANSPORT_SECURITY, YEAR);
    }
    response
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

/// Whether the browser asked over https, after [`layer`].
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
