//! POST `/tokens/block`, `/tokens/unblock` and `/tokens/delete`: many at once, all or none

use axum::extract::State;
use domain::export::{Changed, Chosen};

use crate::app::App;
use crate::books::tokens;
use crate::middleware::body::Json;
use crate::problem::Error;

/// Blocks them.
pub async fn block(state: State<App>, chosen: Json<Chosen>) -> Result<Json<Changed>, Error> {
    set_valid(state, chosen, false).await
}

/// Takes the block off them.
pub async fn unblock(state: State<App>, chosen: Json<Chosen>) -> Result<Json<Changed>, Error> {
    set_valid(state, chosen, true).await
}

async fn set_valid(
    State(app): State<App>,
    Json(chosen): Json<Chosen>,
    valid: bool,
) -> Result<Json<Changed>, Error> {
    let mut tx = app.books.write().await?;
    let changed = tokens::set_valid(&mut tx, &chosen, valid).await?;
    tx.commit().await?;
    Ok(Json(Changed { changed }))
}

/// Deletes them.
pub async fn delete(State(app): State<App>, Json(chosen): Json<Chosen>) -> Result<Json<Changed>, Error> {
    let mut tx = app.books.write().await?;
    let changed = tokens::delete_all(&mut tx, &chosen).await?;
    tx.commit().await?;
    Ok(Json(Changed { changed }))
}
