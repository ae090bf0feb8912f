//! The books' versions: SQL files, each run once, in order, in one transaction.

use sqlx::{AnyPool, Row};

use super::{Engine, OpenError};

/// All versions; the first is number 1.
const VERSIONS: &[&str] = &[
    include_str!("0001_books.sql"),
    include_str!("0003_station_tokens.sql"),
];

/// Brings the books to the newest version.
pub async fn run(engine: Engine, pool: &AnyPool) -> Result<(), OpenError> {
    let mut tx = pool.begin_with(engine.begin_write()).await?;
    if engine == Engine::Postgres {
        // Two servers that start at once: the second waits for the first.
        sqlx::query("SELECT pg_advisory_xact_lock(5108)")
            .execute(&mut *tx)
            .await?;
    }
    sqlx::query("CREATE TABLE IF NOT EXISTS migrations (version BIGINT NOT NULL PRIMARY KEY)")
        .execute(&mut *tx)
        .await?;
    let row = sqlx::query("SELECT COALESCE(MAX(version), 0) AS version FROM migrations")
        .fetch_one(&mut *tx)
        .await?;
    let at: i64 = row.try_get("version")?;
    let newest = VERSIONS.len() as i64;
    if at > newest {
        return Err(OpenError::Newer(at, newest));
    }
    for (number, sql) in (1..).zip(VERSIONS).filter(|(number, _)| *number > at) {
        for statement in sql.split(';').filter(|statement| !statement.trim().is_empty()) {
            sqlx::query(statement).execute(&mut *tx).await?;
        }
        sqlx::query("INSERT INTO migrations (version) VALUES ($1)")
            .bind(number)
            .execute(&mut *tx)
            .await?;
    }
    Ok(tx.commit().await?)
}
