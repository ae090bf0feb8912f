//! Charge stations: the portal's own, and what it says of those that ChargePoint tells of.

mod change;
mod entered;

pub use change::{add, create, delete, patch, switch};

use std::collections::HashMap;

use domain::chargestations::{Chargestation, ChargestationRow, SOURCES};
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row, query};

use super::Tx;
use super::limits::within;
use super::listing::{Bind, bind_all, flag, number};
use super::locations::{OF_ZONE, zone};
use crate::problem::Error;

/// The portal's own stations that the caller reaches.
pub async fn all(tx: &mut Tx) -> Result<Vec<ChargestationRow>, Error> {
    select(tx, "1 = 1", &[]).await
}

/// One of the portal's own.
pub async fn get(tx: &mut Tx, id: &str) -> Result<ChargestationRow, Error> {
    let found = select(tx, "c.id = $1", &[id.into()]).await?;
    found.into_iter().next().ok_or(Error::NotFound("charge station"))
}

async fn select(tx: &mut Tx, condition: &str, binds: &[Bind]) -> Result<Vec<ChargestationRow>, Error> {
    let (reached, own) = within(&tx.caller(), "c.org_key", binds.len() + 1);
    let sql = format!(
        "SELECT c.*, l.name AS location_name, {OF_ZONE}, o.id AS org_id, o.name AS org_name \
         FROM chargestations c LEFT JOIN locations l ON l.id = c.location_id \
         LEFT JOIN organizations o ON o.key = c.org_key WHERE {condition} AND {reached} ORDER BY c.id"
    );
    let rows = bind_all(bind_all(query(AssertSqlSafe(sql)), binds), &own)
        .fetch_all(&mut **tx)
        .await?;
    Ok(rows.iter().map(read).collect::<Result<_, _>>()?)
}

fn read(row: &AnyRow) -> Result<ChargestationRow, sqlx::Error> {
    let text = |column: &str| -> Result<Option<String>, sqlx::Error> {
        let text: Option<String> = row.try_get(column)?;
        Ok(text.filter(|text| !text.is_empty()))
    };
    let csconfig: String = row.try_get("csconfig")?;
    let csconfig = serde_json::from_str(&csconfig).map_err(|error| sqlx::Error::Decode(error.into()))?;
    let org_key = text("org_key")?;
    Ok(ChargestationRow {
        name: row.try_get("endpoint")?,
        source: SOURCES[1].to_owned(),
        version: number(row, "version")?,
        location_name: text("location_name")?,
        organization_name: text("org_name")?,
        time_zone: zone(row)?,
        serial_number: None,
        mac_address: None,
        ports: Vec::new(),
        station_groups: Vec::new(),
        station: Chargestation {
            id: row.try_get("id")?,
            protocol: text("protocol")?,
            active: flag(row, "active")?,
            endpoint: text("endpoint")?,
            location: text("location_id")?,
            manufacturer: text("manufacturer")?,
            model: text("model")?,
            created_at: text("created_at")?,
            updated_at: text("updated_at")?,
            // An organization that is gone is known by its key.
            organization: text("org_id")?.or(org_key),
            csconfig: Some(csconfig),
            ..Chargestation::default()
        },
    })
}

/// What the books know of a station that ChargePoint tells of.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Id and name.
    location: Option<(String, String)>,
    switched: Option<Switched>,
}

#[derive(Clone, Debug)]
struct Switched {
    active: bool,
    version: u64,
    at: String,
}

impl Known {
    /// Adds it to what ChargePoint tells.
    pub fn add_to(self, row: &mut ChargestationRow) {
        if let Some((id, name)) = self.location {
            (row.station.location, row.location_name) = (Some(id), Some(name));
        }
        if let Some(Switched { active, version, at }) = self.switched {
            (row.station.active, row.version) = (active, version);
            row.station.updated_at = row.station.updated_at.take().max(Some(at));
        }
    }
}

/// What the books know of ChargePoint's stations, by id; of one, or of all.
pub async fn known(tx: &mut Tx, station: Option<&str>) -> Result<HashMap<String, Known>, Error> {
    let mut all: HashMap<String, Known> = HashMap::new();
    let one = if station.is_some() {
        "s.station_id = $1"
    } else {
        "1 = 1"
    };
    let places = format!(
        "SELECT s.station_id, l.id, l.name FROM location_stations s JOIN locations l ON l.id = s.location_id \
         WHERE l.gone = 0 AND {one}"
    );
    let switches =
        format!("SELECT s.station_id, s.active, s.version, s.updated_at FROM station_flags s WHERE {one}");
    let binds: Vec<Bind> = station.map(Bind::from).into_iter().collect();
    for row in bind_all(query(AssertSqlSafe(places)), &binds)
        .fetch_all(&mut **tx)
        .await?
    {
        let place = (row.try_get("id")?, row.try_get("name")?);
        all.entry(row.try_get("station_id")?).or_default().location = Some(place);
    }
    for row in bind_all(query(AssertSqlSafe(switches)), &binds)
        .fetch_all(&mut **tx)
        .await?
    {
        let switched = Switched {
            active: flag(&row, "active")?,
            version: number(&row, "version")?,
            at: row.try_get("updated_at")?,
        };
        all.entry(row.try_get("station_id")?).or_default().switched = Some(switched);
    }
    Ok(all)
}
