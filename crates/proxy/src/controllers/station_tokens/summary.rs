//! GET `/station_tokens/summary`: the stock in numbers

use axum::extract::State;
use domain::station_tokens::Summary;

use crate::app::App;
use crate::books::station_tokens;
use crate::middleware::body::Json;
use crate::problem::Error;

pub async fn handler(State(app): State<App>) -> Result<Json<Summary>, Error> {
    Ok(Json(station_tokens::summary(&mut app.books.read().await?).await?))
}
