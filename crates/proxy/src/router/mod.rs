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

use axum::extract::Request;
use axum::response::Response;
use axum::routing::get;
use axum::{Router, middleware};

use crate::access;
use crate::app::App;
use crate::controllers::{health, metrics};
use crate::join;
use crate::middleware::{arrival, catch_panic, packed, request_id, same_site, security_headers};
use crate::ocpi;
use crate::openapi::Api;
use crate::problem::Error;
use crate::sign_in;
use crate::web;

/// The whole server: what every request passes, and the routes.
#[derive(Clone)]
pub struct Server {
    app: App,
    router: Router,
}

impl Server {
    /// The portal's.
    pub fn new(app: App) -> Self {
        Self {
            router: routes(&app),
            app,
        }
    }

    /// What every request passes, in this order. It stands around the routes, because what is laid over a route the
    /// framework makes anew for each request, with all that is below it.
    pub async fn answer(self, request: Request) -> Response {
        let Self { app, router } = self;
        let own = app.clone();
        let route = |request| catch_panic::run(packed::run(request, router));
        let arrived = |request| same_site::layer(own, request, route);
        let numbered =
            |request| security_headers::layer(request, |request| arrival::layer(app, request, arrived));
        request_id::layer(request, numbered).await
    }
}

fn routes(app: &App) -> Router {
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
        .nest("/ocpi", ocpi::routes(app))
        .route("/healthz", get(health::live))
        .route("/readyz", get(health::ready))
        .fallback(web::serve)
        .method_not_allowed_fallback(async || Error::MethodNotAllowed)
        .with_state(app.clone())
}
