//! All routes.

mod accounts;
mod audit;
mod calls;
mod chargestations;
mod connections;
mod lists;
mod overview;
mod partners;
mod places;
mod records;
mod station_tokens;
mod tables;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use axum::routing::get;
use axum::{Router, middleware};
use tower_http::catch_panic::CatchPanicLayer;

use crate::access;
use crate::app::App;
use crate::controllers::{health, metrics};
use crate::join;
use crate::middleware::{arrival, catch_panic, request_id, same_site, security_headers};
use crate::ocpi;
use crate::openapi::Api;
use crate::problem::Error;
use crate::sign_in;
use crate::web;

/// The whole server.
pub fn build(app: App) -> Router {
    let api = tables::add(lists::add(records::add(places::add(Api::new("/api/v1")))));
    let api = station_tokens::add(api);
    let api = partners::add(chargestations::add(connections::add(api)));
    let api = overview::add(api);
    let api = calls::add(audit::add(accounts::add(api)));
    api.into_router()
        .route("/metrics", get(metrics::handler))
        .route_layer(middleware::from_fn_with_state(app.clone(), access::layer))
        .merge(join::routes().route_layer(middleware::from_fn(join::as_driver)))
        .merge(sign_in::routes())
        .nest("/ocpi", ocpi::routes(&app))
        .route("/healthz", get(health::live))
        .route("/readyz", get(health::ready))
        .fallback(web::serve)
        .method_not_allowed_fallback(async || Error::MethodNotAllowed)
        .layer(CatchPanicLayer::custom(catch_panic::answer))
        .layer(middleware::from_fn_with_state(app.clone(), edge))
        .with_state(app)
}

/// What every request passes, in this order. All of it is one layer, because the framework makes each anew for each
/// request, with all that is below it.
async fn edge(State(app): State<App>, request: Request, next: Next) -> Response {
    let numbered = move |request| {
        let own = app.clone();
        let arrived = move |request| same_site::layer(own, request, move |request| next.run(request));
        security_headers::layer(request, move |request| arrival::layer(app, request, arrived))
    };
    request_id::layer(request, numbered).await
}
