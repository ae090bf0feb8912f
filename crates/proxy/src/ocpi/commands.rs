//! Commands. Who may not charge somewhere is refused before anything else; beyond that no command can be carried out,
//! because ChargePoint's Web Services API has no call for any.

use axum::extract::{Path, State};
use domain::decision::Holder;
use domain::identifiers::{IdKind, auth_key, judge};
use domain::tokens::TokenType;
use ocpi::commands::{COMMANDS, CommandResponse, ForToken};
use ocpi::locations::DisplayText;
use ocpi::tokens::Token;

use super::answer::{Refusal, Reply};
use super::asker::Asker;
use super::body::Body;
use crate::app::App;
use crate::books::authorization::ask::{Found, Shown, holder_at};
use crate::books::authorization::refused;
use crate::books::partners::{self, Asking};
use crate::books::{Tx, tokens};
use crate::problem::Error;

/// Commands that are for a token, at a place.
const FOR_TOKENS: &[&str] = &["START_SESSION", "RESERVE_NOW"];

/// POST `/ocpi/2.2.1/cpo/commands/{command}`
pub async fn post(
    State(app): State<App>,
    Asker(asking): Asker,
    Path(command): Path<String>,
    body: Body,
) -> Result<Reply<CommandResponse>, Refusal> {
    if !COMMANDS.contains(&command.as_str()) {
        return Err(Refusal::no_address());
    }
    if FOR_TOKENS.contains(&command.as_str()) {
        let asked: ForToken = body.parse()?;
        if let Some(wrong) = asked.token.wrong() {
            return Err(Refusal::invalid(format!("`token`: {wrong}")));
        }
        if !asking.speaks_for(&asked.token.country_code, &asked.token.party_id) {
            return Err(Refusal::invalid("The token is of a party that is not yours."));
        }
        if !may(&app, &asking, &asked).await? {
            // The same words for a location that is not there: nobody finds out here which there are.
            return Ok(Reply(response("REJECTED", "The token may not charge there.")));
        }
    }
    let words = "ChargePoint's Web Services API carries out no commands.";
    Ok(Reply(response("NOT_SUPPORTED", words)))
}

fn response(result: &str, words: &str) -> CommandResponse {
    CommandResponse {
        result: result.into(),
        timeout: 0,
        message: vec![DisplayText::english(words)],
    }
}

/// Whether the token may charge there, as far as it is this partner's to say so.
async fn may(app: &App, asking: &Asking, asked: &ForToken) -> Result<bool, Error> {
    let mut read = app.books.read().await?;
    let tx = &mut read;
    let token = sent(tx, asking, &asked.token).await?;
    let foreign = partners::tokens::foreign(&token);
    // What has a Chip ID that counts is a card.
    let (kind, key, token_type) = match foreign.chip_key.is_empty() {
        true => (IdKind::AuthId, foreign.auth_key.clone(), None),
        false => (IdKind::ChipId, foreign.chip_key.clone(), Some(TokenType::Rfid)),
    };
    let own = match foreign.chip_key.is_empty() {
        true => Vec::new(),
        false => tokens::by_key(tx, kind, &key).await?,
    };
    // A card of the portal's whose contract is another party's is not the partner's to charge with.
    let prefixes = asking.prefixes();
    let is_theirs = |auth_id: &str| {
        let key = auth_key(auth_id);
        prefixes.iter().any(|prefix| key.starts_with(prefix.as_str()))
    };
    if own.iter().any(|own| !is_theirs(&own.auth_id)) {
        return Ok(false);
    }
    let mut found = Found {
        tokens: own,
        foreign: vec![foreign],
    };
    found.add_contracts(tx).await?;
    let holder = Holder {
        kind,
        key: &key,
        token_type,
        tokens: &found.tokens,
        foreign: &found.foreign,
    };
    let evses: Vec<&str> = asked.evse_uid.iter().map(String::as_str).collect();
    let location_id = asked.location_id.to_ascii_lowercase();
    let found = holder_at(tx, &holder, &location_id, &evses).await?;
    let named = match kind {
        IdKind::AuthId => &token.contract_id,
        IdKind::ChipId => &token.uid,
    };
    // Without an id that lists could hold there is nothing to tell an operator.
    if let Ok(id) = judge(kind, named) {
        refused::note(app, &location_id, &Shown { kind, id, token_type }, &found);
    }
    Ok(found.allowed)
}

/// The token as the partner sent it before; blocked, if either says so.
async fn sent(tx: &mut Tx, asking: &Asking, told: &Token) -> Result<Token, Error> {
    let party = (told.country_code.as_str(), told.party_id.as_str());
    let record = partners::tokens::one(tx, &asking.partner.id, party, &told.uid, &told.token_type).await?;
    let known = record.and_then(|record| serde_json::from_str::<Token>(&record).ok());
    Ok(match known {
        Some(known) => Token {
            valid: known.valid && told.valid,
            ..known
        },
        None => told.clone(),
    })
}
