use chargepoint::{DateTime, Station};

use super::groups;
use super::models::{self, Model};
use super::organizations::{self, Organization};
use crate::clock::seconds;
use crate::random::Dice;

/// What counts of a station in the simulation, read from its record once.
#[derive(Debug, Clone, PartialEq)]
pub struct Traits {
    /// The number in its identifier.
    pub number: u64,
    /// Seconds from UTC.
    pub offset: i64,
    /// When it was activated, in seconds since 1970 UTC.
    pub activated: i64,
    /// What its ports deliver.
    pub outlets: Vec<Outlet>,
    /// Whose it is.
    pub organization: Option<&'static Organization>,
    /// The groups it is in, and the group these belong to.
    pub groups: Vec<i32>,
    /// How its load can be shed.
    pub shed: Shedding,
    /// Whether drivers wait for it in turn, and what happens to the session of one who is done.
    pub waitlist: Option<Waitlist>,
}

/// What a port delivers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outlet {
    /// Kilowatts at most.
    pub kw: f64,
    pub dc: bool,
}

/// How load can be shed at a station.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shedding {
    /// At the station and at each port, by percent and by kilowatts.
    Full,
    /// By percent only.
    PercentOnly,
    /// At the station as a whole only.
    StationOnly,
    /// Not at all: it shares a panel with others.
    PanelSharing,
}

/// What becomes of a session whose driver was told that it is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waitlist {
    /// It goes on; the driver is asked to move.
    Stays,
    /// It ends: the next driver may unplug the vehicle.
    Ends,
}

impl Traits {
    pub fn of(station: &Station) -> Self {
        let number = number(station.station_id.as_deref().unwrap_or_default());
        let model = station.station_model.as_deref().and_then(models::model_of);
        let organization = station.org_id.as_deref().and_then(organizations::organization_of);
        let dc = model.is_some_and(|model| model.dc);
        let outlets = station.ports.iter().map(|port| Outlet {
            kw: port
                .power
                .as_deref()
                .and_then(|kw| kw.parse().ok())
                .unwrap_or(7.2),
            dc,
        });
        let mut groups: Vec<i32> = station
            .sg_ids
            .as_deref()
            .unwrap_or_default()
            .iter()
            .flat_map(|id| id.parse())
            .collect();
        groups.extend(organization.map(groups::whole));
        let activated = station.station_activation_date.as_ref();
        Self {
            number,
            offset: offset(station),
            activated: activated
                .and_then(|DateTime(moment)| seconds(moment))
                .unwrap_or_default(),
            outlets: outlets.collect(),
            organization,
            groups,
            shed: shedding(number, model),
            waitlist: waitlist(number),
        }
    }

    /// The local time of day at a moment, in seconds since midnight.
    pub fn time_of_day(&self, moment: i64) -> i64 {
        (moment + self.offset).rem_euclid(86_400)
    }
}

/// The number in a station's identifier; 0 where there is none.
pub fn number(id: &str) -> u64 {
    let number = id
        .rsplit(':')
        .next()
        .and_then(|digits| digits.trim().parse().ok());
    number.unwrap_or_default()
}

fn shedding(number: u64, model: Option<&Model>) -> Shedding {
    if Dice::of(&[number, 0x5_4ED]).chance(0.05) {
        return Shedding::PanelSharing;
    }
    model.map_or(Shedding::Full, |model| model.shed)
}

fn waitlist(number: u64) -> Option<Waitlist> {
    match Dice::of(&[number, 0x3A17]).below(10) {
        0..2 => Some(Waitlist::Stays),
        2..4 => Some(Waitlist::Ends),
        _ => None,
    }
}

/// Seconds from UTC, by the station's own `timezoneOffset`.
fn offset(station: &Station) -> i64 {
    let text = station.timezone_offset.as_deref().unwrap_or_default();
    let (sign, text) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.trim_start_matches('+')),
    };
    let mut parts = text
        .split(':')
        .map(|part| part.parse::<i64>().unwrap_or_default());
    let (hours, minutes) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    sign * (hours * 3600 + minutes * 60)
}
