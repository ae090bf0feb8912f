//! Reading the copy: as a whole, or what the lines of the audit log name.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::decision::Foreign;
use domain::tokens::CustomerRef;
use futures::TryStreamExt;
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row};

use super::super::listing::flag;
use super::super::records::{self, BATCH};
use super::super::text::fold;
use super::super::{Tx, evses};
use super::list::Entries;
use super::state::{Held, Patch, State, TokenRow};
use crate::problem::Error;

/// More lines than these, and all is read anew.
const MOST_LINES: i64 = 5_000;

/// What was read.
pub enum News {
    All(Box<State>),
    Some(Box<Patch>),
}

/// What the books hold that a copy of `known` lacks, all of it from one snapshot.
pub async fn news(tx: &mut Tx, known: Option<i64>) -> Result<News, Error> {
    let row = sqlx::query("SELECT id FROM audit_head WHERE one = 1")
        .fetch_one(&mut **tx)
        .await?;
    let head: i64 = row.try_get("id")?;
    let known = known.filter(|known| *known <= head && head - known <= MOST_LINES);
    let Some(known) = known else {
        return Ok(News::All(Box::new(all(tx, head).await?)));
    };
    let rows =
        sqlx::query("SELECT DISTINCT resource, record_id, action FROM audit WHERE id > $1 AND id <= $2")
            .bind(known)
            .bind(head)
            .fetch_all(&mut **tx)
            .await?;
    let mut named: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut is_synced = false;
    for row in &rows {
        let (resource, id): (String, String) = (row.try_get("resource")?, row.try_get("record_id")?);
        if resource == "portal" {
            match row.try_get::<&str, _>("action")? {
                // Examples, which are not told one by one.
                "Added" => return Ok(News::All(Box::new(all(tx, head).await?))),
                // Whose a location is, and a station's ports, may change without a word of the location.
                "Synced" => is_synced = true,
                _ => {}
            }
        }
        named.entry(resource).or_default().insert(id);
    }
    let ids = |resource: &str| -> Vec<String> {
        let ids = named.get(resource).into_iter().flatten();
        ids.cloned().collect()
    };
    let mut partners: BTreeSet<String> = ids("partners").into_iter().collect();
    partners.extend(owners(tx, &ids("partner_tokens")).await?);
    let partners: Vec<String> = partners.into_iter().collect();
    let mut patch = Patch {
        head,
        customers: by_id(&ids("customers"), customers(tx, Some(&ids("customers"))).await?),
        tokens: by_id(&ids("tokens"), tokens(tx, &ids("tokens")).await?),
        locations: match is_synced {
            true => some(locations(tx, None).await?),
            false => by_id(&ids("locations"), locations(tx, Some(&ids("locations"))).await?),
        },
        ports: match is_synced {
            true => Some(evses::ports(tx, None).await?),
            false => None,
        },
        partners: Vec::new(),
    };
    let mut found = foreign(tx, Some(&partners)).await?;
    for id in partners {
        let tokens = found.remove(&id).unwrap_or_default();
        patch.partners.push((id, tokens));
    }
    Ok(News::Some(Box::new(patch)))
}

/// What was asked for, with none for what is no more.
fn by_id<T>(ids: &[String], found: HashMap<String, T>) -> Vec<(String, Option<T>)> {
    let mut found = found;
    ids.iter().map(|id| (id.clone(), found.remove(id))).collect()
}

async fn all(tx: &mut Tx, head: i64) -> Result<State, Error> {
    let mut state = State::new();
    let patch = Patch {
        head,
        customers: some(customers(tx, None).await?),
        locations: some(locations(tx, None).await?),
        ports: Some(evses::ports(tx, None).await?),
        partners: foreign(tx, None).await?.into_iter().collect(),
        tokens: Vec::new(),
    };
    state.apply(patch);
    let mut rows = sqlx::query(AssertSqlSafe(TOKENS.to_owned())).fetch(&mut **tx);
    while let Some(row) = rows.try_next().await? {
        state.add_token(token(&row)?.1);
    }
    Ok(state)
}

fn some<T>(found: HashMap<String, T>) -> Vec<(String, Option<T>)> {
    found.into_iter().map(|(id, value)| (id, Some(value))).collect()
}

const TOKENS: &str = "SELECT t.id, t.auth_id, t.auth_key, COALESCE(t.chip_id, '') AS chip_id, \
    COALESCE(t.chip_key, '') AS chip_key, COALESCE(t.visual_id, '') AS visual_id, \
    COALESCE(t.expires, '') AS expires, t.type, t.valid, t.customer_id FROM tokens t";

fn token(row: &AnyRow) -> Result<(String, TokenRow), sqlx::Error> {
    let text = |column: &str| row.try_get::<String, _>(column);
    let texts = [
        text("id")?,
        text("auth_id")?,
        text("auth_key")?,
        text("chip_id")?,
        text("chip_key")?,
        text("visual_id")?,
        text("expires")?,
    ];
    let row = TokenRow {
        customer: row.try_get("customer_id")?,
        is_card: text("type")? == "RFID",
        valid: flag(row, "valid")?,
        texts,
    };
    Ok((row.texts[0].clone(), row))
}

/// The rows whose `column` is one of these; all, where there is no word of ids.
async fn rows(tx: &mut Tx, sql: &str, column: &str, ids: Option<&[String]>) -> Result<Vec<AnyRow>, Error> {
    let Some(ids) = ids else {
        let all = sql.replace("{within}", "1 = 1");
        return Ok(sqlx::query(AssertSqlSafe(all)).fetch_all(&mut **tx).await?);
    };
    let mut found = Vec::new();
    for ids in ids.chunks(BATCH) {
        let marks = records::placeholders(1, ids.len());
        let some = sql.replace("{within}", &format!("{column} IN ({marks})"));
        let query = records::bind(sqlx::query(AssertSqlSafe(some)).persistent(false), ids);
        found.extend(query.fetch_all(&mut **tx).await?);
    }
    Ok(found)
}

async fn tokens(tx: &mut Tx, ids: &[String]) -> Result<HashMap<String, TokenRow>, Error> {
    let rows = rows(tx, &format!("{TOKENS} WHERE {{within}}"), "t.id", Some(ids)).await?;
    Ok(rows.iter().map(token).collect::<Result<_, _>>()?)
}

async fn customers(tx: &mut Tx, ids: Option<&[String]>) -> Result<HashMap<String, CustomerRef>, Error> {
    let sql = "SELECT id, external_id, name FROM customers WHERE {within}";
    let read = |row: &AnyRow| {
        let id: String = row.try_get("id")?;
        let customer = CustomerRef {
            id: id.clone(),
            external_id: row.try_get("external_id")?,
            name: row.try_get("name")?,
        };
        Ok((id, customer))
    };
    let rows = rows(tx, sql, "id", ids).await?;
    Ok(rows.iter().map(read).collect::<Result<_, sqlx::Error>>()?)
}

async fn locations(tx: &mut Tx, ids: Option<&[String]>) -> Result<HashMap<String, Held>, Error> {
    let mut held: HashMap<String, Held> = HashMap::new();
    let sql = "SELECT id, name, org_key, published FROM locations WHERE {within}";
    for row in rows(tx, sql, "id", ids).await? {
        let location = Held {
            name: row.try_get("name")?,
            org_key: row.try_get("org_key")?,
            published: flag(&row, "published")?,
            ..Held::default()
        };
        held.insert(row.try_get("id")?, location);
    }
    let sql = "SELECT location_id, customer_id FROM authorization_customers WHERE {within} ORDER BY 1, 2";
    for row in rows(tx, sql, "location_id", ids).await? {
        if let Some(held) = held.get_mut(row.try_get::<&str, _>("location_id")?) {
            held.customers.push(row.try_get("customer_id")?);
        }
    }
    let sql = "SELECT location_id, station_id FROM location_stations WHERE {within}";
    for row in rows(tx, sql, "location_id", ids).await? {
        if let Some(held) = held.get_mut(row.try_get::<&str, _>("location_id")?) {
            held.stations.push(fold(row.try_get("station_id")?));
        }
    }
    for (id, held) in &mut held {
        let sql = "SELECT kind, key FROM authorization_tokens WHERE location_id = $1 ORDER BY kind, key";
        let mut entries = Entries::default();
        let mut rows = sqlx::query(sql).bind(id.clone()).fetch(&mut **tx);
        while let Some(row) = rows.try_next().await? {
            entries.push(row.try_get("kind")?, row.try_get("key")?);
        }
        drop(rows);
        entries.shrink();
        held.entries = entries;
        // The engine orders by bytes, and so does the search.
        held.customers.sort_unstable();
    }
    Ok(held)
}

/// The partners whose tokens these are; of one that is no more, nobody: its partner went with it.
async fn owners(tx: &mut Tx, ids: &[String]) -> Result<Vec<String>, Error> {
    let sql = "SELECT DISTINCT partner_id FROM partner_tokens WHERE {within}";
    let rows = rows(tx, sql, "id", Some(ids)).await?;
    Ok(rows
        .iter()
        .map(|row| row.try_get("partner_id"))
        .collect::<Result<_, _>>()?)
}

/// The tokens of partners who are registered.
async fn foreign(tx: &mut Tx, partners: Option<&[String]>) -> Result<HashMap<String, Vec<Foreign>>, Error> {
    let sql = "SELECT t.partner_id, t.auth_key, t.chip_key, t.valid FROM partner_tokens t \
               JOIN partners p ON p.id = t.partner_id AND p.status <> 'Ended' WHERE {within} ORDER BY t.id";
    let mut found: HashMap<String, Vec<Foreign>> = HashMap::new();
    for row in rows(tx, sql, "t.partner_id", partners).await? {
        let token = Foreign {
            auth_key: row.try_get("auth_key")?,
            chip_key: row.try_get("chip_key")?,
            valid: flag(&row, "valid")?,
        };
        found.entry(row.try_get("partner_id")?).or_default().push(token);
    }
    Ok(found)
}
