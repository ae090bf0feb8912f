//! What drivers see: the public pages behind an invitation. Plain HTML from the server, without login,
//! cookies or scripts; nothing of the portal shows but what the connection's own words say.

pub mod address;
mod form;
pub mod html;
mod link;
pub mod page;
pub mod qr;
mod search;
pub mod sheet;
mod status;

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::access::{Stranger, within};
use crate::app::App;
use crate::middleware::request_id::routed;

/// What is asked for on these pages is asked for by a driver.
pub async fn as_driver(Stranger(stranger): Stranger, request: Request, next: Next) -> Response {
    routed(&request);
    within(stranger.driver(), next.run(request)).await
}

/// The style of the public pages: the portal's own colours and sizes, then what these pages add.
const STYLE: &str = concat!(
    include_str!("../../../../style/tokens.css"),
    include_str!("join.css")
);
const SHEET_STYLE: &str = concat!(
    include_str!("../../../../style/tokens.css"),
    include_str!("sheet.css")
);
const SHEET_SCRIPT: &str = include_str!("sheet.js");

/// The pages and the files that they ask for.
pub fn routes() -> Router<App> {
    let file = |kind: &'static str, text: &'static str| {
        get(move || async move {
            let headers = [
                (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
                (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
            ];
            (headers, text).into_response()
        })
    };
    let css = "text/css; charset=utf-8";
    Router::new()
        .route("/join", get(search::show).post(search::send))
        .route("/join/", get(search::show).post(search::send))
        .route("/join/{code}", get(link::show).post(link::send))
        .route("/join/{code}/requests/{secret}", get(status::show))
        .route("/join/{code}/{*rest}", get(link::gone))
        .route("/assets/join.css", file(css, STYLE))
        .route("/assets/sheet.css", file(css, SHEET_STYLE))
        .route("/assets/docs.css", file(css, include_str!("../openapi/docs.css")))
        .route(
            "/assets/sheet.js",
            file("text/javascript; charset=utf-8", SHEET_SCRIPT),
        )
}
