//! Keys of creating requests and what they were answered.

use sqlx::Row;

use super::Tx;
use crate::clock;
use crate::problem::Error;

/// How long an answer is kept, in days.
const KEPT_DAYS: i64 = 1;

/// Takes the key for this transaction, or gives the answer that was kept under it. Another request
/// with the same key waits until this transaction ends.
pub async fn claim(tx: &mut Tx, key: &str, digest: &str) -> Result<Option<String>, Error> {
    sqlx::query("DELETE FROM idempotency WHERE created_at < $1")
        .bind(clock::days_ago(KEPT_DAYS))
        .execute(&mut **tx)
        .await?;
    let claimed = sqlx::query(
        "INSERT INTO idempotency (key, digest, body, created_at) VALUES ($1, $2, '', $3) ON CONFLICT DO NOTHING",
    )
    .bind(key)
    .bind(digest)
    .bind(clock::now())
    .execute(&mut **tx)
    .await?;
    if claimed.rows_affected() == 1 {
        return Ok(None);
    }
    let row = sqlx::query("SELECT digest, body FROM idempotency WHERE key = $1")
        .bind(key)
        .fetch_one(&mut **tx)
        .await?;
    if row.try_get::<String, _>("digest")? != digest {
        return Err(Error::field(
            "Idempotency-Key",
            "was used for another body; choose a new key",
        ));
    }
    Ok(Some(row.try_get("body")?))
}

/// Keeps the answer under the key.
pub async fn keep(tx: &mut Tx, key: &str, body: &str) -> Result<(), Error> {
    sqlx::query("UPDATE idempotency SET body = $1 WHERE key = $2")
        .bind(body)
        .bind(key)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Gives a key back: what it was claimed for was not done.
pub async fn forget(tx: &mut Tx, key: &str) -> Result<(), Error> {
    sqlx::query("DELETE FROM idempotency WHERE key = $1")
        .bind(key)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
