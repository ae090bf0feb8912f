//! DELETE `/chargestations/{id}`

use axum::extract::State;
use axum::http::StatusCode;

use super::rows::{find, is_own};
use crate::app::App;
use crate::books::chargestations;
use crate::middleware::body::Path;
use crate::middleware::if_match::IfMatch;
use crate::problem::Error;

pub async fn handler(
    State(app): State<App>,
    Path(id): Path<String>,
    version: IfMatch,
) -> Result<StatusCode, Error> {
    if !is_own(&id) {
        let found = find(&app, &id, false).await?;
        return Err(Error::NotOurs(format!(
            "{} is ChargePoint's to tell of; only stations that were registered here are deleted here. Nothing was \
             changed.",
            found.row.name
        )));
    }
    let mut tx = app.books.write().await?;
    chargestations::delete(&mut tx, &id, version).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
