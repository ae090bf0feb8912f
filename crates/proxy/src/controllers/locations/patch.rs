//! PATCH `/locations/{id}`

use axum::extract::State;
use domain::locations::{Location, LocationPatch};

use crate::app::App;
use crate::books::locations;
use crate::middleware::body::{Json, Path};
use crate::middleware::if_match::{IfMatch, Tagged};
use crate::problem::Error;

pub async fn handler(
    State(app): State<App>,
    Path(id): Path<String>,
    version: IfMatch,
    Json(patch): Json<LocationPatch>,
) -> Result<Tagged<Location>, Error> {
    let mut tx = app.books.write().await?;
    let location = locations::patch(&mut tx, &id, version, patch).await?;
    tx.commit().await?;
    Ok(Tagged(location.version, location))
}
