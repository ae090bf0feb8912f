//! Load management: what stations draw, what is shed, and the times planned for it.

mod event;
mod preview;
mod sum;

pub use event::{LoadEvent, STATES};
pub use preview::{Refusal, Shed, ShedPreview, Way, preview};
pub use sum::Sum;

use serde::{Deserialize, Serialize};

use crate::Timestamp;
use crate::column::{Cell, Column, Head, Kind, Listed};
use crate::heads;

/// What a port draws.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PortLoad {
    pub port_number: String,
    /// kW; none where ChargePoint does not tell.
    pub load: Option<f64>,
    /// Nominal, kW.
    pub capacity: Option<f64>,
    pub shed: bool,
    /// Percentage that is shed.
    pub percent_shed: Option<f64>,
    /// Most that is allowed, kW.
    pub allowed_load: Option<f64>,
    /// The session that goes on at it.
    pub session_id: Option<String>,
}

/// What a station draws, and what it could.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct LoadOfStation {
    pub station_id: String,
    pub station_name: String,
    pub address: String,
    pub organization_name: String,
    pub org_id: String,
    /// Names of its station groups.
    pub groups: Vec<String>,
    /// Their ids.
    pub group_ids: Vec<String>,
    /// kW; none where ChargePoint does not tell.
    pub station_load: Option<f64>,
    /// What its ports can give together, kW.
    pub capacity: Option<f64>,
    /// What is shed, in words: `40 %`, `to 3.5 kW`, `30 % until cleared` where the portal knows that it has no end;
    /// empty where nothing is.
    pub shed: String,
    /// Percentage that is shed; of several ports, the highest.
    pub percent_shed: Option<f64>,
    /// Most that is allowed, kW; of several ports, the lowest.
    pub allowed_load: Option<f64>,
    /// Until when; none: until it is cleared, or somebody else shed it.
    pub shed_until: Option<Timestamp>,
    /// The zone of its clock, such as `Europe/Amsterdam`.
    pub time_zone: Option<String>,
    pub ports: Vec<PortLoad>,
}

/// Sums of load, to the watt: numbers are binary, and nobody measured the digits behind it.
pub fn rounded(kw: f64) -> f64 {
    (kw * 1000.0).round() / 1000.0
}

impl Listed for LoadOfStation {
    const NAME: &'static str = "load";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::<Self>::new("stationName", "Station", Kind::Text, |l| (&l.station_name).into())
            .early()
            .searched(),
        Column::<Self>::new("stationId", "Station ID", Kind::Id, |l| (&l.station_id).into()).searched(),
        Column::<Self>::new("stationLoad", "Load, kW", Kind::Number, |l| {
            number(l.station_load)
        })
        .places(2),
        Column::<Self>::new("capacity", "Capacity, kW", Kind::Number, |l| number(l.capacity)).places(2),
        Column::<Self>::new("shed", "Shed", Kind::Text, |l| (&l.shed).into()),
        Column::<Self>::new("percentShed", "Shed, %", Kind::Number, |l| number(l.percent_shed)).hidden(),
        Column::<Self>::new("allowedLoad", "Allowed, kW", Kind::Number, |l| {
            number(l.allowed_load)
        })
        .places(2)
        .hidden(),
        Column::<Self>::new("shedUntil", "Shed until", Kind::Time, |l| (&l.shed_until).into()),
        Column::<Self>::new("groups", "Station groups", Kind::Text, |l| {
            l.groups.join(", ").as_str().into()
        })
        .searched(),
        Column::<Self>::new("organizationName", "Organization", Kind::Text, |l| {
            (&l.organization_name).into()
        })
        .searched(),
        Column::<Self>::new("orgId", "Organization ID", Kind::Id, |l| (&l.org_id).into()).hidden(),
        Column::<Self>::new("address", "Address", Kind::Text, |l| (&l.address).into())
            .searched()
            .hidden(),
    ];
    const HEADS: &'static [Head] = heads!(LoadOfStation);

    fn id(&self) -> &str {
        &self.station_id
    }
}

fn number(of: Option<f64>) -> Cell {
    of.map_or(Cell::Empty, Cell::Number)
}

/// How much is shed, in words; empty for nothing.
pub fn words(percent: Option<f64>, allowed: Option<f64>) -> String {
    match (percent, allowed) {
        (Some(percent), _) => format!("{percent} %"),
        (None, Some(kw)) => format!("to {kw} kW"),
        (None, None) => String::new(),
    }
}
