//! POST `/authorize/test`: what an operator asks before a driver does, of whatever is on a card. It is decided like
//! any other question, from the books, and is not told of as a refusal.

use axum::extract::State;
use domain::authorize::{Authorized, Reason, TestAccess, TestedAccess};
use domain::identifiers::{Code, IdKind, judge};

use super::authorize::with_remedies;
use crate::app::App;
use crate::books::Tx;
use crate::books::authorization::ask::{Shown, ask};
use crate::books::tokens;
use crate::middleware::body::Json;
use crate::problem::Error;

pub async fn handler(
    State(app): State<App>,
    Json(asked): Json<TestAccess>,
) -> Result<Json<TestedAccess>, Error> {
    let typed = asked.id.trim();
    if typed.is_empty() {
        return Err(Error::field(
            "id",
            "the Auth ID, Chip ID or visual number is missing",
        ));
    }
    if asked.location_id.is_empty() {
        return Err(Error::field("locationId", "the charge location is missing"));
    }
    let mut tx = app.books.read().await?;
    let mut known = Vec::new();
    let mut strange = Vec::new();
    for shown in meanings(&mut tx, typed).await? {
        let answer = ask(&mut tx, &shown, &asked.location_id, &[]).await?;
        if !is_known(&answer) {
            strange.push((shown, answer));
        } else if is_new(&known, &answer) {
            known.push((shown, answer));
        }
    }
    if known.is_empty() {
        // A Chip ID, where it looks like one: they are the last that were asked.
        known.extend(strange.pop());
    }
    let items = known
        .into_iter()
        .map(|(shown, asked)| with_remedies(&shown, asked));
    Ok(Json(TestedAccess {
        items: items.collect(),
    }))
}

/// What the id may be: an Auth ID, a Chip ID, and the tokens on which it is printed.
///
/// # Errors
/// It can be none of them, or the books cannot be read.
async fn meanings(tx: &mut Tx, typed: &str) -> Result<Vec<Shown>, Error> {
    let shown = |kind, text: &str| -> Result<Shown, Code> {
        let id = judge(kind, text)?;
        Ok(Shown {
            kind,
            id,
            token_type: None,
        })
    };
    let auth = shown(IdKind::AuthId, typed);
    let refused = auth.as_ref().err().copied();
    let mut all: Vec<Shown> = tokens::by_visual(tx, typed)
        .await?
        .iter()
        .filter_map(|token| shown(IdKind::AuthId, &token.auth_id).ok())
        .collect();
    all.extend(auth);
    all.extend(shown(IdKind::ChipId, typed));
    match refused {
        Some(code) if all.is_empty() => Err(Error::field("id", code.message())),
        _ => Ok(all),
    }
}

fn is_known(asked: &Authorized) -> bool {
    let strange = [Reason::Open, Reason::UnknownToken, Reason::UnknownLocation];
    asked.token.is_some() || !strange.contains(&asked.reason)
}

fn is_new(known: &[(Shown, Authorized)], asked: &Authorized) -> bool {
    let id = asked.token.as_ref().map(|token| &token.id);
    let same = |other: &Authorized| other.token.as_ref().map(|token| &token.id) == id;
    id.is_none() || !known.iter().any(|(_, other)| same(other))
}
