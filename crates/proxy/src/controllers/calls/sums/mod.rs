//! GET `…/sums`: what the rows that a query means in a list come to

pub mod transactions;
pub mod usage;

use std::sync::Arc;

use axum::extract::RawPathParams;
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse, Response};
use chargepoint::calls::Paged;
use domain::Timestamp;
use domain::listing::ListQuery;
use domain::problem::Problem;
use domain::rows::matching;
use schemars::JsonSchema;
use serde::Serialize;

use super::age;
use super::list::{Face, pairs_of, rows};
use crate::app::App;
use crate::controllers::listing::Listing;
use crate::controllers::locations::stations::is_anew;
use crate::estate::rows::{Row, Told, usual};
use crate::estate::table::Read;
use crate::middleware::body::Json;
use crate::problem::Error;

/// The sums.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "SumsOf{T}")]
pub struct Sums<T> {
    pub items: Vec<T>,
    /// How many there are, of which the first stand in `items`.
    pub total: u64,
    /// When ChargePoint was asked.
    pub as_of: Timestamp,
    /// Why this is ChargePoint's last answer and no new one.
    pub problem: Option<Problem>,
}

/// Sums up rows, which a query meant.
pub type Summed<R, T> = fn(&[&Row<R>], &ListQuery) -> Vec<T>;

/// The most that are told.
const MOST: usize = 1_000;

/// Answers with the sums of the rows that a query means, which some name where their rows are.
pub async fn get<C, T>(
    app: App,
    face: Arc<Face>,
    (path, headers, uri): (RawPathParams, HeaderMap, Uri),
    sums: Summed<C::Row, T>,
) -> Result<Response, Error>
where
    C: Read + Paged<Row: Told>,
    T: Serialize,
{
    let pairs = pairs_of(uri.query());
    let (kept, others, _) = rows::<C>(&app, &face, &path, pairs, is_anew(&headers)).await?;
    let listing = Listing::of(&others, &face.words(), uri)?;
    let found = matching(&kept.answer, &listing.query, usual).map_err(Error::fields)?;
    let mut items = sums(&found, &listing.query);
    let total = items.len() as u64;
    items.truncate(MOST);
    let sums = Sums {
        items,
        total,
        as_of: kept.as_of.clone(),
        problem: kept.problem.clone(),
    };
    Ok(([age(&kept)], Json(sums)).into_response())
}
