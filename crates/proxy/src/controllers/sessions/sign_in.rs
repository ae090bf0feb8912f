//! GET, POST and DELETE `/session`

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::sessions::{Session, SignIn};

use crate::access::{Who, caller};
use crate::app::App;
use crate::books::{accounts, sessions};
use crate::middleware::body::Json;
use crate::problem::Error;
use crate::sign_in::{by_password, session, signed_out};

/// GET: who asks.
pub async fn get(State(app): State<App>) -> Result<Json<Session>, Error> {
    let caller = caller();
    let account = caller.require_account()?;
    let mut tx = app.books.read().await?;
    let found = accounts::by_id(&mut tx, account).await?;
    let mut session = session(&mut tx, found.ok_or(Error::SignedOut)?).await?;
    // A key may do less than its account.
    session.permissions.retain(|key| caller.may(key));
    Ok(Json(session))
}

/// POST: signs in.
pub async fn sign_in(
    State(app): State<App>,
    headers: HeaderMap,
    Json(typed): Json<SignIn>,
) -> Result<Response, Error> {
    let signed_in = by_password(&app, &headers, &typed.email, &typed.password).await?;
    Ok(signed_in.answer(Json(&signed_in.session).into_response()))
}

/// DELETE: signs out here.
pub async fn sign_out(State(app): State<App>, headers: HeaderMap) -> Result<Response, Error> {
    if let Who::Person { session, .. } = &caller().who {
        let mut tx = app.books.write().await?;
        sessions::end(&mut tx, session).await?;
        tx.commit().await?;
    }
    Ok(signed_out(&headers, StatusCode::NO_CONTENT.into_response()))
}
