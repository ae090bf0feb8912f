//! The entries that a clearing import takes off the list, by name.

use domain::column::Listed;
use domain::imports::{ImportState, RemovedEntry};
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row};

use super::super::Tx;
use super::super::listing::{Column, Rows, Scope, Source, Table};
use super::super::records::{self, BATCH};
use super::{get, staged};
use crate::problem::Error;

/// Forgets tokens that are deleted, so that no undo brings their Auth IDs back.
pub async fn forget(tx: &mut Tx, auth_keys: &[String]) -> Result<(), Error> {
    for keys in auth_keys.chunks(BATCH) {
        // Import by import, because the entries are indexed by import.
        let sql = format!(
            "DELETE FROM import_removed WHERE kind = 0 AND key IN ({}) \
             AND import_id IN (SELECT i.id FROM imports i WHERE i.state = 'finalised' AND i.cleared = 1)",
            records::placeholders(1, keys.len())
        );
        records::bind(sqlx::query(AssertSqlSafe(sql)), keys)
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}

pub(in crate::books) const TABLE: Table = Table {
    select: "e.kind, e.key, e.id, t.auth_id, c.name",
    from: "import_removed e LEFT JOIN tokens t ON e.kind = 0 AND t.auth_key = e.key \
           LEFT JOIN customers c ON c.id = t.customer_id",
    heads: RemovedEntry::HEADS,
    columns: &[
        Column::text("id", "e.key").order(&["e.kind", "e.key"]),
        Column::text("customer", "c.name_fold").order(&["COALESCE(c.name_fold, '')"]),
    ],
    search: &["LOWER(e.id)", "LOWER(e.key)", "t.search", "c.name_fold"],
    order: "e.kind",
    tie: "e.kind, e.key",
    id: "e.key",
    key: str::to_owned,
    org: "",
    changed: &[],
};

const STAGED: Table = Table {
    from: "authorization_tokens e LEFT JOIN staged s ON s.key = e.key AND s.kind = e.kind \
           LEFT JOIN tokens t ON e.kind = 0 AND t.auth_key = e.key \
           LEFT JOIN customers c ON c.id = t.customer_id",
    ..TABLE
};

/// Those that will go while the import is staged, those that went when it was finalised.
pub struct Removed;

impl Source for Removed {
    type Row = RemovedEntry;
    /// The location and the import.
    type Path = (String, String);

    async fn rows(tx: &mut Tx, (location_id, id): (String, String)) -> Result<Rows<RemovedEntry>, Error> {
        let import = get(tx, &location_id, &id).await?;
        let values = [location_id.into(), id.into()];
        Ok(match import.state {
            ImportState::Staged => {
                let scope = Scope::of("e.location_id = $1 AND s.key IS NULL", values);
                Rows::new(&STAGED, scope.with(&staged::of(import.kind).with()), read)
            }
            _ => Rows::new(&TABLE, Scope::of("$1 = $1 AND e.import_id = $2", values), read),
        })
    }
}

fn read(row: &AnyRow) -> Result<RemovedEntry, sqlx::Error> {
    let own: Option<String> = row.try_get("auth_id")?;
    Ok(RemovedEntry {
        id: match own {
            Some(auth_id) => auth_id,
            None => row.try_get("id")?,
        },
        customer: row.try_get("name")?,
    })
}
