//! The stand-in's own addresses, which ChargePoint does not have: tests break it and change its
//! estate through them. They answer this machine only.

use std::sync::Arc;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use chargepoint::{Association, Decision};
use serde::Deserialize;
use serde_json::json;

use super::Shared;
use super::socket::Peer;
use super::view::EstateView;
use crate::Rules;
use crate::service::Service;

pub fn routes() -> Router<Arc<Service>> {
    Router::new()
        .route("/control/fault", post(set_faults))
        .route("/control/estate", get(estate).post(change_estate))
        .layer(from_fn(this_machine_only))
}

async fn this_machine_only(ConnectInfo(peer): ConnectInfo<Peer>, request: Request, next: Next) -> Response {
    if !peer.address.ip().is_loopback() {
        return StatusCode::FORBIDDEN.into_response();
    }
    next.run(request).await
}

/// Takes what breaks which calls, as [`Rules`] are written (`not-in-plan getUsers`); an empty body
/// mends the stand-in.
async fn set_faults(State(service): Shared, wanted: String) -> Result<StatusCode, (StatusCode, String)> {
    let rules: Result<Rules, String> = wanted.parse();
    service.set_faults(rules.map_err(|why| (StatusCode::BAD_REQUEST, why))?);
    Ok(StatusCode::NO_CONTENT)
}

/// The most stations that a site is extended by at once.
const MOST: usize = 5_000;

/// A change of the estate: `{"remove": SITE}`, `{"add": {"name": …, "stations": N}}`,
/// `{"extend": {"site": SITE, "stations": N}}`,
/// `{"rename": {"site": SITE, "name": …}}`, `{"ask": {"firstName": …, "lastName": …}}` for a driver who
/// asks for a connection, `{"decide": {"userId": …, "status": "APPROVED"}}` for a decision about a
/// connection that was made elsewhere, `{"plan": {"orgId": …, "enterprise": false}}`, or `"oddities"` for what pages may
/// stumble over; the view of the estate says which stations these are.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
enum Change {
    Remove(u64),
    Add { name: String, stations: usize },
    Rename { site: u64, name: String },
    Ask { first_name: String, last_name: String },
    Decide { user_id: String, status: String },
    Plan { org_id: String, enterprise: bool },
    Extend { site: u64, stations: usize },
    Oddities,
}

async fn change_estate(State(service): Shared, Json(change): Json<Change>) -> Response {
    let now = service.now();
    let done = service.estate(|estate| match change {
        Change::Remove(site) => estate.remove_site(site).then(|| json!({ "site": site })),
        Change::Add { name, stations } => {
            let site = estate.add_site(&name, stations.min(100));
            Some(json!({ "site": site }))
        }
        Change::Rename { site, name } => estate.rename_site(site, &name).then(|| json!({ "site": site })),
        Change::Ask {
            first_name,
            last_name,
        } => {
            let driver = estate.add_driver(&first_name, &last_name, now);
            Some(json!({ "userId": driver.user.user_id }))
        }
        Change::Decide { user_id, status } => {
            let decision = Decision::of(&status)?;
            let driver = estate.driver_mut(&user_id)?;
            let decided = driver.decide(Association::Connection, decision, None, now);
            decided.ok().map(|()| json!({ "userId": user_id }))
        }
        Change::Plan { org_id, enterprise } => {
            let known = estate.set_enterprise(&org_id, enterprise);
            known.then(|| json!({ "orgId": org_id }))
        }
        Change::Extend { site, stations } => {
            let extended = estate.extend_site(site, stations.min(MOST));
            extended.then(|| json!({ "site": site }))
        }
        Change::Oddities => estate.add_oddities(now).then(|| json!({})),
    });
    match done {
        Some(done) => Json(done).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn estate(State(service): Shared) -> Json<EstateView> {
    Json(service.estate(|estate| EstateView::from(&*estate)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use axum::body::Body;
    use std::net::SocketAddr;

    use axum::extract::connect_info::MockConnectInfo;
    use tokio::sync::watch;
    use tower::ServiceExt;

    use super::*;
    use crate::SandboxConfig;
    use crate::http::socket::Cut;

    #[tokio::test]
    async fn other_machines_are_refused() {
        for (peer, expected) in [
            ([192, 0, 2, 7], StatusCode::FORBIDDEN),
            ([127, 0, 0, 1], StatusCode::OK),
        ] {
            let (_stop, stopped) = watch::channel(false);
            let service = Service::new(SandboxConfig::default(), stopped);
            let app = routes()
                .layer(MockConnectInfo(Peer {
                    address: SocketAddr::from((peer, 4711)),
                    cut: Cut::default(),
                }))
                .with_state(Arc::new(service));
            let request = Request::get("/control/estate").body(Body::empty());
            let answer = app.oneshot(request.unwrap()).await.unwrap();
            assert_eq!(answer.status(), expected, "{peer:?}");
        }
    }
}
