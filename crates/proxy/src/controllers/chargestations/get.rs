//! GET `/chargestations/{id}`

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};

use super::rows::{self, Found, One, is_own};
use crate::app::App;
use crate::books::chargestations;
use crate::controllers::locations::stations::is_anew;
use crate::middleware::body::Path;
use crate::middleware::if_match::Versioned;
use crate::problem::Error;

pub async fn handler(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    if is_own(&id) {
        let row = chargestations::get(&mut app.books.read().await?, &id).await?;
        return Ok(Versioned(row.station.version, One::of(row, None)).into_response());
    }
    let Found { row, at, age } = rows::find(&app, &id, is_anew(&headers)).await?;
    let answer = Versioned(row.station.version, One::of(row, Some(at)));
    Ok(([age], answer).into_response())
}
