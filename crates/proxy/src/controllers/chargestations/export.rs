//! `/chargestations/export`

use axum::extract::State;
use axum::response::Response;
use domain::export::ExportRequest;

use super::rows;
use crate::app::App;
use crate::controllers::export::{Wanted, of_rows};
use crate::controllers::listing::words;
use crate::middleware::body::{Json, Query};
use crate::problem::Error;

/// GET: by parameters.
pub async fn get(
    State(app): State<App>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Error> {
    let (group, others) = rows::group(pairs)?;
    answer(app, group, Wanted::of_parameters(others)?).await
}

/// POST: by a body.
pub async fn post(State(app): State<App>, Json(request): Json<ExportRequest>) -> Result<Response, Error> {
    let (group, others) = rows::group(words(&request.query))?;
    answer(app, group, Wanted::of_others(request, &others)?).await
}

async fn answer(app: App, group: Option<String>, wanted: Wanted) -> Result<Response, Error> {
    let stations = rows::read(&app, group.as_deref(), false).await?.stations;
    of_rows(app, stations, rows::usual, wanted).await
}
