//! The customers on a list. An entry's id is the customer's: a list holds a customer once.

use domain::authorization::{CustomerEntry, ListChange, RemoveEntries};
use domain::column::Listed;
use domain::tokens::CustomerRef;
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row};

use super::super::listing::{self, Bind, Column, Rows, Scope, Source, Table, bind_all, number};
use super::super::{Tx, locations, records};
use super::edit::NAMED;
use super::{BATCH, Edit, LIST_CHANGED, Left, List, check_count, distinct};
use crate::clock;
use crate::middleware::if_match::IfMatch;
use crate::problem::Error;

const TOKENS: &str = "(SELECT COUNT(*) FROM tokens t WHERE t.customer_id = e.customer_id)";

pub(in super::super) const TABLE: Table = Table {
    select: "e.customer_id, e.added_at, c.external_id, c.name, \
             (SELECT COUNT(*) FROM tokens t WHERE t.customer_id = e.customer_id) AS tokens",
    from: "authorization_customers e JOIN customers c ON c.id = e.customer_id",
    heads: CustomerEntry::HEADS,
    columns: &[
        Column::text("name", "c.name_fold"),
        Column::text("externalId", "c.external_id_fold"),
        Column::number("tokens", TOKENS),
        Column::text("addedAt", "e.added_at"),
    ],
    search: &["c.search"],
    order: "c.name_fold ASC",
    tie: "e.customer_id",
    id: "e.customer_id",
    key: str::to_owned,
    org: "",
    changed: &["e.added_at", "c.updated_at"],
};

/// The customers on a list.
pub struct OnList;

impl Source for OnList {
    type Row = CustomerEntry;
    type Path = String;

    async fn rows(tx: &mut Tx, location_id: String) -> Result<Rows<CustomerEntry>, Error> {
        let location = locations::get(tx, &location_id).await?;
        let scope = Scope::of("e.location_id = $1", [location_id.into()]).counted(location.customers);
        Ok(Rows::new(&TABLE, scope, read))
    }
}

fn read(row: &AnyRow) -> Result<CustomerEntry, sqlx::Error> {
    let id: String = row.try_get("customer_id")?;
    Ok(CustomerEntry {
        entry_id: id.clone(),
        customer: CustomerRef {
            id,
            external_id: row.try_get("external_id")?,
            name: row.try_get("name")?,
        },
        tokens: number(row, "tokens")?,
        added_at: row.try_get("added_at")?,
    })
}

/// Puts customers on a list.
pub async fn add(
    tx: &mut Tx,
    location_id: &str,
    version: IfMatch,
    ids: &[String],
) -> Result<ListChange, Error> {
    check_count(ids.len())?;
    let list = List::take(tx, location_id, version).await?;
    let wanted = distinct(ids);
    let mut added = Vec::new();
    for id in &wanted {
        let known = sqlx::query("SELECT name FROM customers WHERE id = $1")
            .bind(*id)
            .fetch_optional(&mut **tx);
        let Some(known) = known.await? else {
            let at = ids.iter().position(|other| other == id).unwrap_or_default();
            return Err(Error::field(
                format!("customerIds[{at}]"),
                "there is no such customer",
            ));
        };
        if insert(tx, location_id, id).await? > 0 {
            added.push(known.try_get("name")?);
        }
    }
    let edit = Edit::new(LIST_CHANGED).added(&added, added.len() as u64);
    let added = added.len() as u64;
    let left = Left {
        customers: list.state.customers + added,
        tokens: list.state.tokens,
    };
    let closed = list.close(tx, left, added > 0, edit, false).await?;
    Ok(closed.change(added, wanted.len() as u64 - added, 0))
}

async fn insert(tx: &mut Tx, location_id: &str, customer_id: &str) -> Result<u64, Error> {
    let done = sqlx::query(
        "INSERT INTO authorization_customers (location_id, customer_id, added_at) VALUES ($1, $2, $3) \
         ON CONFLICT DO NOTHING",
    )
    .bind(location_id)
    .bind(customer_id)
    .bind(clock::now())
    .execute(&mut **tx)
    .await?;
    Ok(done.rows_affected())
}

/// Takes customers off a list.
pub async fn remove(
    tx: &mut Tx,
    location_id: &str,
    version: IfMatch,
    which: &RemoveEntries,
) -> Result<ListChange, Error> {
    let list = List::take(tx, location_id, version).await?;
    let mut entries = which.entry_ids.clone();
    if let Some(chosen) = &which.chosen {
        let scope = Scope::of("e.location_id = $1", [location_id.into()]);
        entries.extend(listing::chosen(tx, &TABLE, scope, chosen).await?);
    }
    let (mut removed, mut names) = (0, Vec::new());
    if which.all {
        names = named(tx, location_id, &[]).await?;
        let sql = "DELETE FROM authorization_customers WHERE location_id = $1";
        removed = sqlx::query(sql)
            .bind(location_id)
            .execute(&mut **tx)
            .await?
            .rows_affected();
    }
    for ids in distinct(&entries).chunks(BATCH) {
        names.extend(named(tx, location_id, ids).await?);
        let sql = format!(
            "DELETE FROM authorization_customers WHERE location_id = $1 AND customer_id IN ({})",
            records::placeholders(2, ids.len())
        );
        let binds: Vec<Bind> = [location_id]
            .iter()
            .chain(ids)
            .map(|text| Bind::from(*text))
            .collect();
        removed += bind_all(sqlx::query(AssertSqlSafe(sql)), &binds)
            .execute(&mut **tx)
            .await?
            .rows_affected();
    }
    let left = Left {
        customers: list.state.customers.saturating_sub(removed),
        tokens: list.state.tokens,
    };
    let edit = Edit::new(LIST_CHANGED).removed(&names, removed);
    let closed = list.close(tx, left, removed > 0, edit, which.confirm).await?;
    Ok(closed.change(0, 0, removed))
}

/// The names of customers on a list; of the first of all, where none is asked for.
async fn named(tx: &mut Tx, location_id: &str, ids: &[&str]) -> Result<Vec<String>, Error> {
    let which = match ids.len() {
        0 => String::new(),
        count => format!(" AND c.id IN ({})", records::placeholders(2, count)),
    };
    let sql = format!(
        "SELECT c.name FROM authorization_customers e JOIN customers c ON c.id = e.customer_id \
         WHERE e.location_id = $1{which} ORDER BY c.name_fold, c.id LIMIT {NAMED}"
    );
    let binds: Vec<Bind> = [location_id]
        .iter()
        .chain(ids)
        .map(|text| Bind::from(*text))
        .collect();
    let rows = bind_all(sqlx::query(AssertSqlSafe(sql)), &binds)
        .fetch_all(&mut **tx)
        .await?;
    Ok(rows
        .iter()
        .map(|row| row.try_get("name"))
        .collect::<Result<_, _>>()?)
}
