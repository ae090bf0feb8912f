//! The stations of both sources as one list in memory, and one of them.

use std::cmp::Ordering;
use std::collections::HashMap;

use axum::http::{HeaderName, HeaderValue};
use chargepoint::calls::station_status::{GetStationStatus, StatusQuery};
use chargepoint::calls::stations::{GetStations, StationsQuery};
use chargepoint::{Station, StationStatus};
use domain::Timestamp;
use domain::chargestations::{Chargestation, ChargestationRow};
use domain::column::Listed;
use domain::problem::Problem;
use domain::text::fold;
use schemars::JsonSchema;
use serde::Serialize;

use super::facts::{self, Fact};
use crate::access::caller;
use crate::app::App;
use crate::books::chargestations;
use crate::books::organizations::key;
use crate::controllers::calls::{age, missing};
use crate::estate::Kept;
use crate::estate::chargestations::of;
use crate::estate::rows::Row;
use crate::middleware::if_match::Versioned;
use crate::problem::Error;

/// What every id of the portal's own begins with.
const OWN: &str = "chs_";

/// Whether an id is one of the portal's own stations.
pub fn is_own(id: &str) -> bool {
    id.starts_with(OWN)
}

/// The parameter of the list that is none of every list: the station group whose stations are meant.
pub const GROUP: &str = "sgId";

/// That parameter, as it is described.
#[derive(JsonSchema)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code)]
pub struct OfGroup {
    /// Only the stations of that station group and of those below it.
    sg_id: Option<String>,
}

type Pairs = Vec<(String, String)>;

/// The station group among the parameters, and the others.
///
/// # Errors
/// It stands twice.
pub fn group(pairs: Pairs) -> Result<(Option<String>, Pairs), Error> {
    let (own, others): (Vec<_>, Vec<_>) = pairs.into_iter().partition(|(key, _)| key == GROUP);
    if own.len() > 1 {
        return Err(Error::Malformed(format!("{GROUP} stands twice")));
    }
    let group = own.into_iter().next().map(|(_, id)| id.trim().to_owned());
    Ok((group.filter(|id| !id.is_empty()), others))
}

/// All stations that the caller reaches.
#[derive(Default)]
pub struct Rows {
    pub stations: Vec<ChargestationRow>,
    /// When ChargePoint was asked what its stations are doing.
    pub as_of: Option<Timestamp>,
    pub age: Option<(HeaderName, HeaderValue)>,
    /// Why ChargePoint's stations, or their states, are old or missing.
    pub problem: Option<Problem>,
}

/// Reads both sources; of a station group, those that are in it or in one below it.
///
/// # Errors
/// The books fail; ChargePoint only leaves its stations out, or their states.
pub async fn read(app: &App, group: Option<&str>, anew: bool) -> Result<Rows, Error> {
    let mut rows = match app.estate.measured() {
        Some(_) => at_chargepoint(app, anew).await?,
        None => Rows::default(),
    };
    let own = chargestations::all(&mut app.books.read().await?).await?;
    rows.stations.extend(own);
    if let Some(group) = group {
        let groups = app.estate.with_groups_below(group).await;
        let is_in = |row: &ChargestationRow| row.station_groups.iter().any(|own| groups.contains(&own.id));
        rows.stations.retain(is_in);
    }
    Ok(rows)
}

async fn at_chargepoint(app: &App, anew: bool) -> Result<Rows, Error> {
    let (all, states) = (GetStations::default(), GetStationStatus::default());
    let (all, states) = tokio::join!(
        app.estate.rows(&all, false, anew),
        app.estate.rows(&states, false, anew)
    );
    let mut rows = Rows::default();
    let all = match all {
        Ok(all) => all,
        Err(error) => {
            rows.problem = Some(error.problem());
            return Ok(rows);
        }
    };
    (rows.as_of, rows.age) = (Some(all.as_of.clone()), Some(age(&all)));
    rows.problem = all.problem.clone();
    let states = match states {
        Ok(states) => {
            (rows.as_of, rows.age) = (Some(states.as_of.clone()), Some(age(&states)));
            rows.problem = rows.problem.or_else(|| states.problem.clone());
            Some(states)
        }
        Err(error) => {
            rows.problem = rows.problem.or_else(|| Some(error.problem()));
            None
        }
    };
    let states = states.iter().flat_map(|states| states.answer.iter());
    let states: HashMap<&str, &StationStatus> = states.map(|row| (row.id(), &*row.record)).collect();
    let mut known = chargestations::known(&mut app.books.read().await?, None).await?;
    let caller = caller();
    for row in all.answer.iter() {
        let organization = row.record.org_id.as_deref().unwrap_or_default();
        if caller.organizations.is_some() && !caller.reaches(&key(organization)) {
            continue;
        }
        let Some(mut station) = of(&row.record, states.get(row.id()).copied()) else {
            continue;
        };
        if let Some(known) = known.remove(&station.station.id) {
            known.add_to(&mut station);
        }
        rows.stations.push(station);
    }
    Ok(rows)
}

/// By name.
pub fn usual(a: &ChargestationRow, b: &ChargestationRow) -> Ordering {
    fold(&a.name).cmp(&fold(&b.name))
}

/// A charge station, and what ChargePoint says of it.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ChargestationRecord")]
pub struct One {
    #[serde(flatten)]
    station: Chargestation,
    /// Null for a station of the portal's own.
    chargepoint: Option<AtChargePoint>,
}

/// A charge station, and what its page needs besides.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ChargestationPage")]
pub struct Page {
    #[serde(flatten)]
    record: One,
    /// The ETag is `"<version>"`.
    version: u64,
    /// What its page says, each thing once and in words.
    facts: Vec<Fact>,
    /// What the caller may do with it as it is now.
    can: Vec<&'static str>,
}

/// What ChargePoint says of one of its stations.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AtChargePoint {
    /// As `/stations/{id}` tells it.
    #[serde(flatten)]
    station: Row<Station>,
    /// As `/stations/{id}/status` tells it; null where ChargePoint does not.
    status: Option<Row<StationStatus>>,
    /// When ChargePoint was asked.
    as_of: Timestamp,
    /// Why this is its last answer and no new one.
    problem: Option<Problem>,
}

impl One {
    /// A station, by its version.
    pub fn of(row: ChargestationRow, chargepoint: Option<AtChargePoint>) -> Versioned<Self> {
        let station = row.station;
        Versioned(row.version, Self { station, chargepoint })
    }
}

impl Page {
    /// A station as the caller is told of it.
    pub fn of(row: ChargestationRow, chargepoint: Option<AtChargePoint>) -> Self {
        let caller = caller();
        let station = chargepoint.as_ref().map(|at| &*at.station.record);
        Self {
            version: row.version,
            facts: facts::of(&row, station),
            can: row.can(|permission| caller.may(permission)),
            record: One {
                station: row.station,
                chargepoint,
            },
        }
    }

    /// The same by its version.
    pub fn versioned(self) -> Versioned<Self> {
        Versioned(self.version, self)
    }
}

/// A station of ChargePoint's, which the caller is known to reach.
pub struct Found {
    pub row: ChargestationRow,
    pub at: AtChargePoint,
    pub age: (HeaderName, HeaderValue),
}

/// Looks a station of ChargePoint's up.
///
/// # Errors
/// There is none of that id, or ChargePoint does not tell.
pub async fn find(app: &App, id: &str, anew: bool) -> Result<Found, Error> {
    const NOUN: Error = Error::NotFound("charge station");
    if app.estate.measured().is_none() {
        return Err(NOUN);
    }
    let station = GetStations {
        search_query: StationsQuery {
            station_id: Some(id.to_owned()),
            ..StationsQuery::default()
        },
    };
    let status = GetStationStatus {
        search_query: StatusQuery {
            station_id: Some(id.to_owned()),
            port_details: Some(true),
            ..StatusQuery::default()
        },
    };
    let (station, status) = tokio::join!(
        app.estate.rows(&station, false, anew),
        app.estate.rows(&status, false, anew)
    );
    let station = station.map_err(|error| missing(error, &[("stationId", id.to_owned())]))?;
    let row = station
        .answer
        .iter()
        .find(|row| row.id() == id)
        .cloned()
        .ok_or(NOUN)?;
    let own = |kept: &Kept<Vec<Row<StationStatus>>>| kept.answer.iter().find(|row| row.id() == id).cloned();
    let (as_of, problem, age, state) = match &status {
        Ok(kept) => (
            kept.as_of.clone(),
            kept.problem.clone().or_else(|| station.problem.clone()),
            age(kept),
            own(kept),
        ),
        Err(error) => (station.as_of.clone(), Some(error.problem()), age(&station), None),
    };
    let mut told = of(&row.record, state.as_ref().map(|row| &*row.record)).ok_or(NOUN)?;
    let known = chargestations::known(&mut app.books.read().await?, Some(id)).await?;
    if let Some(known) = known.into_values().next() {
        known.add_to(&mut told);
    }
    let at = AtChargePoint {
        station: row,
        status: state,
        as_of,
        problem,
    };
    Ok(Found { row: told, at, age })
}
