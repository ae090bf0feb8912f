//! What the portal remembers of its decisions on drivers that ChargePoint reports: ChargePoint keeps the
//! status, but neither the text nor why it refused.

use std::collections::HashMap;

use domain::Timestamp;
use sqlx::Row;

use super::super::Tx;
use super::super::listing::number;
use crate::clock;
use crate::problem::Error;

/// The last decision on a driver.
#[derive(Clone, Debug, Default)]
pub struct Decided {
    pub decided_at: Timestamp,
    pub text: String,
    /// Why ChargePoint did not carry it out.
    pub problem: Option<String>,
    pub version: u64,
}

/// All that is remembered, by ChargePoint's id of the driver.
pub async fn all(tx: &mut Tx) -> Result<HashMap<String, Decided>, Error> {
    let rows = sqlx::query("SELECT * FROM chargepoint_drivers")
        .fetch_all(&mut **tx)
        .await?;
    let read = |row: &sqlx::any::AnyRow| {
        Ok((
            row.try_get("user_id")?,
            Decided {
                decided_at: row.try_get("decided_at")?,
                text: row.try_get("text")?,
                problem: row.try_get("problem")?,
                version: number(row, "version")?,
            },
        ))
    };
    Ok(rows.iter().map(read).collect::<Result<_, sqlx::Error>>()?)
}

/// Remembers a decision, or why it was not carried out.
pub async fn remember(tx: &mut Tx, user_id: &str, text: &str, problem: Option<&str>) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO chargepoint_drivers (user_id, decided_at, text, problem, version) VALUES ($1, $2, $3, $4, 1) \
         ON CONFLICT (user_id) DO UPDATE SET decided_at = excluded.decided_at, text = excluded.text, \
         problem = excluded.problem, version = chargepoint_drivers.version + 1",
    )
    .bind(user_id)
    .bind(clock::now())
    .bind(text)
    .bind(problem)
    .execute(&mut **tx)
    .await?;
    Ok(())
}
