//! The stand-in's own addresses, which ChargePoint does not have: tests break it and change its
//! estate through them. They answer this machine only.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use chargepoint::Station;
use serde::{Deserialize, Serialize};

use super::Shared;
use crate::Fault;
use crate::estate::Site;
use crate::service::Service;

pub fn routes() -> Router<Arc<Service>> {
    Router::new()
        .route("/control/fault", post(set_fault))
        .route("/control/estate", get(estate).post(change_estate))
        .layer(from_fn(this_machine_only))
}

async fn this_machine_only(
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request,
    next: Next,
) -> Response {
    if !peer.ip().is_loopback() {
        return StatusCode::FORBIDDEN.into_response();
    }
    next.run(request).await
}

/// Takes the name of a fault; an empty body mends the stand-in.
async fn set_fault(State(service): Shared, name: String) -> Result<StatusCode, (StatusCode, String)> {
    let fault = match name.trim() {
        "" => None,
        name => Some(
            name.parse::<Fault>()
                .map_err(|why| (StatusCode::BAD_REQUEST, why))?,
        ),
    };
    service.set_fault(fault);
    Ok(StatusCode::NO_CONTENT)
}

/// A change of the estate: `{"remove": SITE}`, `{"add": {"name": …, "stations": N}}` or
/// `{"rename": {"site": SITE, "name": …}}`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
enum Change {
    Remove(u64),
    Add { name: String, stations: usize },
    Rename { site: u64, name: String },
}

async fn change_estate(State(service): Shared, Json(change): Json<Change>) -> Response {
    let done = service.estate(|estate| match change {
        Change::Remove(site) => estate.remove_site(site).then_some(site),
        Change::Add { name, stations } => Some(estate.add_site(&name, stations.min(100))),
        Change::Rename { site, name } => estate.rename_site(site, &name).then_some(site),
    });
    match done {
        Some(site) => Json(serde_json::json!({ "site": site })).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// A site as tests expect to find it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SiteView {
    #[serde(flatten)]
    site: Site,
    organization: Option<String>,
    address: Option<String>,
    city: Option<String>,
    country: Option<String>,
    stations: Vec<StationView>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct StationView {
    id: Option<String>,
    name: Option<String>,
    model: Option<String>,
    ports: usize,
}

async fn estate(State(service): Shared) -> Json<Vec<SiteView>> {
    Json(service.estate(|estate| {
        let view = |site: &Site| {
            let stations: Vec<&Station> = estate.stations_of(site.id).collect();
            let first = stations.first();
            let text =
                |field: fn(&Station) -> &Option<String>| first.and_then(|station| field(station).clone());
            SiteView {
                site: site.clone(),
                organization: text(|station| &station.organization_name),
                address: text(|station| &station.address),
                city: text(|station| &station.city),
                country: text(|station| &station.country),
                stations: stations.into_iter().map(StationView::from).collect(),
            }
        };
        estate.sites().iter().map(view).collect()
    }))
}

impl From<&Station> for StationView {
    fn from(station: &Station) -> Self {
        Self {
            id: station.station_id.clone(),
            name: station.station_name.clone(),
            model: station.station_model.clone(),
            ports: station.ports.len(),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use axum::body::Body;
    use axum::extract::connect_info::MockConnectInfo;
    use tokio::sync::watch;
    use tower::ServiceExt;

    use super::*;
    use crate::SandboxConfig;

    #[tokio::test]
    async fn other_machines_are_refused() {
        for (peer, expected) in [
            ([192, 0, 2, 7], StatusCode::FORBIDDEN),
            ([127, 0, 0, 1], StatusCode::OK),
        ] {
            let (_stop, stopped) = watch::channel(false);
            let service = Service::new(SandboxConfig::default(), stopped);
            let app = routes()
                .layer(MockConnectInfo(SocketAddr::from((peer, 4711))))
                .with_state(Arc::new(service));
            let request = Request::get("/control/estate").body(Body::empty());
            let answer = app.oneshot(request.unwrap()).await.unwrap();
            assert_eq!(answer.status(), expected, "{peer:?}");
        }
    }
}
