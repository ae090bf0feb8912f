//! HTTP around the service.

mod broken;
mod control;
mod socket;
mod spoilt;
mod view;

use std::io;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, DefaultBodyLimit, State};
use axum::http::header::{CONTENT_ENCODING, CONTENT_TYPE, HOST, SERVER};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::map_response;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::service::{Service, fault};
use crate::{ENDPOINT, LABEL, WSDL};
use socket::{Peer, Sockets};

/// Largest message taken, in bytes.
const MAX_MESSAGE: usize = 1024 * 1024;

type Shared = State<Arc<Service>>;

/// Answers until told to stop.
pub async fn serve(
    listener: TcpListener,
    service: Arc<Service>,
    mut stopped: watch::Receiver<bool>,
) -> io::Result<()> {
    let app = Router::new()
        .route(ENDPOINT, post(soap))
        .route(WSDL, get(wsdl))
        .merge(control::routes())
        .layer(DefaultBodyLimit::max(MAX_MESSAGE))
        .layer(map_response(label))
        .with_state(service)
        .into_make_service_with_connect_info::<Peer>();
    axum::serve(Sockets(listener), app)
        .with_graceful_shutdown(async move {
            // An error says that the handle is gone: also an end.
            let _ = stopped.wait_for(|stopped| *stopped).await;
        })
        .await
}

async fn soap(
    State(service): Shared,
    ConnectInfo(peer): ConnectInfo<Peer>,
    headers: HeaderMap,
    message: Bytes,
) -> Response {
    service.calls.fetch_add(1, Ordering::Relaxed);
    if let Some(refused) = refuse(&headers) {
        return xml(fault(415, "Client", refused));
    }
    match service.fault(&message) {
        Some(fault) => broken::answer(&service, fault, &message, &peer.cut).await,
        None => xml(service.answer(&message)),
    }
}

/// Why a message is refused by its headers: it is compressed, or in another encoding than UTF-8.
fn refuse(headers: &HeaderMap) -> Option<&'static str> {
    let text = |name| {
        let value = headers.get(name).and_then(|value| value.to_str().ok());
        value.unwrap_or_default().to_ascii_lowercase()
    };
    let encoding = text(CONTENT_ENCODING);
    if !encoding.is_empty() && encoding != "identity" {
        return Some("The message may not be compressed.");
    }
    let content_type = text(CONTENT_TYPE);
    let charset = content_type.split_once("charset=").map(|(_, charset)| {
        let charset = charset.split(';').next().unwrap_or_default();
        charset.trim().trim_matches('"').to_owned()
    });
    charset
        .is_some_and(|charset| !matches!(charset.as_str(), "utf-8" | "utf8" | "us-ascii"))
        .then_some("The message must be in UTF-8.")
}

/// The contract, with the service at the address the question came to.
async fn wsdl(headers: HeaderMap) -> Response {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    let address = format!("http://{}{ENDPOINT}", host.unwrap_or("localhost"));
    let documentation = format!(
        "{LABEL}. A reconstruction of the contract from public sources, written from the operation \
         table."
    );
    xml((200, chargepoint::wsdl::write(&address, &documentation)))
}

fn xml((status, body): (u16, String)) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, [(CONTENT_TYPE, "text/xml; charset=utf-8")], body).into_response()
}

async fn label(mut response: Response) -> Response {
    response
        .headers_mut()
        .insert(SERVER, HeaderValue::from_static(LABEL));
    response
}
