//! POST `/locations/sync`

use axum::extract::State;
use domain::locations::SyncResult;

use crate::app::App;
use crate::estate;
use crate::middleware::body::Json;
use crate::problem::Error;

pub async fn handler(State(app): State<App>) -> Result<Json<SyncResult>, Error> {
    Ok(Json(estate::sync(&app).await?))
}
