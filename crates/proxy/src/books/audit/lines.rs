//! The log as a list: all of it, and what happened to one record.

use std::marker::PhantomData;

use domain::audit::{Line, RESOURCES, summary};
use domain::column::Listed;
use sqlx::Row;
use sqlx::any::AnyRow;

use super::super::listing::{Column, Rows, Scope, Source, Table};
use super::super::{Tx, limits};
use crate::problem::Error;

const fn columns(address: &'static str) -> [Column; 10] {
    [
        Column::text("at", "a.at").order(&["a.id"]),
        Column::text("who", "a.who_fold"),
        Column::text("action", "LOWER(a.action)"),
        Column::text("kind", "a.kind_fold"),
        Column::text("record", "a.record_fold"),
        Column::text("changes", "a.changes_fold"),
        Column::text("address", address),
        Column::text("request", "LOWER(a.request)"),
        Column::text("batch", "LOWER(a.batch)"),
        Column::text("recordId", "LOWER(a.record_id)"),
    ]
}

pub(in crate::books) const TABLE: Table = Table {
    select: "CAST(a.id AS TEXT) AS number, a.at, a.who, a.account_id, a.action, a.resource, a.record_id, a.record, \
             a.organization, a.changes, a.address, a.request, a.batch, a.hash",
    from: "audit a",
    heads: Line::HEADS,
    columns: &columns("a.address"),
    search: &["a.who_fold", "a.record_fold", "a.changes_fold"],
    order: "a.id DESC",
    tie: "a.id",
    id: "CAST(a.id AS TEXT)",
    key: str::to_owned,
    org: "a.organization",
    changed: &[],
};

/// Where the colleagues who changed a record sat concerns those who see the log.
const WITHOUT_ADDRESSES: Table = Table {
    select: "CAST(a.id AS TEXT) AS number, a.at, a.who, a.account_id, a.action, a.resource, a.record_id, a.record, \
             a.organization, a.changes, '' AS address, a.request, a.batch, a.hash",
    columns: &columns("''"),
    ..TABLE
};

/// What belongs to everybody tells its past to everybody.
const OF_EVERYBODY: Table = Table {
    org: "",
    ..WITHOUT_ADDRESSES
};

/// All lines, the newest first; of accounts that are limited, those of their organizations.
pub struct Lines;

impl Source for Lines {
    type Row = Line;
    type Path = ();

    async fn rows(_: &mut Tx, (): ()) -> Result<Rows<Line>, Error> {
        Ok(Rows::new(&TABLE, Scope::all(), read))
    }
}

/// The lines of one record of that kind, the newest first; of one that was deleted, too. What a record told
/// while it belonged to an organization that the caller does not reach, it does not tell.
pub struct History<T>(PhantomData<T>);

impl<T: Listed> Source for History<T> {
    type Row = Line;
    type Path = String;

    async fn rows(tx: &mut Tx, id: String) -> Result<Rows<Line>, Error> {
        let scope = Scope::of(
            "a.resource = $1 AND a.record_id = $2",
            [T::NAME.into(), id.into()],
        );
        let caller = tx.caller();
        let is_reached = caller.organizations.is_none() || limits::is_owned(T::NAME);
        let table = match caller.may("View:Audit") {
            _ if !is_reached => &OF_EVERYBODY,
            true => &TABLE,
            false => &WITHOUT_ADDRESSES,
        };
        Ok(Rows::new(table, scope, read))
    }
}

/// The word of a resource.
pub(super) fn word(name: &str) -> &str {
    let known = RESOURCES.iter().find(|resource| resource.name == name);
    known.map_or(name, |resource| resource.word)
}

pub(super) fn read(row: &AnyRow) -> Result<Line, sqlx::Error> {
    let changes: String = row.try_get("changes")?;
    let changes: Vec<_> =
        serde_json::from_str(&changes).map_err(|error| sqlx::Error::Decode(error.into()))?;
    let resource: String = row.try_get("resource")?;
    Ok(Line {
        id: row.try_get("number")?,
        at: row.try_get("at")?,
        who: row.try_get("who")?,
        account_id: row.try_get("account_id")?,
        action: row.try_get("action")?,
        kind: word(&resource).to_owned(),
        resource,
        record_id: row.try_get("record_id")?,
        record: row.try_get("record")?,
        organization: row.try_get("organization")?,
        summary: summary(&changes),
        changes,
        address: row.try_get("address")?,
        request: row.try_get("request")?,
        batch: row.try_get("batch")?,
        hash: row.try_get("hash")?,
    })
}
