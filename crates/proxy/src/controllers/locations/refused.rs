//! `/locations/{id}/refused`

use axum::extract::State;
use domain::refused::{ForgetRefused, Forgotten};

use crate::app::App;
use crate::books::authorization::refused;
use crate::middleware::body::{Json, Path};
use crate::problem::Error;

/// POST `/forget`: forgets chosen ones or all.
pub async fn forget(
    State(app): State<App>,
    Path(id): Path<String>,
    Json(which): Json<ForgetRefused>,
) -> Result<Json<Forgotten>, Error> {
    let mut tx = app.books.write().await?;
    let forgotten = refused::forget(&mut tx, &id, &which).await?;
    tx.commit().await?;
    Ok(Json(Forgotten { forgotten }))
}
