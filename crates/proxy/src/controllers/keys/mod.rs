//! `/keys`: one's own API keys

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::accounts::NewApiKey;

use crate::access::caller;
use crate::app::App;
use crate::books::keys;
use crate::middleware::body::{Json, Path};
use crate::problem::Error;

/// POST: makes a key. It is not kept under an `Idempotency-Key`: the secret would stand in the books.
pub async fn create(State(app): State<App>, Json(new): Json<NewApiKey>) -> Result<Response, Error> {
    let caller = caller();
    let account = caller.person()?;
    let mut tx = app.books.write().await?;
    let made = keys::create(&mut tx, account, new).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(made)).into_response())
}

/// DELETE `/{id}`: takes a key away.
pub async fn delete(State(app): State<App>, Path(id): Path<String>) -> Result<StatusCode, Error> {
    let caller = caller();
    let mut tx = app.books.write().await?;
    keys::delete(&mut tx, caller.person()?, &id).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
