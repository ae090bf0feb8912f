//! How lists follow what happens to customers and tokens elsewhere.

use std::collections::BTreeSet;

use domain::tokens::TokenType;
use sqlx::{AssertSqlSafe, Row};

use super::super::records::{self, BATCH};
use super::super::{Tx, tokens::Keyed};
use super::{Edit, LIST_CHANGED, Left, List};
use crate::middleware::if_match::IfMatch;
use crate::problem::Error;

/// Lists that hold a card's Chip ID hold its Auth ID from now on.
pub async fn adopt(tx: &mut Tx, keyed: &Keyed) -> Result<(), Error> {
    let is_card = keyed.token.token_type == TokenType::Rfid;
    let Some(chip_key) = keyed.chip_key.as_ref().filter(|_| is_card) else {
        return Ok(());
    };
    for location_id in locations(tx, &holding_key(1), chip_key).await? {
        let list = List::take(tx, &location_id, IfMatch::Any).await?;
        let moved = sqlx::query(
            "INSERT INTO authorization_tokens (location_id, kind, key, id, import_id, added_at) \
             SELECT location_id, 0, $3, $4, import_id, added_at FROM authorization_tokens \
             WHERE location_id = $1 AND kind = 1 AND key = $2 ON CONFLICT DO NOTHING",
        )
        .bind(&location_id)
        .bind(chip_key)
        .bind(&keyed.auth_key)
        .bind(&keyed.token.auth_id)
        .execute(&mut **tx)
        .await?
        .rows_affected();
        let gone = delete_entry(tx, &location_id, 1, chip_key).await?;
        let left = Left {
            customers: list.state.customers,
            tokens: (list.state.tokens + moved).saturating_sub(gone),
        };
        let edit = Edit::new(LIST_CHANGED)
            .removed(keyed.token.chip_id.as_slice(), gone)
            .added(std::slice::from_ref(&keyed.token.auth_id), moved);
        list.close(tx, left, moved + gone > 0, edit, false).await?;
    }
    Ok(())
}

/// Takes tokens that are to be deleted off all lists: each list changes once.
pub async fn forget_tokens(tx: &mut Tx, auth_keys: &[String]) -> Result<(), Error> {
    // In a fixed order, so that two such changes never wait for each other.
    let mut lists = BTreeSet::new();
    for keys in auth_keys.chunks(BATCH) {
        // List by list, because entries are indexed by list.
        let sql = format!(
            "SELECT DISTINCT l.id FROM locations l JOIN authorization_tokens e ON e.location_id = l.id \
             WHERE l.tokens > 0 AND e.kind = 0 AND e.key IN ({})",
            records::placeholders(1, keys.len())
        );
        let found = records::bind(sqlx::query(AssertSqlSafe(sql)), keys)
            .fetch_all(&mut **tx)
            .await?;
        for row in found {
            lists.insert(row.try_get::<String, _>("id")?);
        }
    }
    let mut opened = Vec::new();
    for location_id in lists {
        let list = List::take(tx, &location_id, IfMatch::Any).await?;
        let (mut gone, mut names) = (0, Vec::new());
        for keys in auth_keys.chunks(BATCH) {
            let sql = format!(
                "DELETE FROM authorization_tokens WHERE location_id = $1 AND kind = 0 AND key IN ({}) RETURNING id",
                records::placeholders(2, keys.len())
            );
            let delete = sqlx::query(AssertSqlSafe(sql)).bind(&location_id);
            for row in records::bind(delete, keys).fetch_all(&mut **tx).await? {
                gone += 1;
                names.push(row.try_get("id")?);
            }
        }
        let edit = Edit::new(LIST_CHANGED).removed(&names, gone);
        let left = Left {
            customers: list.state.customers,
            tokens: list.state.tokens.saturating_sub(gone),
        };
        opened.extend(opened_by(list.close(tx, left, gone > 0, edit, false).await)?);
    }
    refuse_to_open(&opened, auth_keys.len() == 1)
}

/// Takes a customer who is to be deleted off all lists.
pub async fn forget_customer(tx: &mut Tx, id: &str, name: &str) -> Result<(), Error> {
    let mut opened = Vec::new();
    let listing = "SELECT location_id AS id FROM authorization_customers WHERE customer_id = $1";
    for location_id in locations(tx, listing, id).await? {
        let list = List::take(tx, &location_id, IfMatch::Any).await?;
        let sql = "DELETE FROM authorization_customers WHERE location_id = $1 AND customer_id = $2";
        let gone = sqlx::query(sql).bind(&location_id).bind(id).execute(&mut **tx);
        let gone = gone.await?.rows_affected();
        let left = Left {
            customers: list.state.customers.saturating_sub(gone),
            tokens: list.state.tokens,
        };
        let edit = Edit::new(LIST_CHANGED).removed(&[name.to_owned()], gone);
        opened.extend(opened_by(list.close(tx, left, gone > 0, edit, false).await)?);
    }
    refuse_to_open(&opened, true)
}

/// Fails if the token stands on a list, which would keep the old Auth ID.
pub async fn refuse_if_listed(tx: &mut Tx, keyed: &Keyed) -> Result<(), Error> {
    let mut names = Vec::new();
    for location_id in listing_token(tx, keyed).await? {
        names.push(List::read(tx, &location_id).await?.name);
    }
    if names.is_empty() {
        return Ok(());
    }
    Err(Error::InUse(format!(
        "Its Auth ID stands on the Authorization list of {}. Take it off there, or make a new token.",
        some(&names)
    )))
}

async fn listing_token(tx: &mut Tx, keyed: &Keyed) -> Result<Vec<String>, Error> {
    locations(tx, &holding_key(0), &keyed.auth_key).await
}

/// Asks list by list, because entries are indexed by list.
fn holding_key(kind: i64) -> String {
    format!(
        "SELECT l.id FROM locations l JOIN authorization_tokens e \
         ON e.location_id = l.id AND e.kind = {kind} AND e.key = $1"
    )
}

/// Location ids in a fixed order, so that two such changes never wait for each other.
async fn locations(tx: &mut Tx, sql: &str, value: &str) -> Result<Vec<String>, Error> {
    let sql = format!("{sql} ORDER BY 1");
    let rows = sqlx::query(AssertSqlSafe(sql))
        .bind(value)
        .fetch_all(&mut **tx)
        .await?;
    Ok(rows
        .iter()
        .map(|row| row.try_get("id"))
        .collect::<Result<_, _>>()?)
}

/// Gives how many went: none if another change took the entry off before the list was taken.
async fn delete_entry(tx: &mut Tx, location_id: &str, kind: i64, key: &str) -> Result<u64, Error> {
    let sql = "DELETE FROM authorization_tokens WHERE location_id = $1 AND kind = $2 AND key = $3";
    let gone = sqlx::query(sql)
        .bind(location_id)
        .bind(kind)
        .bind(key)
        .execute(&mut **tx)
        .await?;
    Ok(gone.rows_affected())
}

fn opened_by<T>(closed: Result<T, Error>) -> Result<Option<String>, Error> {
    match closed {
        Ok(_) => Ok(None),
        Err(Error::OpensLocation { name, .. }) => Ok(Some(name)),
        Err(other) => Err(other),
    }
}

fn refuse_to_open(names: &[String], one: bool) -> Result<(), Error> {
    if names.is_empty() {
        return Ok(());
    }
    let beginning = match one {
        true => "It is the only entry",
        false => "Nothing else stands",
    };
    Err(Error::InUse(format!(
        "{beginning} on the Authorization list of {}, and with nothing on it every driver may charge there. \
         Clear that list first, where the portal asks for a confirmation. Nothing was deleted.",
        some(names)
    )))
}

/// Names in a sentence; many are cut short.
fn some(names: &[String]) -> String {
    match names {
        [first, second, third, _, ..] => format!("{first}, {second}, {third} and {} more", names.len() - 3),
        _ => names.join(", "),
    }
}
