//! `/driver_requests/export` and `/connections/{id}/driver_requests/export`

use axum::extract::State;
use axum::response::Response;
use domain::export::ExportRequest;

use super::rows::{self, Within};
use crate::app::App;
use crate::controllers::export::{Wanted, of_rows};
use crate::middleware::body::{Json, Query};
use crate::problem::Error;

/// GET: by parameters.
pub async fn get(
    State(app): State<App>,
    within: Within,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Error> {
    answer(app, within, Wanted::of_parameters(pairs)?).await
}

/// POST: by a body.
pub async fn post(
    State(app): State<App>,
    within: Within,
    Json(request): Json<ExportRequest>,
) -> Result<Response, Error> {
    answer(app, within, Wanted::of_request(request)?).await
}

async fn answer(app: App, within: Within, wanted: Wanted) -> Result<Response, Error> {
    let requests = within.read(&app, false).await?.requests;
    of_rows(app, requests, rows::usual, wanted).await
}
