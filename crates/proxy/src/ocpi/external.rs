//! Tokens that partners send: what lists may hold of them counts from then on.

use axum::extract::{Path, State};
use ocpi::text::same;
use ocpi::tokens::{RFID, TYPES, Token};
use serde_json::{Map, Value};

use super::answer::{Done, Refusal, Reply};
use super::asker::Asker;
use super::body::{self, Body, Parameters};
use crate::app::App;
use crate::books::partners::{Asking, tokens};

/// What an address names: country, party, uid.
type Named = Path<(String, String, String)>;

fn type_of(parameters: &Parameters) -> Result<&str, Refusal> {
    let meant = parameters.get("type").unwrap_or(RFID);
    if TYPES.contains(&meant) {
        return Ok(meant);
    }
    Err(Refusal::invalid(format!(
        "`type` is none of {}",
        TYPES.join(", ")
    )))
}

/// Fails for a party that the partner does not speak for.
fn check_party(asking: &Asking, country: &str, party: &str) -> Result<(), Refusal> {
    if asking.speaks_for(country, party) {
        return Ok(());
    }
    Err(Refusal::invalid("The address names a party that is not yours."))
}

/// GET `/ocpi/2.2.1/cpo/tokens/{country}/{party}/{uid}`
pub async fn get(
    State(app): State<App>,
    Asker(asking): Asker,
    Path((country, party, uid)): Named,
    parameters: Parameters,
) -> Result<Reply<Map<String, Value>>, Refusal> {
    let meant = type_of(&parameters)?;
    check_party(&asking, &country, &party)?;
    let mut tx = app.books.read().await?;
    let record = tokens::one(&mut tx, &asking.partner.id, (&country, &party), &uid, meant).await?;
    let record = record.and_then(|record| serde_json::from_str(&record).ok());
    record.map(Reply).ok_or_else(Refusal::no_token)
}

/// PUT: takes a token as it is.
pub async fn put(
    State(app): State<App>,
    Asker(asking): Asker,
    Path((country, party, uid)): Named,
    parameters: Parameters,
    body: Body,
) -> Result<Done, Refusal> {
    let meant = type_of(&parameters)?;
    check_party(&asking, &country, &party)?;
    take(&app, &asking, (&country, &party, &uid, meant), body.object()?).await
}

/// PATCH: takes what is sent of a token over the rest of it.
pub async fn patch(
    State(app): State<App>,
    Asker(asking): Asker,
    Path((country, party, uid)): Named,
    parameters: Parameters,
    body: Body,
) -> Result<Done, Refusal> {
    let meant = type_of(&parameters)?;
    check_party(&asking, &country, &party)?;
    let sent = body.object()?;
    if !sent.contains_key("last_updated") {
        return Err(Refusal::invalid("`last_updated` is missing."));
    }
    let mut tx = app.books.read().await?;
    let record = tokens::one(&mut tx, &asking.partner.id, (&country, &party), &uid, meant).await?;
    drop(tx);
    let record = record.and_then(|record| serde_json::from_str::<Map<String, Value>>(&record).ok());
    let mut whole = record.ok_or_else(Refusal::no_token)?;
    for (name, value) in sent {
        match value {
            Value::Null => whole.remove(&name),
            value => whole.insert(name, value),
        };
    }
    take(&app, &asking, (&country, &party, &uid, meant), whole).await
}

async fn take(
    app: &App,
    asking: &Asking,
    (country, party, uid, meant): (&str, &str, &str, &str),
    object: Map<String, Value>,
) -> Result<Done, Refusal> {
    let record = Value::Object(object.clone()).to_string();
    let token: Token = body::of(object)?;
    if let Some(wrong) = token.wrong() {
        return Err(Refusal::invalid(wrong));
    }
    let is_named =
        same(&token.country_code, country) && same(&token.party_id, party) && same(&token.uid, uid);
    if !is_named || token.token_type != meant {
        return Err(Refusal::invalid(
            "The token is another one than the address names.",
        ));
    }
    let mut tx = app.books.write().await?;
    tokens::put(&mut tx, asking, &token, &record).await?;
    tx.commit().await?;
    Ok(Done)
}
