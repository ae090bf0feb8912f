//! Load that is shed, as far as the portal did it: ChargePoint neither lists its events nor says how long it sheds.

mod words;

use domain::load::LoadEvent;
use sqlx::Row;

use super::Tx;
use super::organizations::key;
use crate::clock;
use crate::problem::Error;

pub use words::{Held, Words, cleared, shed, words};

/// How long events are kept after their end, in days.
const KEPT: i64 = 365;
/// A station, as the books name a place.
pub const STATION: &str = "Station";
/// A station group.
pub const GROUP: &str = "Station group";

/// All events that the caller reaches, with the state that they are in now.
pub async fn events(tx: &mut Tx) -> Result<Vec<LoadEvent>, Error> {
    let rows = sqlx::query("SELECT org_key, event FROM load_events ORDER BY id")
        .fetch_all(&mut **tx)
        .await?;
    let (caller, now) = (tx.caller(), clock::now());
    let mut events = Vec::with_capacity(rows.len());
    for row in &rows {
        if caller.organizations.is_none() || caller.reaches(row.try_get("org_key")?) {
            let mut event = read(row)?;
            event.state = state(&event, &now).to_owned();
            events.push(event);
        }
    }
    Ok(events)
}

fn read(row: &sqlx::any::AnyRow) -> Result<LoadEvent, sqlx::Error> {
    let json: String = row.try_get("event")?;
    serde_json::from_str(&json).map_err(|error| sqlx::Error::Decode(error.into()))
}

fn state(event: &LoadEvent, now: &str) -> &'static str {
    if event.removed_at.is_some() {
        "Removed"
    } else if now < event.event_start_time.as_str() {
        "Planned"
    } else if now < event.event_end_time.as_str() {
        "Running"
    } else {
        "Over"
    }
}

/// Keeps an event that was planned, and forgets those that are long over.
pub async fn planned(tx: &mut Tx, event: &LoadEvent, organization: &str) -> Result<(), Error> {
    sqlx::query("DELETE FROM load_events WHERE ends_at < $1 OR id = $2")
        .bind(clock::days_ago(KEPT))
        .bind(&event.event_id)
        .execute(&mut **tx)
        .await?;
    write(tx, event, &key(organization)).await
}

async fn write(tx: &mut Tx, event: &LoadEvent, org_key: &str) -> Result<(), Error> {
    sqlx::query("INSERT INTO load_events (id, org_key, ends_at, event) VALUES ($1, $2, $3, $4)")
        .bind(&event.event_id)
        .bind(org_key)
        .bind(&event.event_end_time)
        .bind(serde_json::to_string(event).map_err(|error| Error::Internal(error.to_string()))?)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Notes that an event was removed; one that was planned elsewhere is not in the books.
pub async fn removed(tx: &mut Tx, id: &str) -> Result<(), Error> {
    let row = sqlx::query("DELETE FROM load_events WHERE id = $1 RETURNING org_key, event")
        .bind(id)
        .fetch_optional(&mut **tx)
        .await?;
    let Some(row) = row else { return Ok(()) };
    let mut event = read(&row)?;
    event.removed_by = Some(tx.caller().name.clone());
    event.removed_at = Some(clock::now());
    write(tx, &event, row.try_get("org_key")?).await
}
