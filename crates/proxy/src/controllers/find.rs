//! GET `/find`: what a text may mean, whatever it is

use axum::extract::State;
use domain::limits::MAX_SEARCH;
use domain::search::{Found, Hit, MOST_FOUND};
use domain::text::{fold, isolated};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::app::App;
use crate::books;
use crate::books::find::BETWEEN;
use crate::estate::find as estate;
use crate::middleware::body::{Json, Query};
use crate::problem::Error;

/// The query.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// A name, or an id as people have it at hand: of a location, a station, a customer, a token, a session.
    #[serde(default)]
    q: String,
}

/// Kinds in the order in which they stand where nothing else decides.
const ORDER: &[&str] = &[
    "locations",
    "chargestations",
    "customers",
    "tokens",
    "sessions",
    "station_tokens",
    "connections",
    "driver_requests",
    "drivers",
    "organizations",
    "station-groups",
];

pub async fn handler(State(app): State<App>, Query(Asked { q }): Query<Asked>) -> Result<Json<Found>, Error> {
    let text = q.trim();
    if text.chars().count() > MAX_SEARCH {
        return Err(Error::field("q", format!("at most {MAX_SEARCH} characters")));
    }
    if text.is_empty() {
        return Ok(Json(Found::default()));
    }
    let there = estate::find(&app.estate, text).await;
    let mut tx = app.books.read().await?;
    let mut items = books::find::find(&mut tx, text, !there.has_stations).await?;
    for hit in there.hits {
        if !items
            .iter()
            .any(|known| known.kind == hit.kind && known.id == hit.id)
        {
            items.push(hit);
        }
    }
    let asked = fold(text);
    items.sort_by_cached_key(|hit| (rank(hit, &asked), place(hit)));
    items.truncate(MOST_FOUND);
    for hit in &mut items {
        let parts: Vec<String> = hit.detail.split(BETWEEN).map(isolated).collect();
        hit.detail = parts.join(BETWEEN);
    }
    Ok(Json(Found { items }))
}

/// What is meant exactly stands first, then what begins so.
fn rank(hit: &Hit, asked: &str) -> u8 {
    let texts = [&hit.id, &hit.label].map(|text| fold(text));
    let is_part = || hit.detail.split(BETWEEN).any(|part| fold(part) == asked);
    match () {
        () if texts.iter().any(|text| text == asked) || is_part() => 0,
        () if texts.iter().any(|text| text.starts_with(asked)) => 1,
        () => 2,
    }
}

fn place(hit: &Hit) -> usize {
    ORDER
        .iter()
        .position(|kind| *kind == hit.kind)
        .unwrap_or(ORDER.len())
}
