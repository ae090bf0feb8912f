//! The portal's own tokens, for partners who run stations: as a list, and asked one by one.

use axum::extract::{Path, State};
use domain::authorize::{Authorized, Reason};
use domain::identifiers::{IdKind, judge};
use domain::tokens::TokenType;
use ocpi::envelope::Status;
use ocpi::locations::DisplayText;
use ocpi::paging::Window;
use ocpi::tokens::{AuthorizationInfo, LocationReferences, NEVER, RFID, TYPES, Token};

use super::Party;
use super::answer::{Page, Refusal, Reply};
use super::asker::{Asker, Us};
use super::body::{Body, Parameters, Site};
use crate::app::App;
use crate::books::authorization::ask::{Shown, answer};
use crate::books::authorization::refused;
use crate::books::partners::shown::type_word;
use crate::books::{partners, tokens};

/// The parts of those who run stations, or pass on to such.
const STATIONS: &[&str] = &["CPO", "HUB"];

/// A token of the portal's; none for one without a uid, which OCPI cannot tell of.
fn told(own: &domain::tokens::Token, now: &str, party: &Party) -> Option<Token> {
    let uid = own.chip_id.as_deref()?;
    let contract = &own.auth_id;
    let fits = contract.is_ascii() && contract.len() <= 36;
    Some(Token {
        country_code: party.country_code.clone(),
        party_id: party.party_id.clone(),
        uid: domain::identifiers::chip_key(uid),
        token_type: type_word(own.token_type).into(),
        contract_id: match fits {
            true => contract.clone(),
            false => domain::identifiers::auth_key(contract),
        },
        visual_number: own
            .visual_id
            .as_deref()
            .map(|number| ocpi::text::cut(number, 64))
            .filter(|number| !number.is_empty()),
        issuer: Some(ocpi::text::cut(&own.issuer, 64))
            .filter(|issuer| !issuer.is_empty())
            .unwrap_or_else(|| ocpi::text::cut(&party.name, 64)),
        valid: own.state(now) == domain::tokens::TokenState::Valid,
        // Where it may charge follows from lists, of which no cache knows.
        whitelist: NEVER.into(),
        last_updated: match own.expires.as_deref() {
            Some(expired) if expired <= now => own.updated_at.as_str().max(expired).to_owned(),
            _ => own.updated_at.clone(),
        },
        ..Token::default()
    })
}

/// GET `/ocpi/2.2.1/emsp/tokens`
pub async fn list(
    State(app): State<App>,
    Asker(asking): Asker,
    Us(party): Us,
    Site(base): Site,
    parameters: Parameters,
) -> Result<Page<Token>, Refusal> {
    let window = Window::read(parameters.0).map_err(Refusal::invalid)?;
    if !asking.plays(STATIONS) {
        return Ok(Page::of(Vec::new(), 0, &window, &base, "emsp/tokens"));
    }
    let mut tx = app.books.read().await?;
    let span = (window.from.as_deref(), window.to.as_deref());
    let (own, total) = tokens::cards(&mut tx, span, window.offset, window.limit()).await?;
    let now = crate::clock::now();
    let items = own.iter().filter_map(|own| told(own, &now, &party)).collect();
    Ok(Page::of(items, total, &window, &base, "emsp/tokens"))
}

/// POST `/{uid}/authorize`
pub async fn authorize(
    State(app): State<App>,
    Asker(asking): Asker,
    Us(party): Us,
    Path(uid): Path<String>,
    parameters: Parameters,
    body: Body,
) -> Result<Reply<AuthorizationInfo>, Refusal> {
    let meant = parameters.get("type").unwrap_or(RFID);
    if !TYPES.contains(&meant) {
        return Err(Refusal::invalid(format!(
            "`type` is none of {}",
            TYPES.join(", ")
        )));
    }
    // Whoever runs no stations has nobody to ask for.
    if !asking.plays(STATIONS) {
        return Err(Refusal::no_token());
    }
    let references: Option<LocationReferences> = if body.is_empty() {
        None
    } else {
        Some(body.parse()?)
    };
    let token_type = match meant {
        RFID => TokenType::Rfid,
        "OTHER" => TokenType::Other,
        // The portal has no tokens of the other kinds.
        _ => return Err(Refusal::no_token()),
    };
    let id = judge(IdKind::ChipId, &uid).map_err(|_| Refusal::no_token())?;
    let shown = Shown {
        kind: IdKind::ChipId,
        id,
        token_type: Some(token_type),
    };
    let location_id = references.as_ref().map(|at| at.location_id.to_ascii_lowercase());
    let location_id = location_id.unwrap_or_default();
    let evses: Vec<&str> = references
        .iter()
        .flat_map(|at| &at.evse_uids)
        .map(String::as_str)
        .collect();
    let found = answer(&app, &shown, &location_id, &evses).await?;
    let token = whole(&app, &shown, &found, &party).await?;
    let Some(token) = token else {
        refused::note(&app, &location_id, &shown, &found);
        return Err(Refusal::no_token());
    };
    let Some(references) = references else {
        return Err(Refusal::of(
            Status::NOT_ENOUGH,
            "Where it may charge depends on the location: send LocationReferences.",
        ));
    };
    if found.reason == Reason::UnknownLocation {
        return Err(Refusal::of(
            Status::UNKNOWN_LOCATION,
            "There is no such location, or no such EVSE at it.",
        ));
    }
    refused::note(&app, &location_id, &shown, &found);
    Ok(Reply(AuthorizationInfo {
        allowed: word(found.reason).into(),
        token,
        location: found.allowed.then_some(references),
        info: (!found.allowed).then(|| DisplayText::english(&found.words)),
    }))
}

/// The token that was decided of, with all that OCPI tells; none for one that nobody knows.
async fn whole(
    app: &App,
    shown: &Shown,
    found: &Authorized,
    party: &Party,
) -> Result<Option<Token>, Refusal> {
    let token_type = type_word(shown.token_type.unwrap_or_default());
    let mut tx = app.books.read().await?;
    let now = crate::clock::now();
    if let Some(own) = &found.token {
        let own = told(&tokens::get(&mut tx, &own.id).await?, &now, party);
        // It may count by the contract of the card that was shown, and be another card itself.
        let is_shown = |own: &Token| own.uid == shown.id.key && own.token_type == token_type;
        if let Some(own) = own.filter(is_shown) {
            return Ok(Some(own));
        }
    }
    let foreign = partners::tokens::by_key(&mut tx, shown.kind, &shown.id.key, shown.token_type).await?;
    if let Some((_, record)) = foreign.into_iter().next() {
        let token = serde_json::from_str::<Token>(&record).ok();
        // Here it depends on a list, whatever its partner allows elsewhere.
        return Ok(token.map(|token| Token {
            whitelist: NEVER.into(),
            ..token
        }));
    }
    // No token of anybody's, but the list holds the card.
    let is_listed = found.reason == Reason::Listed;
    Ok(is_listed.then(|| card(shown, party, &now)))
}

/// A listed card of which nothing else is known.
fn card(shown: &Shown, party: &Party, now: &str) -> Token {
    Token {
        country_code: party.country_code.clone(),
        party_id: party.party_id.clone(),
        uid: shown.id.key.clone(),
        token_type: RFID.into(),
        contract_id: shown.id.key.clone(),
        issuer: ocpi::text::cut(&party.name, 64),
        valid: true,
        whitelist: NEVER.into(),
        last_updated: now.to_owned(),
        ..Token::default()
    }
}

fn word(reason: Reason) -> &'static str {
    match reason {
        Reason::Open | Reason::Listed => "ALLOWED",
        Reason::Blocked => "BLOCKED",
        Reason::Expired => "EXPIRED",
        Reason::NotListed | Reason::UnknownToken | Reason::UnknownLocation => "NOT_ALLOWED",
    }
}
