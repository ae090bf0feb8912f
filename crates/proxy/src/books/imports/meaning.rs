//! What a staged Chip ID means changes with the portal's tokens.

use sqlx::{AssertSqlSafe, Row};

use super::super::Tx;
use super::super::records::{self, BATCH};
use crate::clock;
use crate::problem::Error;

/// How long a preview is taken to be on somebody's screen, in hours.
const LOOKED_AT: i64 = 1;

/// Makes previews stale that these Chip IDs stand in, because they mean another token now or none:
/// finalising would add and remove others than were shown.
pub async fn changed(tx: &mut Tx, chip_keys: &[String]) -> Result<(), Error> {
    if chip_keys.is_empty() {
        return Ok(());
    }
    let staged = sqlx::query(
        "SELECT id, location_id FROM imports WHERE state = 'staged' AND kind = 1 AND touched_at >= $1 \
         ORDER BY location_id",
    )
    .bind(clock::hours_ago(LOOKED_AT))
    .fetch_all(&mut **tx)
    .await?;
    for import in staged {
        let id: String = import.try_get("id")?;
        // Of that many one is there, or as good as: a preview is soon worked out again.
        let held = chip_keys.len() > BATCH || holds(tx, &id, chip_keys).await?;
        if held {
            sqlx::query("UPDATE locations SET version = version + 1 WHERE id = $1")
                .bind(import.try_get::<String, _>("location_id")?)
                .execute(&mut **tx)
                .await?;
        }
    }
    Ok(())
}

async fn holds(tx: &mut Tx, import_id: &str, keys: &[String]) -> Result<bool, Error> {
    let sql = format!(
        "SELECT 1 AS found FROM import_rows WHERE import_id = $1 AND key IN ({}) LIMIT 1",
        records::placeholders(2, keys.len())
    );
    let rows = sqlx::query(AssertSqlSafe(sql)).bind(import_id);
    let found = records::bind(rows, keys).fetch_optional(&mut **tx).await?;
    Ok(found.is_some())
}
