//! GET `/chargestations/{id}`, and what its page reads: `/chargestations/{id}/page`

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use domain::chargestations::ChargestationRow;

use super::rows::{self, AtChargePoint, Found, One, Page, is_own};
use crate::app::App;
use crate::books::chargestations;
use crate::controllers::locations::stations::is_anew;
use crate::middleware::body::Path;
use crate::problem::Error;

pub async fn handler(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let (row, at, age) = read(&app, &id, &headers).await?;
    Ok((age, One::of(row, at)).into_response())
}

pub async fn page(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let (row, at, age) = read(&app, &id, &headers).await?;
    Ok((age, Page::of(row, at).versioned()).into_response())
}

/// The station, what ChargePoint says of it, and how old that is.
async fn read(
    app: &App,
    id: &str,
    headers: &HeaderMap,
) -> Result<(ChargestationRow, Option<AtChargePoint>, HeaderMap), Error> {
    if is_own(id) {
        let row = chargestations::get(&mut app.books.read().await?, id).await?;
        return Ok((row, None, HeaderMap::new()));
    }
    let Found { row, at, age } = rows::find(app, id, is_anew(headers)).await?;
    Ok((row, Some(at), HeaderMap::from_iter([age])))
}
