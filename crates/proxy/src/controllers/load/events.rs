//! GET `/load/events`: the times in which load is shed, as far as the portal planned them; and the same as a file

use std::cmp::Ordering;

use axum::extract::State;
use axum::response::Response;
use domain::export::ExportRequest;
use domain::load::LoadEvent;
use domain::rows::page;

use crate::access::offered;
use crate::app::App;
use crate::books::load;
use crate::controllers::export::{Wanted, of_rows};
use crate::controllers::listing::Listing;
use crate::middleware::body::{Json, Query};
use crate::problem::Error;

/// One page.
pub async fn get(State(app): State<App>, listing: Listing) -> Result<Response, Error> {
    let mut events = load::events(&mut app.books.read().await?).await?;
    let stations: Vec<Option<String>> = events.iter().map(|event| event.station_id.clone()).collect();
    let zones = app
        .estate
        .zones(stations.iter().flatten().map(String::as_str).collect());
    for (event, station) in events.iter_mut().zip(&stations) {
        let zone = station.as_deref().and_then(|id| zones.get(id));
        event.time_zone = zone.map(|zone| zone.to_string());
    }
    let page = page(&events, &listing.query, usual).map_err(Error::fields)?;
    Ok(listing.answer(offered(page)))
}

/// The list as a file, by parameters.
pub async fn export(
    State(app): State<App>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Error> {
    file(app, Wanted::of_parameters(pairs)?).await
}

/// The list as a file, by a body.
pub async fn export_by_body(
    State(app): State<App>,
    Json(request): Json<ExportRequest>,
) -> Result<Response, Error> {
    file(app, Wanted::of_request(request)?).await
}

async fn file(app: App, wanted: Wanted) -> Result<Response, Error> {
    let events = load::events(&mut app.books.read().await?).await?;
    of_rows(app, events, usual, wanted).await
}

/// What begins last first.
fn usual(a: &LoadEvent, b: &LoadEvent) -> Ordering {
    b.event_start_time.cmp(&a.event_start_time)
}
