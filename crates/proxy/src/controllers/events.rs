//! GET `/events`

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};

use crate::access::caller;
use crate::app::App;
use crate::live::Reader;
use crate::problem::Error;

/// What a stream of events is.
pub const MEDIA_TYPE: &str = "text/event-stream";

pub async fn handler(State(app): State<App>, headers: HeaderMap) -> Result<Response, Error> {
    if app.edge.is_stopping() {
        return Err(Error::Stopping);
    }
    let last = headers.get("last-event-id");
    let last = last.map(|id| id.to_str().unwrap_or_default());
    let reader = Reader::enter(&app, caller(), last).await?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE)),
        // A reverse proxy is to pass each event on, not to gather them.
        (
            HeaderName::from_static("x-accel-buffering"),
            HeaderValue::from_static("no"),
        ),
    ];
    Ok((headers, Body::from_stream(reader.stream())).into_response())
}
