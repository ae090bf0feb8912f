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

use std::net::IpAddr;

use axum::extract::Request;
use axum::http::Method;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Router, middleware};

use crate::access::guarded;
use crate::app::App;
use crate::controllers::{health, metrics};
use crate::join;
use crate::middleware::request_id::{self, Asked};
use crate::middleware::{arrival, catch_panic, packed, same_site, security_headers};
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

    /// What every request passes, in this order; `peer` is the other end of the connection. It stands around the
    /// routes, because what is laid over a route the framework makes anew for each request, with all that is below
    /// it.
    pub async fn answer(self, peer: IpAddr, mut request: Request) -> Response {
        let Self { app, router } = self;
        let asked = Asked::new(&request);
        let is_api = request.uri().path().starts_with("/api/");
        let arrived = arrival::arrive(&app, peer, &mut request);
        let refusal = if !arrived.is_ours {
            Some(Error::Misdirected)
        } else if same_site::is_foreign(&app, &request) {
            Some(Error::CrossSite)
        } else {
            None
        };
        let answer = async move {
            let mut response = match refusal {
                Some(refusal) => {
                    // Its body is read on only when nobody holds the request any more.
                    drop(request);
                    refusal.into_response()
                }
                None => catch_panic::run(packed::run(request, router)).await,
            };
            arrived.end(&mut response).await;
            security_headers::add(&mut response, is_api);
            response
        };
        request_id::numbered(asked, answer).await
    }
}

fn routes(app: &App) -> Router {
    let api = tables::add(lists::add(records::add(places::add(Api::new("/api/v1")))));
    let api = station_tokens::add(api);
    let api = partners::add(chargestations::add(connections::add(api)));
    let api = overview::add(api);
    let api = calls::add(audit::add(accounts::add(api)));
    let metrics = guarded(&Method::GET, "/metrics", metrics::handler);
    api.into_router()
        .route("/metrics", get(metrics))
        .merge(join::routes().route_layer(middleware::from_fn(join::as_driver)))
        .merge(sign_in::routes())
        .nest("/ocpi", ocpi::routes(app))
        .route("/healthz", get(health::live))
        .route("/readyz", get(health::ready))
        .fallback(web::serve)
        .method_not_allowed_fallback(async || Error::MethodNotAllowed)
        .with_state(app.clone())
}
