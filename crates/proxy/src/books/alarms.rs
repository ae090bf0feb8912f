//! Alarms that were cleared here: ChargePoint moves them where nobody can ask for them.

use domain::alarms::Alarm;
use sqlx::Row;

use super::Tx;
use super::organizations::key;
use crate::clock;
use crate::problem::Error;

/// How long they stay to be seen, in days.
const KEPT: i64 = 90;

/// Those that the caller reaches.
pub async fn cleared(tx: &mut Tx) -> Result<Vec<Alarm>, Error> {
    let rows = sqlx::query("SELECT org_key, alarm FROM cleared_alarms WHERE cleared_at > $1 ORDER BY id")
        .bind(clock::days_ago(KEPT))
        .fetch_all(&mut **tx)
        .await?;
    let caller = tx.caller();
    let mut alarms = Vec::with_capacity(rows.len());
    for row in &rows {
        if caller.organizations.is_none() || caller.reaches(row.try_get("org_key")?) {
            let json: String = row.try_get("alarm")?;
            alarms.push(serde_json::from_str(&json).map_err(|error| sqlx::Error::Decode(error.into()))?);
        }
    }
    Ok(alarms)
}

/// Keeps alarms that were cleared now, for that reason, and forgets those of long ago.
pub async fn keep(tx: &mut Tx, alarms: &[Alarm], reason: Option<&str>) -> Result<(), Error> {
    sqlx::query("DELETE FROM cleared_alarms WHERE cleared_at <= $1")
        .bind(clock::days_ago(KEPT))
        .execute(&mut **tx)
        .await?;
    let (now, by) = (clock::now(), tx.caller().name.clone());
    for alarm in alarms {
        let alarm = Alarm {
            state: "Cleared".into(),
            cleared_at: Some(now.clone()),
            cleared_by: Some(by.clone()),
            reason: reason
                .map(str::trim)
                .filter(|reason| !reason.is_empty())
                .map(str::to_owned),
            ..alarm.clone()
        };
        sqlx::query(
            "INSERT INTO cleared_alarms (id, org_key, cleared_at, alarm) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (id) DO UPDATE SET cleared_at = excluded.cleared_at, alarm = excluded.alarm",
        )
        .bind(&alarm.id)
        .bind(key(alarm.org_id.as_deref().unwrap_or_default()))
        .bind(&now)
        .bind(serde_json::to_string(&alarm).map_err(|error| Error::Internal(error.to_string()))?)
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}
