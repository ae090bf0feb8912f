//! The entries that a clearing import takes off the list, by name.

use domain::imports::{ImportState, RemovedEntry};
use domain::listing::{ListQuery, Page};
use sqlx::{AssertSqlSafe, Row};

use super::super::Tx;
use super::super::listing::number;
use super::{get, staged};
use crate::problem::Error;

/// Forgets a token that is deleted, so that no undo brings its Auth ID back.
pub async fn forget(tx: &mut Tx, auth_key: &str) -> Result<(), Error> {
    // Import by import, because the entries are indexed by import.
    sqlx::query(
        "DELETE FROM import_removed WHERE kind = 0 AND key = $1 \
         AND import_id IN (SELECT i.id FROM imports i WHERE i.state = 'finalised' AND i.cleared = 1)",
    )
    .bind(auth_key)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// One page of them, by id: those that will go while the import is staged, those that went when it
/// was finalised.
pub async fn removed(
    tx: &mut Tx,
    location_id: &str,
    id: &str,
    query: &ListQuery,
) -> Result<Page<RemovedEntry>, Error> {
    let import = get(tx, location_id, id).await?;
    let query = query.clone().bounded();
    let (with, from, condition) = match import.state {
        ImportState::Staged => {
            let (with, from) = staged::of(import.kind).not_in_import();
            (with, from, "e.location_id = $1 AND s.key IS NULL")
        }
        _ => (String::new(), "import_removed e", "$1 = $1 AND e.import_id = $2"),
    };
    let total = format!("{with} SELECT COUNT(*) AS total FROM {from} WHERE {condition}");
    let row = sqlx::query(AssertSqlSafe(total))
        .bind(location_id)
        .bind(id)
        .fetch_one(&mut **tx)
        .await?;
    let sql = format!(
        "{with} SELECT e.id, t.auth_id, c.name FROM {from} LEFT JOIN tokens t ON e.kind = 0 AND t.auth_key = e.key \
         LEFT JOIN customers c ON c.id = t.customer_id WHERE {condition} ORDER BY e.kind, e.key LIMIT {} OFFSET {}",
        query.page_size,
        query.offset()
    );
    let rows = sqlx::query(AssertSqlSafe(sql))
        .bind(location_id)
        .bind(id)
        .fetch_all(&mut **tx)
        .await?;
    let mut items = Vec::with_capacity(rows.len());
    for row in rows {
        let own: Option<String> = row.try_get("auth_id")?;
        items.push(RemovedEntry {
            id: match own {
                Some(auth_id) => auth_id,
                None => row.try_get("id")?,
            },
            customer: row.try_get("name")?,
        });
    }
    Ok(Page {
        items,
        total: number(&row, "total")?,
        page: query.page,
        page_size: query.page_size,
    })
}
