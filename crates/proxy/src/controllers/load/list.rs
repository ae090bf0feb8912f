//! GET `/load`: what stations draw, what they could, and what is shed; and the same as a file

use std::cmp::Ordering;

use axum::extract::State;
use axum::http::{HeaderMap, Uri, header};
use axum::response::{IntoResponse, Response};
use domain::export::ExportRequest;
use domain::load::LoadOfStation;
use domain::rows::page;
use schemars::JsonSchema;

use crate::access::offered;
use crate::app::App;
use crate::books::load::{self as book, Held};
use crate::controllers::calls::EstatePage;
use crate::controllers::calls::list::pairs_of;
use crate::controllers::export::{Wanted, of_rows};
use crate::controllers::listing::{Listing, words};
use crate::controllers::locations::stations::is_anew;
use crate::estate::load::{Loads, Of};
use crate::middleware::body::{Json, Query};
use crate::problem::Error;

/// What the list takes besides the parameters of every list.
#[derive(JsonSchema)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code)]
pub struct Parameters {
    /// Only the stations of that group.
    sg_id: Option<String>,
}

pub(super) const WORD: &str = "sgId";

type Pairs = Vec<(String, String)>;

/// One page.
pub async fn get(State(app): State<App>, headers: HeaderMap, uri: Uri) -> Result<Response, Error> {
    let pairs = pairs_of(uri.query());
    let listing = Listing::of(&pairs, &[WORD], uri)?;
    let loads = read(&app, &of(&pairs)?, is_anew(&headers)).await?;
    let mut page = page(&loads.stations, &listing.query, usual).map_err(Error::fields)?;
    page.as_of.clone_from(&loads.as_of);
    let answer = EstatePage::of(offered(page), loads.problem).linked(&listing);
    Ok(([(header::AGE, loads.age.to_string())], answer).into_response())
}

/// The list as a file, by parameters.
pub async fn export(State(app): State<App>, Query(pairs): Query<Pairs>) -> Result<Response, Error> {
    let (own, others): (Pairs, Pairs) = pairs.into_iter().partition(|(key, _)| key == WORD);
    let wanted = Wanted::of_parameters(others)?;
    let loads = read(&app, &of(&own)?, false).await?;
    of_rows(app, loads.stations, usual, wanted).await
}

/// The list as a file, by a body.
pub async fn export_by_body(
    State(app): State<App>,
    Json(request): Json<ExportRequest>,
) -> Result<Response, Error> {
    let pairs = words(&request.query);
    let (own, others): (Pairs, Pairs) = pairs.into_iter().partition(|(key, _)| key == WORD);
    let wanted = Wanted::of_others(request, &others)?;
    let loads = read(&app, &of(&own)?, false).await?;
    of_rows(app, loads.stations, usual, wanted).await
}

/// The group that is meant, if one is.
pub(super) fn of(pairs: &[(String, String)]) -> Result<Of, Error> {
    let mut groups = pairs.iter().filter(|(key, _)| key == WORD);
    let Some((_, id)) = groups.next() else {
        return Ok(Of::All);
    };
    if groups.next().is_some() {
        return Err(Error::Malformed(format!("{WORD} stands twice")));
    }
    if id.is_empty() || !id.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Error::field(WORD, "must be the number of a station group"));
    }
    Ok(Of::Group(id.clone()))
}

/// What stations draw, with until when it is shed where the portal knows; that there is no end stands in its words.
///
/// # Errors
/// As [`crate::estate::Estate::loads`].
pub async fn read(app: &App, of: &Of, anew: bool) -> Result<Loads, Error> {
    let mut loads = app.estate.loads(of, anew).await?;
    let is_shed = |station: &LoadOfStation| station.ports.iter().any(|port| port.shed);
    if !loads.stations.iter().any(is_shed) {
        return Ok(loads);
    }
    let words = book::words(&mut app.books.read().await?).await?;
    let mut held = Held::new();
    for group in words.groups() {
        let below = app.estate.with_groups_below(&group).await;
        held.insert(group, below);
    }
    for station in &mut loads.stations {
        station.shed_until = words.until(station, &held);
        if !station.shed.is_empty() && words.is_until_cleared(station, &held) {
            station.shed += " until cleared";
        }
    }
    Ok(loads)
}

/// Who draws the most first.
fn usual(a: &LoadOfStation, b: &LoadOfStation) -> Ordering {
    let load = |one: &LoadOfStation| one.station_load.unwrap_or(-1.0);
    load(b).total_cmp(&load(a))
}
