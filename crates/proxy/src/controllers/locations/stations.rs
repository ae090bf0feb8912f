//! GET `/locations/{id}/stations`

use axum::extract::State;
use domain::estate::LocationStations;

use crate::app::App;
use crate::books::locations;
use crate::middleware::body::{Json, Path};
use crate::problem::Error;

pub async fn handler(
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Json<LocationStations>, Error> {
    let mut tx = app.books.read().await?;
    locations::get(&mut tx, &id).await?;
    let known = locations::stations(&mut tx, &id).await?;
    drop(tx);
    Ok(Json(app.estate.stations(&id, known).await))
}
