//! `/partners`: roaming partners. A token is not kept under an `Idempotency-Key`: it would stand in the books.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::partners::{MadePartner, Partner, PartnerInput, RegisterPartner};

use crate::access::Offered;
use crate::app::App;
use crate::books::partners::{self, tokens};
use crate::join::address::base;
use crate::middleware::body::{Json, Path};
use crate::middleware::if_match::{IfMatch, Tagged};
use crate::ocpi::{self, VERSIONS};
use crate::problem::Error;

fn made(partner: Partner, token: String) -> MadePartner {
    MadePartner {
        id: partner.id.clone(),
        token,
        path: VERSIONS.into(),
        partner,
    }
}

/// POST: adds a partner.
pub async fn create(State(app): State<App>, Json(input): Json<PartnerInput>) -> Result<Response, Error> {
    if app.ocpi.party.is_none() {
        return Err(ocpi::no_party());
    }
    let mut tx = app.books.write().await?;
    let (partner, token) = partners::create(&mut tx, input).await?;
    check_other(&app, &partner)?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(made(partner, token))).into_response())
}

/// Who came as the portal itself could say whom its contracts belong to.
fn check_other(app: &App, partner: &Partner) -> Result<(), Error> {
    let named = tokens::party(&partner.country_code, &partner.party_id);
    let is_us = |us: &ocpi::Party| tokens::party(&us.country_code, &us.party_id) == named;
    match app.ocpi.party.as_ref().is_some_and(is_us) {
        true => Err(Error::field("partyId", "this is the portal's own party")),
        false => Ok(()),
    }
}

/// GET `/{id}`
pub async fn get(State(app): State<App>, Path(id): Path<String>) -> Result<Tagged<Partner>, Error> {
    let record = partners::get(&mut app.books.read().await?, &id).await?;
    Ok(Tagged(record.version, record))
}

/// PATCH `/{id}`
pub async fn patch(
    State(app): State<App>,
    Path(id): Path<String>,
    version: IfMatch,
    Json(input): Json<PartnerInput>,
) -> Result<Tagged<Partner>, Error> {
    let mut tx = app.books.write().await?;
    let record = partners::patch(&mut tx, &id, version, input).await?;
    check_other(&app, &record)?;
    tx.commit().await?;
    Ok(Tagged(record.version, record))
}

/// DELETE `/{id}`
pub async fn delete(
    State(app): State<App>,
    Path(id): Path<String>,
    version: IfMatch,
) -> Result<StatusCode, Error> {
    let mut tx = app.books.write().await?;
    partners::delete(&mut tx, &id, version).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// POST `/{id}/token`: makes a new token.
pub async fn token(State(app): State<App>, Path(id): Path<String>) -> Result<Json<MadePartner>, Error> {
    if app.ocpi.party.is_none() {
        return Err(ocpi::no_party());
    }
    let mut tx = app.books.write().await?;
    let (partner, token) = partners::new_token(&mut tx, &id).await?;
    tx.commit().await?;
    Ok(Json(made(partner, token)))
}

/// POST `/{id}/register`: registers with them.
pub async fn register(
    State(app): State<App>,
    Path(id): Path<String>,
    headers: HeaderMap,
    Json(given): Json<RegisterPartner>,
) -> Result<Tagged<Partner>, Error> {
    let partner = partners::get(&mut app.books.read().await?, &id).await?;
    let record = ocpi::join(&app, &base(&app, &headers)?, &partner, &given).await?;
    Ok(Tagged(record.version, record))
}

/// POST `/{id}/revoke`: ends it.
pub async fn revoke(State(app): State<App>, Path(id): Path<String>) -> Result<Json<Offered<Partner>>, Error> {
    let mut tx = app.books.write().await?;
    let partner = partners::end(&mut tx, &id).await?;
    tx.commit().await?;
    Ok(Json(Offered(partner)))
}
