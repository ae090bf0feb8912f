//! `/sessions`

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::sessions::SignedIn;

use crate::access::{Who, caller};
use crate::app::App;
use crate::books::sessions;
use crate::middleware::body::{Json, Path};
use crate::problem::Error;
use crate::sign_in::signed_out;

/// GET: where one is signed in.
pub async fn list(State(app): State<App>) -> Result<Json<Vec<SignedIn>>, Error> {
    let caller = caller();
    let account = caller.require_account()?;
    let current = match &caller.who {
        Who::Person { session, .. } => session.as_str(),
        _ => "",
    };
    let mut tx = app.books.read().await?;
    Ok(Json(
        sessions::of(&mut tx, account, current, app.access.lifetime).await?,
    ))
}

/// DELETE `/{id}`: signs out there.
pub async fn delete(State(app): State<App>, Path(id): Path<String>) -> Result<StatusCode, Error> {
    let caller = caller();
    let mut tx = app.books.write().await?;
    sessions::end_one(&mut tx, caller.person()?, &id).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// DELETE: signs out everywhere, here too.
pub async fn sign_out_everywhere(State(app): State<App>, headers: HeaderMap) -> Result<Response, Error> {
    let caller = caller();
    let mut tx = app.books.write().await?;
    sessions::end_all(&mut tx, caller.person()?).await?;
    tx.commit().await?;
    Ok(signed_out(&headers, StatusCode::NO_CONTENT.into_response()))
}
