//! PATCH `/station_tokens/{id}`

use axum::extract::State;
use domain::station_tokens::{StationToken, StationTokenInput};

use crate::app::App;
use crate::books::station_tokens;
use crate::middleware::body::{Json, Path};
use crate::middleware::if_match::{IfMatch, Tagged};
use crate::problem::Error;

pub async fn handler(
    State(app): State<App>,
    Path(id): Path<String>,
    version: IfMatch,
    Json(input): Json<StationTokenInput>,
) -> Result<Tagged<StationToken>, Error> {
    let mut tx = app.books.write().await?;
    let record = station_tokens::patch(&mut tx, &id, version, input).await?;
    tx.commit().await?;
    Ok(Tagged(record.version, record))
}
