//! POST `/authorize`: may this token charge here?

use axum::extract::State;
use domain::authorize::{Authorize, Authorized, remedies};
use domain::identifiers::{IdKind, judge};
use domain::tokens::TokenType;

use crate::access::caller;
use crate::app::App;
use crate::books::authorization::ask::{Shown, answer};
use crate::books::authorization::refused;
use crate::middleware::body::Json;
use crate::problem::Error;

pub async fn handler(
    State(app): State<App>,
    Json(asked): Json<Authorize>,
) -> Result<Json<Authorized>, Error> {
    let shown = shown(
        asked.auth_id.as_deref(),
        asked.chip_id.as_deref(),
        asked.token_type,
    )?
    .ok_or_else(|| Error::field("authId", "send an Auth ID or a Chip ID"))?;
    if asked.location_id.is_empty() {
        return Err(Error::field("locationId", "the charge location is missing"));
    }
    let evses: Vec<&str> = asked.evse_id.as_deref().into_iter().collect();
    let found = answer(&app, &shown, &asked.location_id, &evses).await?;
    refused::note(&app, &asked.location_id, &shown, &found);
    Ok(Json(with_remedies(&shown, found)))
}

/// An answer, with what whoever asks may do about it.
pub fn with_remedies(shown: &Shown, mut answer: Authorized) -> Authorized {
    let id = (shown.kind, shown.id.display.as_str());
    answer.remedies = remedies(answer.reason, id, answer.token.as_ref());
    let caller = caller();
    answer.remedies.retain(|remedy| caller.may(remedy.kind.needs()));
    answer
}

/// The id that a question names; none where it names none.
///
/// # Errors
/// It is no id, there are two, or a type stands without a Chip ID.
pub fn shown(
    auth_id: Option<&str>,
    chip_id: Option<&str>,
    token_type: Option<TokenType>,
) -> Result<Option<Shown>, Error> {
    let (field, kind, typed) = match (auth_id, chip_id) {
        (Some(_), Some(_)) => {
            return Err(Error::field("chipId", "send an Auth ID or a Chip ID, not both"));
        }
        (Some(auth_id), None) => ("authId", IdKind::AuthId, auth_id),
        (None, Some(chip_id)) => ("chipId", IdKind::ChipId, chip_id),
        (None, None) => ("", IdKind::AuthId, ""),
    };
    if token_type.is_some() && chip_id.is_none() {
        return Err(Error::field("type", "a type goes with a Chip ID"));
    }
    if field.is_empty() {
        return Ok(None);
    }
    let id = judge(kind, typed).map_err(|code| Error::field(field, code.message()))?;
    Ok(Some(Shown { kind, id, token_type }))
}
