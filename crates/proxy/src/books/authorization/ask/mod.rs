//! The books' side of [`domain::decision`]: what is looked up for a question, all of it in one snapshot.

mod visible;

pub use visible::{VISIBLE, visible};

use std::collections::HashSet;

use domain::authorize::{Authorized, LocationRef};
use domain::decision::{Foreign, Holder, List, Place, decide, is_meant, is_own_card};
use domain::identifiers::{Id, IdKind, auth_key};
use domain::privacy::{Decision, Visibility};
use domain::tokens::{Token, TokenType};
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row};

use super::super::evses::{self, Ports};
use super::super::index::{Index, Question};
use super::super::listing::{Bind, bind_all, flag, number};
use super::super::{Tx, ids, limits, partners, text, tokens};
use super::tokens::ref_of;
use crate::access::caller;
use crate::app::App;
use crate::clock;
use crate::problem::Error;

/// What somebody shows, not looked up yet.
pub struct Shown {
    pub kind: IdKind,
    pub id: Id,
    pub token_type: Option<TokenType>,
}

/// The tokens that it may be.
pub struct Found {
    pub tokens: Vec<Token>,
    pub foreign: Vec<Foreign>,
}

impl Shown {
    async fn found(&self, tx: &mut Tx) -> Result<Found, Error> {
        let (kind, key) = (self.kind, &self.id.key);
        let tokens = tokens::by_key(tx, kind, key).await?;
        let foreign = match is_own_card(kind, &tokens) {
            true => Vec::new(),
            false => partners::tokens::by_key(tx, kind, key, self.token_type).await?,
        };
        let mut foreign: Vec<Foreign> = foreign.into_iter().map(|(token, _)| token).collect();
        // The first that is refused says why: in memory as in the books.
        foreign.sort_unstable();
        let mut found = Found { tokens, foreign };
        found.add_contracts(tx).await?;
        Ok(found)
    }

    /// Whoever shows it, of these tokens.
    pub fn holder<'a>(&'a self, found: &'a Found) -> Holder<'a> {
        Holder {
            kind: self.kind,
            key: &self.id.key,
            token_type: self.token_type,
            tokens: &found.tokens,
            foreign: &found.foreign,
        }
    }
}

impl Found {
    /// The first of the portal's own that [`Holder::own`] gives.
    pub fn into_own(self, named: Option<TokenType>) -> Option<Token> {
        let is_meant = |token: &Token| is_meant(token, &self.foreign, named);
        self.tokens.into_iter().find(is_meant)
    }

    /// Adds the portal's own tokens of the contracts of others': one that is blocked stays so by whatever card.
    pub async fn add_contracts(&mut self, tx: &mut Tx) -> Result<(), Error> {
        let contracts = self.foreign.iter().map(|token| token.auth_key.as_str());
        for key in contracts.filter(|key| !key.is_empty()) {
            let own = tokens::by_auth_key(tx, key).await?;
            let is_new = |own: &Token| self.tokens.iter().all(|token| token.id != own.id);
            self.tokens.extend(own.filter(is_new));
        }
        Ok(())
    }
}

/// Of a list, the entries that matter to one question.
#[derive(Default)]
struct Entries {
    ids: HashSet<(IdKind, String)>,
    customers: HashSet<String>,
}

impl List for Entries {
    fn holds(&self, kind: IdKind, key: &str) -> bool {
        self.ids.contains(&(kind, key.to_owned()))
    }

    fn holds_customer(&self, id: &str) -> bool {
        self.customers.contains(id)
    }
}

/// Whether a token may charge at a location: from memory where that is as new as the books, else from them.
///
/// # Errors
/// The books cannot be read.
pub async fn answer(
    app: &App,
    shown: &Shown,
    location_id: &str,
    evses: &[&str],
) -> Result<Authorized, Error> {
    let question = Question {
        shown,
        location_id,
        evses,
        caller: &caller(),
    };
    match Index::ask(app, &question).await? {
        Some(asked) => Ok(asked),
        None => Box::pin(async { ask(&mut app.books.read().await?, shown, location_id, evses).await }).await,
    }
}

/// Whether a token may charge at a location, from the books.
///
/// # Errors
/// The books cannot be read.
pub async fn ask(tx: &mut Tx, shown: &Shown, location_id: &str, evses: &[&str]) -> Result<Authorized, Error> {
    let found = shown.found(tx).await?;
    holder_at(tx, &shown.holder(&found), location_id, evses).await
}

/// The same of a holder whose tokens are known.
///
/// # Errors
/// The books cannot be read.
pub async fn holder_at(
    tx: &mut Tx,
    holder: &Holder<'_>,
    location_id: &str,
    evses: &[&str],
) -> Result<Authorized, Error> {
    let (decision, location) = decide_at(tx, holder, location_id, evses).await?;
    let token = holder.own().next().cloned();
    let known = token.map(|token| ref_of(token, &clock::now()));
    Ok(Authorized::of(decision, known, location))
}

/// Whether somebody may charge at a location, at all of these EVSEs; the location where there is such a one.
async fn decide_at(
    tx: &mut Tx,
    holder: &Holder<'_>,
    location_id: &str,
    evses: &[&str],
) -> Result<(Decision, Option<LocationRef>), Error> {
    let mut location = location(tx, location_id).await?;
    if location.is_some() && !are_there(tx, location_id, evses).await? {
        location = None;
    }
    let entries = entries(tx, location_id, holder).await?;
    let place = location.as_ref().map(|(_, visibility)| Place {
        visibility: *visibility,
        list: &entries,
    });
    let decision = decide(holder, place.as_ref(), &clock::now());
    Ok((decision, location.map(|(location, _)| location)))
}

/// A location that the caller reaches.
async fn location(tx: &mut Tx, id: &str) -> Result<Option<(LocationRef, Visibility)>, Error> {
    let (within, binds) = limits::within(&tx.caller(), "l.org_key", 2);
    let sql = format!(
        "SELECT l.id, l.name, l.published, l.customers + l.tokens AS entries FROM locations l \
         WHERE l.id = $1 AND {within}"
    );
    let row = bind_all(sqlx::query(AssertSqlSafe(sql)).bind(id.to_owned()), &binds)
        .fetch_optional(&mut **tx)
        .await?;
    let read = |row: &AnyRow| -> Result<_, sqlx::Error> {
        let location = LocationRef {
            id: row.try_get("id")?,
            name: row.try_get("name")?,
        };
        Ok((
            location,
            Visibility::of(flag(row, "published")?, number(row, "entries")?),
        ))
    };
    Ok(row.as_ref().map(read).transpose()?)
}

/// Whether these EVSEs are at the location.
async fn are_there(tx: &mut Tx, location_id: &str, asked: &[&str]) -> Result<bool, Error> {
    if asked.is_empty() {
        return Ok(true);
    }
    let rows = sqlx::query("SELECT station_id FROM location_stations WHERE location_id = $1")
        .bind(location_id)
        .fetch_all(&mut **tx)
        .await?;
    let stations = rows
        .iter()
        .map(|row| Ok(text::fold(&row.try_get::<String, _>("station_id")?)));
    let stations: Vec<String> = stations.collect::<Result<_, sqlx::Error>>()?;
    let mut ports = Ports::new();
    for station in asked.iter().filter_map(|evse| evses::station_of(evse)) {
        if stations.contains(&station) {
            ports.extend(evses::ports(tx, Some(&station)).await?);
        }
    }
    Ok(asked.iter().all(|evse| evses::is_at(evse, &stations, &ports)))
}

async fn entries(tx: &mut Tx, location_id: &str, holder: &Holder<'_>) -> Result<Entries, Error> {
    let mut binds: Vec<Bind> = vec![location_id.into()];
    let mut any: Vec<String> = Vec::new();
    let mut bind = |value: String| {
        binds.push(value.into());
        binds.len()
    };
    let own = holder
        .own()
        .map(|token| (IdKind::AuthId, auth_key(&token.auth_id)));
    let mut keys: HashSet<(IdKind, String)> = own.chain([(holder.kind, holder.key.to_owned())]).collect();
    for token in holder.foreign {
        keys.insert((IdKind::AuthId, token.auth_key.clone()));
        keys.insert((IdKind::ChipId, token.chip_key.clone()));
    }
    for (kind, key) in keys {
        any.push(format!(
            "(e.kind = {} AND e.key = ${})",
            ids::kind_number(kind),
            bind(key)
        ));
    }
    let mut sql = format!(
        "SELECT e.kind, e.key FROM authorization_tokens e WHERE e.location_id = $1 AND ({})",
        any.join(" OR ")
    );
    for customer in holder.own().filter_map(|token| token.customer.as_ref()) {
        sql.push_str(&format!(
            " UNION ALL SELECT {CUSTOMER} AS kind, k.customer_id AS key FROM authorization_customers k \
             WHERE k.location_id = $1 AND k.customer_id = ${}",
            bind(customer.id.clone())
        ));
    }
    let rows = bind_all(sqlx::query(AssertSqlSafe(sql)), &binds)
        .fetch_all(&mut **tx)
        .await?;
    let mut entries = Entries::default();
    for row in &rows {
        let (kind, key): (i64, String) = (row.try_get("kind")?, row.try_get("key")?);
        match kind {
            CUSTOMER => entries.customers.insert(key),
            kind => entries.ids.insert((ids::kind_of(kind), key)),
        };
    }
    Ok(entries)
}

/// The kind of an entry that is a customer.
const CUSTOMER: i64 = 2;
