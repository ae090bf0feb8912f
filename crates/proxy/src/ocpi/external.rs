//! Tokens that partners send: what lists may hold of them counts from then on.

use std::sync::Arc;

use axum::extract::{FromRequestParts, Path, State};
use axum::http::request::Parts;
use ocpi::text::same;
use ocpi::tokens::{RFID, TYPES, Token};
use serde_json::{Map, Value};

use super::answer::{Done, Refusal, Reply};
use super::asker::Asker;
use super::body::{self, Body, Parameters};
use crate::app::App;
use crate::books::Tx;
use crate::books::partners::{Asking, tokens};

/// The token that an address names, of a party that the partner speaks for.
pub struct Named {
    asking: Arc<Asking>,
    country: String,
    party: String,
    uid: String,
    token_type: String,
}

impl FromRequestParts<App> for Named {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refusal> {
        let Asker(asking) = Asker::from_request_parts(parts, app).await?;
        let named = Path::<(String, String, String)>::from_request_parts(parts, app).await;
        let Path((country, party, uid)) = named.map_err(|_| Refusal::no_address())?;
        let parameters = Parameters::from_request_parts(parts, app).await?;
        let token_type = parameters.get("type").unwrap_or(RFID);
        if !TYPES.contains(&token_type) {
            let said = format!("`type` is none of {}", TYPES.join(", "));
            return Err(Refusal::invalid(said));
        }
        if !asking.speaks_for(&country, &party) {
            return Err(Refusal::invalid("The address names a party that is not yours."));
        }
        Ok(Self {
            asking,
            country,
            party,
            uid,
            token_type: token_type.to_owned(),
        })
    }
}

impl Named {
    /// The token as it was sent last.
    async fn last(&self, tx: &mut Tx) -> Result<Map<String, Value>, Refusal> {
        let party = (self.country.as_str(), self.party.as_str());
        let record = tokens::one(tx, &self.asking.partner.id, party, &self.uid, &self.token_type).await?;
        let record = record.and_then(|record| serde_json::from_str(&record).ok());
        record.ok_or_else(Refusal::no_token)
    }

    /// Takes it as it is from now on.
    async fn take(&self, tx: &mut Tx, object: Map<String, Value>) -> Result<(), Refusal> {
        let record = Value::Object(object.clone()).to_string();
        let token: Token = body::of(object)?;
        if let Some(wrong) = token.wrong() {
            return Err(Refusal::invalid(wrong));
        }
        let is_named = same(&token.country_code, &self.country)
            && same(&token.party_id, &self.party)
            && same(&token.uid, &self.uid);
        if !is_named || token.token_type != self.token_type {
            let said = "The token is another one than the address names.";
            return Err(Refusal::invalid(said));
        }
        Ok(tokens::put(tx, &self.asking, &token, &record).await?)
    }
}

/// GET `/ocpi/2.2.1/cpo/tokens/{country}/{party}/{uid}`
pub async fn get(State(app): State<App>, named: Named) -> Result<Reply<Map<String, Value>>, Refusal> {
    named.last(&mut app.books.read().await?).await.map(Reply)
}

/// PUT: takes a token as it is.
pub async fn put(State(app): State<App>, named: Named, body: Body) -> Result<Done, Refusal> {
    let sent = body.object()?;
    let mut tx = app.books.write().await?;
    tokens::hold(&mut tx, &named.asking.partner.id).await?;
    named.take(&mut tx, sent).await?;
    tx.commit().await?;
    Ok(Done)
}

/// PATCH: takes what is sent of a token over the rest of it.
pub async fn patch(State(app): State<App>, named: Named, body: Body) -> Result<Done, Refusal> {
    let sent = body.object()?;
    if !sent.contains_key("last_updated") {
        return Err(Refusal::invalid("`last_updated` is missing."));
    }
    let mut tx = app.books.write().await?;
    tokens::hold(&mut tx, &named.asking.partner.id).await?;
    let mut whole = named.last(&mut tx).await?;
    for (name, value) in sent {
        match value {
            Value::Null => whole.remove(&name),
            value => whole.insert(name, value),
        };
    }
    named.take(&mut tx, whole).await?;
    tx.commit().await?;
    Ok(Done)
}
