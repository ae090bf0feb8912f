//! POST `/accounts/{id}/set-up`: a link by which a password is set, once

use axum::extract::State;
use domain::accounts::SetUpLink;

use crate::app::App;
use crate::books::accounts::{self, links};
use crate::middleware::body::{Json, Path};
use crate::problem::Error;

pub async fn handler(State(app): State<App>, Path(id): Path<String>) -> Result<Json<SetUpLink>, Error> {
    let mut tx = app.books.write().await?;
    let account = accounts::get(&mut tx, &id).await?;
    accounts::require_within(&tx, &account)?;
    let link = links::make(&mut tx, Some(&id)).await?;
    tx.commit().await?;
    Ok(Json(link))
}
