//! GET `/chargepoint`: how the connection is

use axum::extract::State;
use domain::estate::ChargePointStatus;

use crate::app::App;
use crate::middleware::body::Json;

pub async fn handler(State(app): State<App>) -> Json<ChargePointStatus> {
    Json(app.estate.status())
}
