//! GET `/search`: what the two pickers of the Authorization tab find

use axum::extract::State;
use domain::search::SearchResult;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::app::App;
use crate::books::search::{self, Kinds};
use crate::middleware::body::{Json, Query};
use crate::problem::Error;

/// The query of a search.
#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Search {
    /// Free text: a name, an external ID, an Auth ID, a Chip ID or the beginning of one.
    #[serde(default)]
    q: String,
    /// `customers` or `tokens`; absent: both.
    #[serde(rename = "in")]
    kind: Option<Kind>,
    /// Says of each hit whether it stands on this location's list.
    location_id: Option<String>,
}

/// What is searched.
#[derive(Deserialize, JsonSchema, PartialEq, Eq, Clone, Copy)]
#[serde(rename_all = "camelCase")]
pub enum Kind {
    Customers,
    Tokens,
}

pub async fn handler(
    State(app): State<App>,
    Query(Search { q, kind, location_id }): Query<Search>,
) -> Result<Json<SearchResult>, Error> {
    let kinds = Kinds {
        customers: kind != Some(Kind::Tokens),
        tokens: kind != Some(Kind::Customers),
    };
    let mut tx = app.books.read().await?;
    Ok(Json(
        search::search(&mut tx, &q, kinds, location_id.as_deref()).await?,
    ))
}
