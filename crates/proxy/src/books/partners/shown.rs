//! What a partner is shown of locations: those that are published, and of the private ones those that admit a token
//! of theirs which an app can be told of. Theirs are the tokens that they sent, and those of the portal whose
//! contracts are of their party.
//!
//! Which locations those are is found by the lists' indexes; whom an app may show one to is decided token by token.

use std::collections::HashMap;

use domain::identifiers::IdKind;
use domain::locations::Location;
use domain::privacy::{Via, Visibility, settle};
use domain::tokens::{TokenState, TokenType};
use ocpi::locations::PublishTokenType;
use ocpi::tokens::RFID;
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row};

use super::super::listing::{Bind, bind_all, flag, number};
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
pub async fn all(tx: &mut Tx, asking: &Asking, only: Option<&str>) -> Result<Vec<Glimpse>, Error> {
    let now = clock::now();
    let mut binds: Vec<Bind> = vec![asking.partner.id.as_str().into(), now.as_str().into()];
    let own = within("t.auth_key", asking, &mut binds);
    let listed = within("e.key", asking, &mut binds);
    let valid = "t.valid = 1 AND (t.expires IS NULL OR t.expires > $2)";
    let auth = ids::kind_number(IdKind::AuthId);
    let chip = ids::kind_number(IdKind::ChipId);
    let ways = [
        format!(
            "EXISTS (SELECT 1 FROM authorization_tokens e JOIN tokens t ON t.auth_key = e.key \
             WHERE e.location_id = l.id AND e.kind = {auth} AND {listed} AND {valid} AND {TOLD})"
        ),
        format!(
            "EXISTS (SELECT 1 FROM authorization_customers k JOIN tokens t ON t.customer_id = k.customer_id \
             WHERE k.location_id = l.id AND {own} AND {valid} AND {TOLD})"
        ),
        sent(auth, "auth_key", &now),
        sent(chip, "chip_key", &now),
    ];
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
    let tokens_changed = tokens_changed(tx).await?;
    let read = |row: &AnyRow| {
        let changed_at: String = row.try_get("updated_at")?;
        let is_private = number(row, "entries")? > 0;
        let stations: Option<String> = row.try_get("stations")?;
        Ok(Glimpse {
            id: row.try_get("id")?,
            changed_at: match is_private {
                true => changed_at.max(tokens_changed.clone()),
                false => changed_at,
            },
            stations: stations.map_or_else(Vec::new, |all| all.lines().map(str::to_owned).collect()),
        })
    };
    Ok(rows.iter().map(read).collect::<Result<_, sqlx::Error>>()?)
}

/// That a list holds a token which the partner sent and of which the portal has none of its own.
fn sent(kind: i64, key: &str, now: &str) -> String {
    let unowned = unowned(now);
    format!(
        "EXISTS (SELECT 1 FROM authorization_tokens e JOIN partner_tokens p ON p.{key} = e.key \
         AND p.partner_id = $1 WHERE e.location_id = l.id AND e.kind = {kind} AND p.{key} <> '' AND p.valid = 1 \
         AND {unowned})"
    )
}

/// That no token of the portal's own counts instead: one with that uid, or one of that contract which is refused.
fn unowned(now: &str) -> String {
    format!(
        "NOT EXISTS (SELECT 1 FROM tokens o WHERE (p.chip_key <> '' AND o.chip_key = p.chip_key AND \
         o.type = 'RFID') OR (p.auth_key <> '' AND o.auth_key = p.auth_key AND (o.valid = 0 OR \
         o.expires <= '{now}')))"
    )
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
    let mut to = admitted(tx, asking, ids).await?;
    for location in locations::of(tx, ids).await? {
        let to = to.remove(&location.id).unwrap_or_default();
        let is_private = location.visibility == Visibility::Private;
        found.push((location, if is_private { to } else { Vec::new() }));
    }
    let place = |id: &str| ids.iter().position(|own| own == id);
    found.sort_by_key(|(location, _)| place(&location.id));
    Ok(found)
}

/// The partner's tokens that each of these locations admits, as apps are told of them.
async fn admitted(
    tx: &mut Tx,
    asking: &Asking,
    ids: &[String],
) -> Result<HashMap<String, Vec<PublishTokenType>>, Error> {
    let now = clock::now();
    let unowned = unowned(&now);
    let mut binds: Vec<Bind> = vec![asking.partner.id.as_str().into()];
    let own = within("t.auth_key", asking, &mut binds);
    let listed = within("e.key", asking, &mut binds);
    let marks: Vec<String> = ids
        .iter()
        .map(|id| {
            binds.push(id.as_str().into());
            format!("${}", binds.len())
        })
        .collect();
    let marks = marks.join(", ");
    let auth = self::ids::kind_number(IdKind::AuthId);
    let chip = self::ids::kind_number(IdKind::ChipId);
    let columns = "t.chip_key AS uid, t.type, t.visual_id AS visual, t.issuer, t.valid, t.expires";
    let theirs = "p.uid, p.type, p.visual_number AS visual, p.issuer, p.valid, NULL AS expires";
    let sql = format!(
        "SELECT e.location_id, {columns}, 1 AS own FROM authorization_tokens e \
         JOIN tokens t ON t.auth_key = e.key WHERE e.location_id IN ({marks}) AND e.kind = {auth} AND {listed} \
         UNION SELECT k.location_id, {columns}, 1 AS own FROM authorization_customers k \
         JOIN tokens t ON t.customer_id = k.customer_id WHERE k.location_id IN ({marks}) AND {own} \
         UNION SELECT e.location_id, {theirs}, 0 AS own FROM authorization_tokens e JOIN partner_tokens p \
         ON p.auth_key = e.key AND p.partner_id = $1 WHERE e.location_id IN ({marks}) AND e.kind = {auth} \
         AND p.auth_key <> '' AND {unowned} \
         UNION SELECT e.location_id, {theirs}, 0 AS own FROM authorization_tokens e JOIN partner_tokens p \
         ON p.chip_key = e.key AND p.partner_id = $1 WHERE e.location_id IN ({marks}) AND e.kind = {chip} \
         AND p.chip_key <> '' AND {unowned} ORDER BY 1, 2, 3"
    );
    let rows = bind_all(sqlx::query(AssertSqlSafe(sql)), &binds)
        .fetch_all(&mut **tx)
        .await?;
    let mut to: HashMap<String, Vec<PublishTokenType>> = HashMap::new();
    for row in &rows {
        let expires: Option<String> = row.try_get("expires")?;
        let state = TokenState::of(flag(row, "valid")?, expires.as_deref(), &now);
        // By itself or through its customer: it is admitted either way.
        if !settle(Visibility::Private, Some(state), Some(Via::Token)).allowed() {
            continue;
        }
        if let Some(told) = told(row)? {
            to.entry(row.try_get("location_id")?).or_default().push(told);
        }
    }
    Ok(to)
}

/// A token as apps are told of it; none for one that they cannot be told of.
fn told(row: &AnyRow) -> Result<Option<PublishTokenType>, sqlx::Error> {
    let filled = |text: Option<String>| text.filter(|text| !text.is_empty());
    let uid = filled(row.try_get("uid")?);
    let token_type: String = row.try_get("type")?;
    if let Some(uid) = uid {
        let is_own = flag(row, "own")?;
        return Ok(Some(PublishTokenType {
            uid: Some(uid),
            token_type: Some(match (is_own, token_type.as_str()) {
                (true, "RFID") => RFID.to_owned(),
                (true, _) => "OTHER".to_owned(),
                (false, told) => told.to_owned(),
            }),
            ..PublishTokenType::default()
        }));
    }
    let (visual, issuer) = (filled(row.try_get("visual")?), filled(row.try_get("issuer")?));
    Ok(visual.zip(issuer).map(|(visual, issuer)| PublishTokenType {
        visual_number: Some(visual),
        issuer: Some(issuer),
        ..PublishTokenType::default()
    }))
}

/// The word of a token's type in OCPI.
pub fn type_word(token_type: TokenType) -> &'static str {
    match token_type {
        TokenType::Rfid => RFID,
        TokenType::Other => "OTHER",
    }
}
