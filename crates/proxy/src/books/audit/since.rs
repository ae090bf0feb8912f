//! What the log's newest lines tell together.

use sqlx::{Row, query};

use super::super::Tx;
use super::super::listing::number;
use crate::problem::Error;

/// A change, or all lines of a batch that say the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Happened {
    pub resource: String,
    pub action: String,
    /// One of them.
    pub record_id: String,
    pub batch: String,
    /// By what the organization is known; empty for none.
    pub organization: String,
    pub count: u64,
    /// The connection of the request, where it is about one and that is still there.
    pub connection_id: Option<String>,
}

/// The number of the log's last line.
pub async fn last(tx: &mut Tx) -> Result<i64, Error> {
    let head = query("SELECT id FROM audit_head WHERE one = 1")
        .fetch_one(&mut **tx)
        .await?;
    Ok(head.try_get("id")?)
}

/// What happened after a line and up to another, in order; none where that is more than `most`.
pub async fn between(
    tx: &mut Tx,
    after: i64,
    last: i64,
    most: usize,
) -> Result<Option<Vec<Happened>>, Error> {
    let rows = query(
        "SELECT MAX(a.id) AS line, COUNT(*) AS lines, MIN(a.record_id) AS record_id, a.resource, a.action, a.batch, \
         a.organization, MIN(r.connection_id) AS connection_id FROM audit a \
         LEFT JOIN driver_requests r ON a.resource = 'driver_requests' AND r.id = a.record_id \
         WHERE a.id > $1 AND a.id <= $2 \
         GROUP BY a.resource, a.action, a.batch, a.organization, CASE WHEN a.batch = '' THEN a.id ELSE 0 END \
         ORDER BY line LIMIT $3",
    )
    .bind(after)
    .bind(last)
    .bind(i64::try_from(most).unwrap_or(i64::MAX).saturating_add(1))
    .fetch_all(&mut **tx)
    .await?;
    if rows.len() > most {
        return Ok(None);
    }
    let read = |row: &sqlx::any::AnyRow| {
        Ok(Happened {
            resource: row.try_get("resource")?,
            action: row.try_get("action")?,
            record_id: row.try_get("record_id")?,
            batch: row.try_get("batch")?,
            organization: row.try_get("organization")?,
            count: number(row, "lines")?,
            connection_id: row.try_get("connection_id")?,
        })
    };
    let all: Result<Vec<Happened>, sqlx::Error> = rows.iter().map(read).collect();
    Ok(Some(all?))
}
