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
        .layer(middleware::from_fn_with_state(app.clone(), same_site::layer))
        .layer(middleware::from_fn_with_state(app.clone(), arrival::layer))
        .layer(middleware::from_fn(security_headers::layer))
        .layer(middleware::from_fn(request_id::layer))
        .with_state(app)
}
