//! What a partner is shown of locations: those that are published, and of the private ones those that admit a token
//! of theirs which an app can be told of. Theirs are the tokens that they sent, and those of the portal whose
//! contracts are of their party.
//!
//! Which locations those are is found by the lists' indexes; whom an app may show one to is decided token by token.

mod admitted;
mod kept;

pub use kept::Kept;

use std::collections::HashMap;

use domain::identifiers::IdKind;
use domain::locations::Location;
use domain::privacy::Visibility;
use domain::tokens::TokenType;
use ocpi::locations::PublishTokenType;
use ocpi::tokens::RFID;
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row};

use super::super::listing::{Bind, bind_all, number};
use super::super::{Tx, ids, locations};
use super::Asking;
use crate::clock;
use crate::problem::Error;

/// A location that a partner is shown, before it is read as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glimpse {
    pub id: String,
    /// When what the books hold of it last changed, for this partner.
    pub changed_at: String,
    pub stations: Vec<String>,
}

/// That a token can be told of in an app: by its uid, or by what is printed on it.
const TOLD: &str = "(t.chip_key IS NOT NULL OR (COALESCE(t.visual_id, '') <> '' AND t.issuer <> ''))";

/// All locations that a partner is shown, in the order in which they came into being; `only`: that one at most.
async fn all(
    tx: &mut Tx,
    asking: &Asking,
    only: Option<&str>,
    tokens_changed: &str,
) -> Result<Vec<Glimpse>, Error> {
    let now = clock::now();
    let mut binds: Vec<Bind> = vec![asking.partner.id.as_str().into(), now.as_str().into()];
    let own = within("t.auth_key", asking, &mut binds);
    let listed = within("e.key", asking, &mut binds);
    let valid = "t.valid = 1 AND (t.expires IS NULL OR t.expires > $2)";
    let auth = ids::kind_number(IdKind::AuthId);
    let mut ways = vec![
        format!(
            "EXISTS (SELECT 1 FROM authorization_tokens e JOIN tokens t ON t.auth_key = e.key \
             WHERE e.location_id = l.id AND e.kind = {auth} AND {listed} AND {valid} AND {TOLD})"
        ),
        format!(
            "EXISTS (SELECT 1 FROM authorization_customers k JOIN tokens t ON t.customer_id = k.customer_id \
             WHERE k.location_id = l.id AND {own} AND {valid} AND {TOLD})"
        ),
    ];
    if has_sent(tx, asking).await? {
        let held = |from| format!("EXISTS (SELECT 1 FROM {from} AND e.location_id = l.id)");
        ways.extend(sent("$2").map(held));
        let of_customers = sent_of_customers("$2");
        ways.push(format!("l.id IN (SELECT e.location_id FROM {of_customers})"));
    }
    let mut condition = format!(
        "l.gone = 0 AND l.latitude IS NOT NULL AND l.longitude IS NOT NULL AND \
         ((l.published = 1 AND l.customers + l.tokens = 0) OR (l.customers + l.tokens > 0 AND ({})))",
        ways.join(" OR ")
    );
    if let Some(id) = only {
        binds.push(id.to_ascii_lowercase().into());
        condition += &format!(" AND l.id = ${}", binds.len());
    }
    let sql = format!(
        "SELECT l.id, l.updated_at, l.customers + l.tokens AS entries, (SELECT STRING_AGG(s.station_id, '\n') \
         FROM location_stations s WHERE s.location_id = l.id) AS stations FROM locations l WHERE {condition} \
         ORDER BY l.created_at, l.id"
    );
    let rows = bind_all(sqlx::query(AssertSqlSafe(sql)), &binds)
        .fetch_all(&mut **tx)
        .await?;
    let read = |row: &AnyRow| {
        let changed_at: String = row.try_get("updated_at")?;
        let is_private = number(row, "entries")? > 0;
        let stations: Option<String> = row.try_get("stations")?;
        Ok(Glimpse {
            id: row.try_get("id")?,
            changed_at: match is_private {
                true => changed_at.max(tokens_changed.to_owned()),
                false => changed_at,
            },
            stations: stations.map_or_else(Vec::new, |all| all.lines().map(str::to_owned).collect()),
        })
    };
    Ok(rows.iter().map(read).collect::<Result<_, sqlx::Error>>()?)
}

/// That location, if the partner is shown it.
///
/// # Errors
/// The books cannot be read.
pub async fn one(tx: &mut Tx, asking: &Asking, id: &str) -> Result<Option<Glimpse>, Error> {
    let tokens_changed = tokens_changed(tx).await?;
    Ok(all(tx, asking, Some(id), &tokens_changed).await?.pop())
}

/// Whether the partner sent any token.
async fn has_sent(tx: &mut Tx, asking: &Asking) -> Result<bool, Error> {
    let sql = "SELECT 1 AS found FROM partner_tokens WHERE partner_id = $1 LIMIT 1";
    let found = sqlx::query(sql).bind(asking.partner.id.clone());
    Ok(found.fetch_optional(&mut **tx).await?.is_some())
}

/// That a partner's token `p` is admitted at the location of `e` as far as the portal's own have a say in it, as
/// [`domain::decision::decide`] has it: the card is none of the portal's, and the portal's token of its contract, if
/// there is one, is not refused and stands on the list itself or through its customer. `{now}` is this moment.
macro_rules! own_admit {
    () => {
        "NOT EXISTS (SELECT 1 FROM tokens o WHERE p.chip_key <> '' AND o.chip_key = p.chip_key AND o.type = 'RFID') \
         AND NOT EXISTS (SELECT 1 FROM tokens o WHERE p.auth_key <> '' AND o.auth_key = p.auth_key \
         AND (o.valid = 0 OR o.expires <= {now} OR NOT ( \
         EXISTS (SELECT 1 FROM authorization_tokens x WHERE x.location_id = e.location_id AND x.kind = 0 \
         AND x.key = o.auth_key) \
         OR EXISTS (SELECT 1 FROM authorization_customers x WHERE x.location_id = e.location_id \
         AND x.customer_id = o.customer_id))))"
    };
}
pub(in crate::books) use own_admit;

/// How lists hold a token that the partner sent, as an SQL source: by its contract or its card, from the list to the
/// token, since the partner may have sent very many, of which the engine would try each at each list.
fn sent(now: &str) -> [String; 2] {
    let counts = counts(now);
    [(IdKind::AuthId, "auth_key"), (IdKind::ChipId, "chip_key")].map(|(kind, key)| {
        let kind = ids::kind_number(kind);
        format!(
            "authorization_tokens e CROSS JOIN partner_tokens p WHERE p.{key} = e.key AND p.{key} <> '' \
             AND e.kind = {kind} {counts}"
        )
    })
}

/// The same through the customer of the portal's own token of its contract: from the partner's tokens, for all lists at
/// once, since a customer may have very many that are none of the partner's.
fn sent_of_customers(now: &str) -> String {
    let counts = counts(now);
    format!(
        "partner_tokens p CROSS JOIN tokens t CROSS JOIN authorization_customers e WHERE p.partner_id = $1 \
         AND p.auth_key <> '' AND t.auth_key = p.auth_key AND e.customer_id = t.customer_id {counts}"
    )
}

/// That a token `p` is the partner's, and counts at the location of `e`.
fn counts(now: &str) -> String {
    let own_admit = own_admit!().replace("{now}", now);
    format!("AND p.partner_id || '' = $1 AND p.valid = 1 AND {own_admit}")
}

/// That a contract's key is of one of the partner's parties.
fn within(column: &str, asking: &Asking, binds: &mut Vec<Bind>) -> String {
    let mut ranges = Vec::new();
    for prefix in asking.prefixes() {
        // The first text behind all that begin so.
        let mut end = prefix.clone().into_bytes();
        if let Some(last) = end.last_mut() {
            *last += 1;
        }
        binds.push(prefix.into());
        binds.push(String::from_utf8_lossy(&end).into_owned().into());
        ranges.push(format!(
            "({column} >= ${} AND {column} < ${})",
            binds.len() - 1,
            binds.len()
        ));
    }
    format!("({})", ranges.join(" OR "))
}

/// When a token last changed, anybody's: of private locations, whom they are shown to follows from all of them.
/// More moves than has to, and nothing that has to is missed.
async fn tokens_changed(tx: &mut Tx) -> Result<String, Error> {
    let mut last = String::new();
    let kinds = ["tokens", "partner_tokens", "partners"];
    let mut queries: Vec<String> = kinds
        .iter()
        .map(|kind| format!("SELECT MAX(at) AS at FROM audit WHERE resource = '{kind}'"))
        .collect();
    queries.push("SELECT MAX(expires) AS at FROM tokens WHERE expires <= $1".into());
    for sql in queries {
        let is_bound = sql.contains("$1");
        let mut query = sqlx::query(AssertSqlSafe(sql));
        if is_bound {
            query = query.bind(clock::now());
        }
        let row = query.fetch_one(&mut **tx).await?;
        let at: Option<String> = row.try_get("at")?;
        last = last.max(at.unwrap_or_default());
    }
    Ok(last)
}

/// These locations as a whole, and whom each may be shown to, where it is private.
pub async fn whole(
    tx: &mut Tx,
    asking: &Asking,
    ids: &[String],
) -> Result<Vec<(Location, Vec<PublishTokenType>)>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    let mut to = admitted::to(tx, asking, ids).await?;
    for location in locations::of(tx, ids).await? {
        let to = to.remove(&location.id).unwrap_or_default();
        let is_private = location.visibility == Visibility::Private;
        found.push((location, if is_private { to } else { Vec::new() }));
    }
    let place: HashMap<&str, usize> = ids.iter().map(String::as_str).zip(0..).collect();
    found.sort_by_key(|(location, _)| place.get(location.id.as_str()).copied());
    Ok(found)
}

/// The word of a token's type in OCPI.
pub fn type_word(token_type: TokenType) -> &'static str {
    match token_type {
        TokenType::Rfid => RFID,
        TokenType::Other => "OTHER",
    }
}
