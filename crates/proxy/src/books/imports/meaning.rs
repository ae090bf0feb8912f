//! What a staged Chip ID means changes with the portal's tokens.

use sqlx::Row;

use super::super::Tx;
use crate::clock;
use crate::problem::Error;

/// How long a preview is taken to be on somebody's screen, in hours.
const LOOKED_AT: i64 = 1;

/// Makes previews stale that these Chip IDs stand in, because they mean another token now or none:
/// finalising would add and remove others than were shown.
pub async fn changed(tx: &mut Tx, chip_keys: [Option<&str>; 2]) -> Result<(), Error> {
    let [Some(one), other] = (match chip_keys {
        [None, other] => [other, None],
        both => both,
    }) else {
        return Ok(());
    };
    let staged = sqlx::query(
        "SELECT id, location_id FROM imports WHERE state = 'staged' AND kind = 1 AND touched_at >= $1 \
         ORDER BY location_id",
    )
    .bind(clock::hours_ago(LOOKED_AT))
    .fetch_all(&mut **tx)
    .await?;
    for import in staged {
        let held = sqlx::query(
            "SELECT 1 AS found FROM import_rows WHERE import_id = $1 AND (key = $2 OR key = $3) LIMIT 1",
        )
        .bind(import.try_get::<String, _>("id")?)
        .bind(one)
        .bind(other.unwrap_or(one))
        .fetch_optional(&mut **tx)
        .await?;
        if held.is_some() {
            sqlx::query("UPDATE locations SET version = version + 1 WHERE id = $1")
                .bind(import.try_get::<String, _>("location_id")?)
                .execute(&mut **tx)
                .await?;
        }
    }
    Ok(())
}
