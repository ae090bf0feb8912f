//! PUT `/session/password`: changes one's own password; all sessions end but a new one

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use domain::sessions::ChangePassword;

use crate::access::caller;
use crate::app::App;
use crate::books::accounts::{self, password};
use crate::middleware::body::Json;
use crate::problem::Error;
use crate::sign_in::begin;

pub async fn put(
    State(app): State<App>,
    headers: HeaderMap,
    Json(typed): Json<ChangePassword>,
) -> Result<Response, Error> {
    let caller = caller();
    let account = caller.person()?;
    let find = async || accounts::by_id(&mut app.books.read().await?, account).await;
    let found = find().await?.ok_or(Error::SignedOut)?;
    // A session that was left open is not to be guessed from, either.
    let (tried, failures) = (format!("change {account}"), &app.access.failures);
    failures.wait(&tried, &caller.address()).map_err(Error::TooMany)?;
    let is_short = typed.current.chars().count() <= password::LONGEST;
    if !is_short || !password::fits(&typed.current, &found.password).await? {
        failures.note(&tried, &caller.address());
        return Err(Error::field("current", "this is not the password"));
    }
    failures.forget(&tried, &caller.address());
    let own = [found.account.name.as_str(), &found.account.email];
    if let Some(wrong) = password::wrong(&typed.new, &own) {
        return Err(Error::field("new", wrong));
    }
    let hash = password::hash(&typed.new).await?;
    let mut tx = app.books.write().await?;
    password::set(&mut tx, account, &hash).await?;
    tx.commit().await?;
    let found = find().await?.ok_or(Error::SignedOut)?;
    let signed_in = begin(&app, &headers, found).await?;
    Ok(signed_in.answer(Json(&signed_in.session).into_response()))
}
