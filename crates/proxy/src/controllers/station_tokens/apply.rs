//! POST `/station_tokens/{id}/apply`: *Apply to station*

use axum::extract::State;
use domain::station_tokens::{ApplyToStation, StationToken};

use crate::app::App;
use crate::books::station_tokens;
use crate::middleware::body::{Json, Path};
use crate::middleware::if_match::{IfMatch, Tagged};
use crate::problem::Error;

pub async fn handler(
    State(app): State<App>,
    Path(id): Path<String>,
    version: IfMatch,
    Json(where_to): Json<ApplyToStation>,
) -> Result<Tagged<StationToken>, Error> {
    let mut tx = app.books.write().await?;
    let record = station_tokens::apply(&mut tx, &id, version, &where_to).await?;
    tx.commit().await?;
    Ok(Tagged(record.version, record))
}
