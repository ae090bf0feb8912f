//! What all records with a version have in common.

use sqlx::query::Query;
use sqlx::{Any, AssertSqlSafe};

use super::Tx;
use crate::middleware::if_match::IfMatch;
use crate::problem::Error;

/// How many values one statement takes at most.
pub const BATCH: usize = 500;

/// Locks a record for the rest of the transaction, if it still has that version. `table` is one of
/// `locations`, `customers`, `tokens`, `station_tokens`, `connections`, `chargestations`, `partners`, `accounts` and
/// `roles`.
pub async fn lock(tx: &mut Tx, table: &'static str, id: &str, version: IfMatch) -> Result<(), Error> {
    let sql = format!("UPDATE {table} SET version = version WHERE id = $1 AND ($2 < 0 OR version = $2)");
    let locked = sqlx::query(AssertSqlSafe(sql))
        .bind(id)
        .bind(version.number())
        .execute(&mut **tx)
        .await?;
    if locked.rows_affected() == 1 {
        return Ok(());
    }
    let sql = format!("SELECT 1 AS found FROM {table} WHERE id = $1");
    let found = sqlx::query(AssertSqlSafe(sql))
        .bind(id)
        .fetch_optional(&mut **tx)
        .await?;
    Err(match (found, table) {
        (Some(_), _) => Error::Stale,
        (None, "locations") => Error::NotFound("charge location"),
        (None, "customers") => Error::NotFound("customer"),
        (None, "station_tokens") => Error::NotFound("station token"),
        (None, "accounts") => Error::NotFound("account"),
        (None, "roles") => Error::NotFound("role"),
        (None, "chargestations") => Error::NotFound("charge station"),
        (None, "connections") => Error::NotFound("connection"),
        (None, "partners") => Error::NotFound("partner"),
        (None, _) => Error::NotFound("charge token"),
    })
}

/// The placeholders `$first, $first+1, …` for that many values.
pub fn placeholders(first: usize, count: usize) -> String {
    let marks: Vec<String> = (first..first + count).map(|n| format!("${n}")).collect();
    marks.join(", ")
}

/// Binds texts in order.
pub fn bind<'q>(
    query: Query<'q, Any, sqlx::any::AnyArguments>,
    texts: &'q [String],
) -> Query<'q, Any, sqlx::any::AnyArguments> {
    texts.iter().fold(query, |query, text| query.bind(text))
}
