//! PATCH `/chargestations/{id}`

use axum::extract::State;
use domain::chargestations::ChargestationInput;

use super::rows::{self, Found, Page, is_own};
use crate::app::App;
use crate::books::chargestations;
use crate::middleware::body::{Json, Path};
use crate::middleware::if_match::{IfMatch, Versioned};
use crate::problem::Error;

pub async fn handler(
    State(app): State<App>,
    Path(id): Path<String>,
    version: IfMatch,
    Json(input): Json<ChargestationInput>,
) -> Result<Versioned<Page>, Error> {
    if is_own(&id) {
        let mut tx = app.books.write().await?;
        let row = chargestations::patch(&mut tx, &id, version, input).await?;
        tx.commit().await?;
        return Ok(Page::of(row, None).versioned());
    }
    let Found { row, at, .. } = rows::find(&app, &id, false).await?;
    let mut tx = app.books.write().await?;
    let row = chargestations::switch(&mut tx, &row, version, input).await?;
    tx.commit().await?;
    Ok(Page::of(row, Some(at)).versioned())
}
