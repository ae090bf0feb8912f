//! GET `/station_tokens/{id}/history`: what happened to a token, the newest first

use axum::extract::State;
use domain::station_tokens::Event;

use crate::app::App;
use crate::books::station_tokens;
use crate::middleware::body::{Json, Path};
use crate::problem::Error;

pub async fn handler(State(app): State<App>, Path(id): Path<String>) -> Result<Json<Vec<Event>>, Error> {
    let mut tx = app.books.read().await?;
    Ok(Json(station_tokens::history(&mut tx, &id).await?))
}
