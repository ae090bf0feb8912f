//! Charge locations.

use std::collections::HashMap;

use domain::listing::{ListQuery, Page};
use domain::locations::{Address, Coordinates, Location, LocationPatch};
use domain::privacy::Visibility;
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row};

use super::listing::{self, Bind, Scope, Table, bind_all, flag, number};
use super::{Books, Tx, records, text};
use crate::clock;
use crate::middleware::if_match::IfMatch;
use crate::problem::Error;

const STATIONS: &str = "(SELECT COUNT(*) FROM location_stations s WHERE s.location_id = l.id)";
const VISIBILITY: &str = "CASE WHEN l.customers + l.tokens > 0 THEN 'Private' \
    WHEN l.published = 1 THEN 'Published' ELSE 'Unpublished' END";

pub(super) const TABLE: Table = Table {
    select: "l.*",
    from: "locations l",
    columns: &[
        ("name", &["l.name_fold"]),
        ("address", &["LOWER(l.street_and_number)"]),
        ("city", &["LOWER(l.city)", "l.name_fold"]),
        ("country", &["LOWER(l.country)", "LOWER(l.city)", "l.name_fold"]),
        ("stations", &[STATIONS]),
        ("visibility", &[VISIBILITY, "l.name_fold"]),
        ("customers", &["l.customers"]),
        ("tokens", &["l.tokens"]),
        ("updatedAt", &["l.updated_at"]),
    ],
    search: &["l.search"],
    order: "l.name_fold ASC",
    tie: "l.id ASC",
};

/// One page of the locations.
pub async fn page(tx: &mut Tx, query: &ListQuery) -> Result<Page<Location>, Error> {
    let mut page = listing::page(tx, &TABLE, Scope::all(), query, read).await?;
    add_stations(tx, &mut page.items).await?;
    Ok(page)
}

/// One location.
pub async fn get(tx: &mut Tx, id: &str) -> Result<Location, Error> {
    let row = sqlx::query("SELECT l.* FROM locations l WHERE l.id = $1")
        .bind(id)
        .fetch_optional(&mut **tx)
        .await?
        .ok_or(Error::NotFound("charge location"))?;
    let mut found = [read(&row)?];
    add_stations(tx, &mut found).await?;
    let [location] = found;
    Ok(location)
}

fn read(row: &AnyRow) -> Result<Location, sqlx::Error> {
    let (published, customers, tokens) = (
        flag(row, "published")?,
        number(row, "customers")?,
        number(row, "tokens")?,
    );
    let position: (Option<f64>, Option<f64>) = (row.try_get("latitude")?, row.try_get("longitude")?);
    let hours: Option<String> = row.try_get("opening_hours")?;
    Ok(Location {
        id: row.try_get("id")?,
        name: row.try_get("name")?,
        address: Address {
            street_and_number: row.try_get("street_and_number")?,
            postal_code: row.try_get("postal_code")?,
            city: row.try_get("city")?,
            state: row.try_get("state")?,
            country: row.try_get("country")?,
        },
        coordinates: match position {
            (Some(latitude), Some(longitude)) => Some(Coordinates { latitude, longitude }),
            _ => None,
        },
        timezone: row.try_get("timezone")?,
        opening_hours: hours.and_then(|json| serde_json::from_str(&json).ok()),
        operator_name: row.try_get("operator_name")?,
        notes: row.try_get("notes")?,
        published,
        visibility: Visibility::of(published, customers + tokens),
        stations: Vec::new(),
        customers,
        tokens,
        gone: flag(row, "gone")?,
        version: number(row, "version")?,
        created_at: row.try_get("created_at")?,
        updated_at: row.try_get("updated_at")?,
    })
}

async fn add_stations(tx: &mut Tx, locations: &mut [Location]) -> Result<(), Error> {
    if locations.is_empty() {
        return Ok(());
    }
    let marks: Vec<String> = (1..=locations.len()).map(|n| format!("${n}")).collect();
    let sql = format!(
        "SELECT location_id, station_id FROM location_stations WHERE location_id IN ({}) ORDER BY station_id",
        marks.join(", ")
    );
    let binds: Vec<Bind> = locations
        .iter()
        .map(|location| location.id.as_str().into())
        .collect();
    let mut stations: HashMap<String, Vec<String>> = HashMap::new();
    for row in bind_all(sqlx::query(AssertSqlSafe(sql)), &binds)
        .fetch_all(&mut **tx)
        .await?
    {
        stations
            .entry(row.try_get("location_id")?)
            .or_default()
            .push(row.try_get("station_id")?);
    }
    for location in locations {
        location.stations = stations.remove(&location.id).unwrap_or_default();
    }
    Ok(())
}

/// The stations of a location as the books know them: id and name.
pub async fn stations(tx: &mut Tx, id: &str) -> Result<Vec<(String, String)>, Error> {
    let rows = sqlx::query(
        "SELECT station_id, name FROM location_stations WHERE location_id = $1 ORDER BY station_id",
    )
    .bind(id)
    .fetch_all(&mut **tx)
    .await?;
    let read = |row: &AnyRow| Ok((row.try_get("station_id")?, row.try_get("name")?));
    Ok(rows.iter().map(read).collect::<Result<_, sqlx::Error>>()?)
}

/// Changes what an operator may change.
pub async fn patch(tx: &mut Tx, id: &str, version: IfMatch, patch: LocationPatch) -> Result<Location, Error> {
    records::lock(tx, "locations", id, version).await?;
    let mut location = get(tx, id).await?;
    let before = location.clone();
    apply(&mut location, patch)?;
    if location == before {
        return Ok(before);
    }
    location.version += 1;
    location.updated_at = clock::now();
    store(tx, &location).await?;
    Ok(location)
}

fn apply(location: &mut Location, patch: LocationPatch) -> Result<(), Error> {
    let LocationPatch {
        name,
        address,
        coordinates,
        timezone,
        opening_hours,
        operator_name,
        notes,
    } = patch;
    if let Some(name) = name {
        let name = name.trim();
        if name.is_empty() {
            return Err(Error::field("name", "a location needs a name"));
        }
        location.name = name.to_owned();
    }
    if let Some(at) = coordinates {
        if !(at.latitude.abs() <= 90.0 && at.longitude.abs() <= 180.0) {
            return Err(Error::field(
                "coordinates",
                "latitude is from -90 to 90, longitude from -180 to 180 degrees",
            ));
        }
        location.coordinates = Some(at);
    }
    if let Some(hours) = opening_hours {
        check_hours(&hours)?;
        location.opening_hours = Some(hours);
    }
    if let Some(timezone) = timezone {
        location.timezone = Some(timezone.trim().to_owned()).filter(|zone| !zone.is_empty());
    }
    location.address = address.unwrap_or_else(|| std::mem::take(&mut location.address));
    location.operator_name = operator_name.unwrap_or_else(|| std::mem::take(&mut location.operator_name));
    location.notes = notes.unwrap_or_else(|| std::mem::take(&mut location.notes));
    Ok(())
}

fn check_hours(hours: &domain::locations::OpeningHours) -> Result<(), Error> {
    let is_time = |text: &str| {
        let digits = |part: &str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
        text.split_once(':')
            .is_some_and(|(h, m)| digits(h) && digits(m) && text <= "24:00" && m < "60")
    };
    for (day, spans) in hours {
        if !matches!(day.as_str(), "0" | "1" | "2" | "3" | "4" | "5" | "6") {
            return Err(Error::field(
                "openingHours",
                "days are \"0\" (Sunday) to \"6\" (Saturday)",
            ));
        }
        if let Some(span) = spans
            .iter()
            .find(|span| !is_time(&span.start_time) || !is_time(&span.end_time))
        {
            let message = format!("`{}` to `{}`: times are HH:MM", span.start_time, span.end_time);
            return Err(Error::field(format!("openingHours.{day}"), message));
        }
    }
    Ok(())
}

/// Writes what an operator or ChargePoint may change, and the version.
pub async fn store(tx: &mut Tx, location: &Location) -> Result<(), Error> {
    let Location {
        address, coordinates, ..
    } = location;
    let hours = location
        .opening_hours
        .as_ref()
        .map(serde_json::to_string)
        .transpose();
    sqlx::query(
        "UPDATE locations SET name = $2, street_and_number = $3, postal_code = $4, city = $5, state = $6, \
         country = $7, latitude = CAST($8 AS DOUBLE PRECISION), longitude = CAST($9 AS DOUBLE PRECISION), timezone = $10, opening_hours = $11, operator_name = $12, \
         notes = $13, name_fold = $14, search = $15, version = $16, updated_at = $17, gone = $18 WHERE id = $1",
    )
    .bind(&location.id)
    .bind(&location.name)
    .bind(&address.street_and_number)
    .bind(&address.postal_code)
    .bind(&address.city)
    .bind(&address.state)
    .bind(&address.country)
    .bind(coordinates.map(|at| at.latitude.to_string()))
    .bind(coordinates.map(|at| at.longitude.to_string()))
    .bind(location.timezone.as_deref())
    .bind(hours.map_err(|e| Error::Internal(e.to_string()))?)
    .bind(&location.operator_name)
    .bind(&location.notes)
    .bind(text::fold(&location.name))
    .bind(text::search([
        location.name.as_str(),
        &address.street_and_number,
        &address.postal_code,
        &address.city,
        &address.country,
    ]))
    .bind(listing::bound(location.version))
    .bind(&location.updated_at)
    .bind(i64::from(location.gone))
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Adds a location with nothing but its id, site and times; [`store`] writes the rest.
pub async fn insert(tx: &mut Tx, location: &Location) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO locations (id, name, street_and_number, postal_code, city, state, country, operator_name, notes, \
         source, gone, published, customers, tokens, name_fold, search, version, created_at, updated_at) \
         VALUES ($1, '', '', '', '', '', '', '', '', '{}', 0, $2, 0, 0, '', '', 1, $3, $3)",
    )
    .bind(&location.id)
    .bind(i64::from(location.published))
    .bind(&location.created_at)
    .execute(&mut **tx)
    .await?;
    store(tx, location).await
}

/// Publishes or unpublishes. A location with a list cannot be published.
pub async fn publish(tx: &mut Tx, id: &str, version: IfMatch, published: bool) -> Result<Location, Error> {
    records::lock(tx, "locations", id, version).await?;
    let mut location = get(tx, id).await?;
    if published && location.visibility == Visibility::Private {
        let Location {
            name,
            customers,
            tokens,
            ..
        } = location;
        return Err(Error::ListNotEmpty {
            name,
            customers,
            tokens,
        });
    }
    if location.published == published {
        return Ok(location);
    }
    sqlx::query("UPDATE locations SET published = $2, version = version + 1, updated_at = $3 WHERE id = $1")
        .bind(id)
        .bind(i64::from(published))
        .bind(clock::now())
        .execute(&mut **tx)
        .await?;
    location = get(tx, id).await?;
    Ok(location)
}

/// Whether the books hold no location yet.
pub async fn is_empty(books: &Books) -> Result<bool, Error> {
    let mut tx = books.read().await?;
    let found = sqlx::query("SELECT 1 AS found FROM locations LIMIT 1")
        .fetch_optional(&mut *tx)
        .await?;
    Ok(found.is_none())
}
