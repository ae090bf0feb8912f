//! Charge locations.

mod change;

pub use change::{insert, patch, publish, store};

use domain::column::Listed;
use domain::listing::{ListQuery, Page};
use domain::locations::{self, Address, Coordinates, Location};
use domain::privacy::Visibility;
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row};

use super::listing::{self, Column, Rows, Scope, Source, Table, flag, number};
use super::{Books, Tx, records};
use crate::problem::Error;

const STATIONS: &str = "(SELECT COUNT(*) FROM location_stations s WHERE s.location_id = l.id AND l.gone = 0)";
const VISIBILITY: &str = "CASE WHEN l.customers + l.tokens > 0 THEN 'private' \
    WHEN l.published = 1 THEN 'published' ELSE 'unpublished' END";

/// With the stations, a line each. A location that is gone remembers where its stations were, but has none.
const SELECT: &str = "l.*, (SELECT STRING_AGG(s.station_id, '\n' ORDER BY s.station_id) \
    FROM location_stations s WHERE s.location_id = l.id AND l.gone = 0) AS stations";

const COLUMNS: &[Column] = &[
    Column::text("name", "l.name_fold"),
    Column::text("address", "l.street_fold"),
    Column::text("city", "l.city_fold").order(&["l.city_fold", "l.name_fold"]),
    Column::text("country", "l.country_fold").order(&["l.country_fold", "l.city_fold", "l.name_fold"]),
    Column::number("stations", STATIONS),
    Column::text("visibility", VISIBILITY).order(&[VISIBILITY, "l.name_fold"]),
    Column::number("customers", "l.customers"),
    Column::number("tokens", "l.tokens"),
    Column::text("updatedAt", "l.updated_at"),
];

/// The columns up to the stations, which drivers see too.
pub(in crate::books) const VISIBLE_COLUMNS: &[Column] = COLUMNS.split_at(5).0;

pub(in crate::books) const TABLE: Table = Table {
    select: SELECT,
    from: "locations l",
    heads: Location::HEADS,
    columns: COLUMNS,
    search: &["l.search"],
    order: "l.name_fold ASC",
    tie: "l.id",
    id: "l.id",
    key: str::to_owned,
    org: "l.org_key",
    changed: &[],
};

/// The list of the locations.
pub struct Locations;

impl Source for Locations {
    type Row = Location;
    type Path = ();

    async fn rows(_: &mut Tx, (): ()) -> Result<Rows<Location>, Error> {
        Ok(Rows::new(&TABLE, Scope::all(), read))
    }
}

/// One page of the locations.
pub async fn page(tx: &mut Tx, query: &ListQuery) -> Result<Page<Location>, Error> {
    listing::page(tx, &TABLE, Scope::all(), query, read).await
}

/// One location.
pub async fn get(tx: &mut Tx, id: &str) -> Result<Location, Error> {
    let row = sqlx::query(AssertSqlSafe(format!(
        "SELECT {SELECT} FROM locations l WHERE l.id = $1"
    )))
    .bind(id)
    .fetch_optional(&mut **tx)
    .await?
    .ok_or(Error::NotFound("charge location"))?;
    Ok(read(&row)?)
}

/// The locations of these ids.
pub async fn of(tx: &mut Tx, ids: &[String]) -> Result<Vec<Location>, Error> {
    let marks = records::placeholders(1, ids.len());
    let sql = format!("SELECT {SELECT} FROM locations l WHERE l.id IN ({marks})");
    let query = records::bind(sqlx::query(AssertSqlSafe(sql)), ids);
    let rows = query.fetch_all(&mut **tx).await?;
    Ok(rows.iter().map(read).collect::<Result<_, _>>()?)
}

pub(in crate::books) fn read(row: &AnyRow) -> Result<Location, sqlx::Error> {
    let (published, customers, tokens) = (
        flag(row, "published")?,
        number(row, "customers")?,
        number(row, "tokens")?,
    );
    let hours: Option<String> = row.try_get("opening_hours")?;
    let stations: Option<String> = row.try_get("stations")?;
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
        coordinates: position(row)?,
        timezone: row.try_get("timezone")?,
        opening_hours: hours.and_then(|json| serde_json::from_str(&json).ok()),
        operator_name: row.try_get("operator_name")?,
        notes: row.try_get("notes")?,
        published,
        visibility: Visibility::of(published, customers + tokens),
        stations: stations.map_or_else(Vec::new, |all| all.lines().map(str::to_owned).collect()),
        customers,
        tokens,
        gone: flag(row, "gone")?,
        version: number(row, "version")?,
        created_at: row.try_get("created_at")?,
        updated_at: row.try_get("updated_at")?,
    })
}

/// The stations of a location as the books know them: id and name.
pub async fn stations(tx: &mut Tx, id: &str) -> Result<Vec<(String, String)>, Error> {
    let rows = sqlx::query(
        "SELECT s.station_id, s.name FROM location_stations s JOIN locations l ON l.id = s.location_id \
         WHERE s.location_id = $1 AND l.gone = 0 ORDER BY s.station_id",
    )
    .bind(id)
    .fetch_all(&mut **tx)
    .await?;
    let read = |row: &AnyRow| Ok((row.try_get("station_id")?, row.try_get("name")?));
    Ok(rows.iter().map(read).collect::<Result<_, sqlx::Error>>()?)
}

/// Whether the books hold no location yet.
pub async fn is_empty(books: &Books) -> Result<bool, Error> {
    let mut tx = books.read().await?;
    let found = sqlx::query("SELECT 1 AS found FROM locations LIMIT 1")
        .fetch_optional(&mut *tx)
        .await?;
    Ok(found.is_none())
}

fn position(row: &AnyRow) -> Result<Option<Coordinates>, sqlx::Error> {
    let position: (Option<f64>, Option<f64>) = (row.try_get("latitude")?, row.try_get("longitude")?);
    Ok(match position {
        (Some(latitude), Some(longitude)) => Some(Coordinates { latitude, longitude }),
        _ => None,
    })
}

/// What [`zone`] reads of a row, before columns of another table.
pub const OF_ZONE: &str = "l.timezone, l.state, l.country, l.latitude, l.longitude";

/// The zone of the clock at the location in a row; none where the row has no location.
pub fn zone(row: &AnyRow) -> Result<Option<String>, sqlx::Error> {
    let text = |column: &str| row.try_get::<Option<String>, _>(column);
    let address = Address {
        state: text("state")?.unwrap_or_default(),
        country: text("country")?.unwrap_or_default(),
        ..Address::default()
    };
    Ok(locations::zone(
        text("timezone")?.as_deref(),
        &address,
        position(row)?,
    ))
}
