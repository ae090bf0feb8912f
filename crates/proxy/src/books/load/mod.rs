//! Load that is shed, as far as the portal did it: ChargePoint neither lists its events nor says how long it sheds.

use std::collections::HashMap;

use domain::Timestamp;
use domain::load::LoadEvent;
use sqlx::Row;

use super::Tx;
use super::organizations::key;
use crate::clock;
use crate::problem::Error;

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

/// Notes that load of a place is shed: until then, or until it is cleared.
pub async fn shed(tx: &mut Tx, (place, id): (&str, &str), until: Option<Timestamp>) -> Result<(), Error> {
    cleared(tx, (place, id)).await?;
    let Some(until) = until else { return Ok(()) };
    sqlx::query("INSERT INTO load_sheds (place, place_id, until) VALUES ($1, $2, $3)")
        .bind(place)
        .bind(id)
        .bind(until)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Notes that a place got its power back.
pub async fn cleared(tx: &mut Tx, (place, id): (&str, &str)) -> Result<(), Error> {
    sqlx::query("DELETE FROM load_sheds WHERE until < $1 OR place = $2 AND place_id = $3")
        .bind(clock::now())
        .bind(place)
        .bind(id)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Until when load is shed, by place and its id.
pub async fn until(tx: &mut Tx) -> Result<HashMap<(&'static str, String), Timestamp>, Error> {
    let rows = sqlx::query("SELECT place, place_id, until FROM load_sheds WHERE until > $1")
        .bind(clock::now())
        .fetch_all(&mut **tx)
        .await?;
    let mut all = HashMap::new();
    for row in &rows {
        let place: String = row.try_get("place")?;
        let place = if place == GROUP { GROUP } else { STATION };
        all.insert((place, row.try_get("place_id")?), row.try_get("until")?);
    }
    for event in events(tx)
        .await?
        .into_iter()
        .filter(|event| event.state == "Running")
    {
        let place = match (event.sg_id, event.station_id) {
            (Some(group), _) => (GROUP, group),
            (None, station) => (STATION, station.unwrap_or_default()),
        };
        all.entry(place).or_insert(event.event_end_time);
    }
    Ok(all)
}
