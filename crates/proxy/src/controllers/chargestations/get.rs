//! GET `/chargestations/{id}`, and what its page reads: `/chargestations/{id}/page`

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};

use super::rows::{self, Found, Page, is_own};
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
    let (page, age) = read(&app, &id, &headers).await?;
    Ok((age, page.record()).into_response())
}

pub async fn page(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let (page, age) = read(&app, &id, &headers).await?;
    Ok((age, page.versioned()).into_response())
}

/// The station as the caller is told of it, and how old that is where ChargePoint tells it.
async fn read(app: &App, id: &str, headers: &HeaderMap) -> Result<(Page, HeaderMap), Error> {
    if is_own(id) {
        let row = chargestations::get(&mut app.books.read().await?, id).await?;
        return Ok((Page::of(row, None), HeaderMap::new()));
    }
    let Found { row, at, age } = rows::find(app, id, is_anew(headers)).await?;
    Ok((Page::of(row, Some(at)), HeaderMap::from_iter([age])))
}
