//! Registering, changing and deleting a station of the portal's own, and the switch of everyone's.

use domain::chargestations::{Chargestation, ChargestationInput, ChargestationRow, SOURCES};
use domain::problem::FieldError;
use sqlx::{Row, query};

use super::super::listing::{bound, number};
use super::super::text::fold;
use super::super::{Tx, ids, organizations, records};
use super::{entered, get};
use crate::clock;
use crate::middleware::if_match::IfMatch;
use crate::problem::Error;

/// Registers a station.
pub async fn create(tx: &mut Tx, input: ChargestationInput) -> Result<ChargestationRow, Error> {
    let row = add(tx, ids::new("chs")?, &input).await?;
    tx.changed("Added", None, Some(&row));
    Ok(row)
}

/// Registers a station under that id; telling of it is the caller's.
pub async fn add(tx: &mut Tx, id: String, input: &ChargestationInput) -> Result<ChargestationRow, Error> {
    let now = clock::now();
    let mut row = ChargestationRow {
        source: SOURCES[1].to_owned(),
        version: 1,
        station: Chargestation {
            id,
            active: true,
            created_at: Some(now.clone()),
            updated_at: Some(now),
            ..Chargestation::default()
        },
        ..ChargestationRow::default()
    };
    entered::take(tx, &mut row, input, true).await?;
    check_endpoint(tx, &row).await?;
    write(tx, &row).await?;
    Ok(row)
}

/// Changes a station of the portal's own.
pub async fn patch(
    tx: &mut Tx,
    id: &str,
    version: IfMatch,
    input: ChargestationInput,
) -> Result<ChargestationRow, Error> {
    records::lock(tx, "chargestations", id, version).await?;
    let before = get(tx, id).await?;
    let mut row = before.clone();
    entered::take(tx, &mut row, &input, false).await?;
    tx.changed("Changed", Some(&before), Some(&row));
    if row == before {
        return Ok(row);
    }
    check_endpoint(tx, &row).await?;
    row.version += 1;
    row.station.updated_at = Some(clock::now());
    write(tx, &row).await?;
    Ok(row)
}

/// Deletes a station of the portal's own.
pub async fn delete(tx: &mut Tx, id: &str, version: IfMatch) -> Result<(), Error> {
    records::lock(tx, "chargestations", id, version).await?;
    let row = get(tx, id).await?;
    query("DELETE FROM chargestations WHERE id = $1")
        .bind(id)
        .execute(&mut **tx)
        .await?;
    tx.changed("Deleted", Some(&row), None);
    Ok(())
}

/// Switches a station of ChargePoint's, as it is told with what the books know, on or off.
///
/// # Errors
/// Something else was to change, which ChargePoint tells.
pub async fn switch(
    tx: &mut Tx,
    before: &ChargestationRow,
    version: IfMatch,
    input: ChargestationInput,
) -> Result<ChargestationRow, Error> {
    let told: Vec<FieldError> = [
        ("endpoint", input.endpoint.is_some()),
        ("protocol", input.protocol.is_some()),
        ("manufacturer", input.manufacturer.is_some()),
        ("model", input.model.is_some()),
        ("location", input.location.is_some()),
        ("organization", input.organization.is_some()),
        ("csconfig", input.csconfig.is_some()),
    ]
    .into_iter()
    .filter(|(_, is_there)| *is_there)
    .map(|(field, _)| FieldError {
        field: field.to_owned(),
        message: "ChargePoint tells this of its stations, so that it does not change here".to_owned(),
    })
    .collect();
    if !told.is_empty() {
        return Err(Error::fields(told));
    }
    let id = &before.station.id;
    let found = query("SELECT active, version FROM station_flags WHERE station_id = $1")
        .bind(id)
        .fetch_optional(&mut **tx)
        .await?;
    let current = found
        .map(|row| number(&row, "version"))
        .transpose()?
        .unwrap_or_default();
    if version != IfMatch::Any && version != IfMatch::Version(current) {
        return Err(Error::Stale);
    }
    let mut row = before.clone();
    row.station.active = input.active.unwrap_or(before.station.active);
    tx.changed("Changed", Some(before), Some(&row));
    if row == *before {
        return Ok(row);
    }
    let now = clock::now();
    let done = query(
        "INSERT INTO station_flags (station_id, active, version, updated_at) VALUES ($1, $2, $3 + 1, $4) \
         ON CONFLICT (station_id) DO UPDATE SET active = excluded.active, version = excluded.version, \
         updated_at = excluded.updated_at WHERE station_flags.version = $3",
    )
    .bind(id)
    .bind(i64::from(row.station.active))
    .bind(bound(current))
    .bind(&now)
    .execute(&mut **tx)
    .await?;
    if done.rows_affected() == 0 {
        return Err(Error::Stale);
    }
    row.version = current + 1;
    row.station.updated_at = row.station.updated_at.take().max(Some(now));
    Ok(row)
}

async fn check_endpoint(tx: &mut Tx, row: &ChargestationRow) -> Result<(), Error> {
    let other = query("SELECT endpoint, org_key FROM chargestations WHERE endpoint_fold = $1 AND id <> $2")
        .bind(fold(&row.name))
        .bind(&row.station.id)
        .fetch_optional(&mut **tx)
        .await?;
    let Some(other) = other else { return Ok(()) };
    let (endpoint, owner): (String, String) = (other.try_get("endpoint")?, other.try_get("org_key")?);
    let known = match tx.caller().reaches(&owner) {
        true => endpoint,
        false => format!("{}, of another organization,", row.name),
    };
    Err(Error::Duplicate {
        field: "endpoint",
        detail: format!("There is a charge station with the endpoint {known} already."),
    })
}

async fn write(tx: &mut Tx, row: &ChargestationRow) -> Result<(), Error> {
    let station = &row.station;
    let csconfig = serde_json::to_string(station.csconfig.as_deref().unwrap_or_default())
        .map_err(|error| Error::Internal(error.to_string()))?;
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    query(
        "INSERT INTO chargestations (id, endpoint, endpoint_fold, protocol, manufacturer, model, location_id, org_key, \
         active, csconfig, version, created_at, updated_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) \
         ON CONFLICT (id) DO UPDATE SET endpoint = excluded.endpoint, endpoint_fold = excluded.endpoint_fold, \
         protocol = excluded.protocol, manufacturer = excluded.manufacturer, model = excluded.model, \
         location_id = excluded.location_id, org_key = excluded.org_key, active = excluded.active, \
         csconfig = excluded.csconfig, version = excluded.version, updated_at = excluded.updated_at",
    )
    .bind(&station.id)
    .bind(&row.name)
    .bind(fold(&row.name))
    .bind(text(&station.protocol))
    .bind(text(&station.manufacturer))
    .bind(text(&station.model))
    .bind(station.location.clone())
    .bind(organizations::key(&text(&station.organization)))
    .bind(i64::from(station.active))
    .bind(csconfig)
    .bind(bound(row.version))
    .bind(text(&station.created_at))
    .bind(text(&station.updated_at))
    .execute(&mut **tx)
    .await?;
    Ok(())
}
