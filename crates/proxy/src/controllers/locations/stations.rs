//! GET `/locations/{id}/stations`

use axum::extract::State;
use axum::http::{HeaderMap, header};
use domain::estate::LocationStations;

use crate::app::App;
use crate::books::locations;
use crate::middleware::body::{Json, Path};
use crate::problem::Error;

pub async fn handler(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Json<LocationStations>, Error> {
    let mut tx = app.books.read().await?;
    locations::get(&mut tx, &id).await?;
    let known = locations::stations(&mut tx, &id).await?;
    drop(tx);
    Ok(Json(app.estate.stations(known, is_anew(&headers)).await))
}

/// `Cache-Control: no-cache`: the reader wants to know how it is now.
pub fn is_anew(headers: &HeaderMap) -> bool {
    headers
        .get_all(header::CACHE_CONTROL)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|word| word.trim().eq_ignore_ascii_case("no-cache"))
}
