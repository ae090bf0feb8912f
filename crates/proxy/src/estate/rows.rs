//! Records of the SOAP API as rows of a list.

use std::cmp::Ordering;
use std::sync::{Arc, OnceLock};

use chargepoint::calls::alarms::Alarm;
use chargepoint::calls::fleet_usage::FleetUsage;
use chargepoint::calls::fleet_vehicles::FleetVehicle;
use chargepoint::calls::load::StationLoad;
use chargepoint::calls::rights_profile::Task;
use chargepoint::calls::sessions::Session;
use chargepoint::calls::station_groups::{StationGroup, StationPlace};
use chargepoint::calls::station_rights::StationRight;
use chargepoint::calls::transactions::Transaction;
use chargepoint::codec::Record;
use chargepoint::codec::json::{Look, RecordJson, look};
use chargepoint::{CpnInstance, Station, StationStatus, User};
use domain::column::{Cell, Column, Head, Kind, Listed};
use domain::estate::lists::{self, List};
use domain::rows::texts;
use serde::ser::{Serialize, Serializer};

/// A record that stands in a list.
pub trait Told: Record + Send + Sync + 'static {
    /// The list and its columns.
    const LIST: List;
    /// What it is ordered by before anybody chose: the newest first.
    const NEWEST: Option<&'static str> = None;
    /// To whom it belongs.
    const BELONGS: Belongs;
    /// Where it names the station at which it happened, if it belongs to somebody else.
    const PLACE: Option<&'static str> = None;

    /// Leaves of the stations that it holds those that somebody reaches; none if that leaves it as it is.
    fn only(&self, _is_own: &dyn Fn(&str) -> bool) -> Option<Self> {
        None
    }
}

/// By what a record tells whose it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Belongs {
    /// By the id of an organization, at that place.
    Organization(&'static str),
    /// By the id of a station, at that place.
    Station(&'static str),
    /// It belongs to what was asked for, which is looked at first, or to everybody.
    Asked,
    /// It does not tell: accounts that are limited to organizations see none.
    Nobody,
}

/// A group is of one organization and may hold stations of others, who gave rights over them.
fn of_group(group: &StationGroup, is_own: &dyn Fn(&str) -> bool) -> Option<StationGroup> {
    let is_own = |place: &StationPlace| place.station_id.as_deref().is_some_and(is_own);
    if group.stations.iter().all(is_own) {
        return None;
    }
    let mut group = group.clone();
    group.stations.retain(is_own);
    Some(group)
}

macro_rules! told {
    ($($record:ty: $list:ident, $belongs:expr $(, newest $newest:literal)? $(, at $place:literal)? $(, only $only:expr)?;)*) => { $(
        impl Told for $record {
            $(
                fn only(&self, is_own: &dyn Fn(&str) -> bool) -> Option<Self> {
                    $only(self, is_own)
                }
            )?
            const LIST: List = lists::$list;
            const BELONGS: Belongs = $belongs;
            $( const NEWEST: Option<&'static str> = Some($newest); )?
            $( const PLACE: Option<&'static str> = Some($place); )?
        }
    )* };
}

use Belongs::{Asked, Nobody, Organization, Station as OfStation};

told! {
    CpnInstance: CPN_INSTANCES, Asked;
    Station: STATIONS, Organization("orgId");
    StationStatus: STATION_STATUS, OfStation("stationId");
    StationLoad: DRAWN, OfStation("stationId");
    StationGroup: STATION_GROUPS, Organization("orgId"), only of_group;
    StationRight: STATION_RIGHTS, OfStation("station.stationId");
    Task: RIGHTS_PROFILE, Asked;
    Session: SESSIONS, OfStation("stationId"), newest "startTime";
    Transaction: TRANSACTIONS, OfStation("stationId"), newest "transactionTime";
    Alarm: REPORTED_ALARMS, OfStation("stationId"), newest "alarmTime";
    User: DRIVERS, Nobody;
    FleetVehicle: FLEET_VEHICLES, Organization("orgId");
    FleetUsage: FLEET_USAGE, Organization("fleetOrgId"), newest "startTime", at "stationId";
}

/// A row.
pub struct Row<R> {
    pub record: Arc<R>,
    id: Arc<str>,
    /// The zone of its station's clock, where that is known and the record itself does not tell it.
    zone: Option<Arc<str>>,
    /// What of it is searched, once somebody did.
    folded: Arc<OnceLock<Vec<String>>>,
}

impl<R: Told> Row<R> {
    /// The row of a record and what makes it this one.
    pub fn new(record: R, id: &str) -> Self {
        let (record, id) = (Arc::new(record), id.into());
        Self {
            record,
            id,
            zone: None,
            folded: Arc::default(),
        }
    }

    /// The same row with those of its stations that somebody reaches.
    pub fn only(&self, is_own: &dyn Fn(&str) -> bool) -> Self {
        match self.record.only(is_own) {
            Some(record) => Self {
                zone: self.zone.clone(),
                ..Self::new(record, &self.id)
            },
            None => self.clone(),
        }
    }

    /// The id of the station that it is of, if it is told by that whose it is.
    pub fn station(&self) -> Option<String> {
        match R::BELONGS {
            Belongs::Station(path) => Some(self.text(path)),
            Belongs::Organization(_) | Belongs::Asked | Belongs::Nobody => None,
        }
    }

    /// Whether it can tell the zone of a station's clock.
    pub const HAS_ZONE: bool = R::PLACE.is_some() || matches!(R::BELONGS, Belongs::Station(_));

    /// The id of the station at which it happened.
    pub fn place(&self) -> Option<String> {
        R::PLACE.map(|path| self.text(path)).or_else(|| self.station())
    }

    /// The zone of its station's clock, if it was added.
    pub fn zone(&self) -> Option<&str> {
        self.zone.as_deref()
    }

    /// Adds the zone of its station's clock.
    pub fn set_zone(&mut self, zone: Option<Arc<str>>) {
        self.zone = zone;
    }

    /// The text at a place; empty where there is none.
    pub fn text(&self, path: &str) -> String {
        match look(&*self.record, path) {
            Look::Text(text) => text,
            Look::Number(number) => number.to_string(),
            Look::Nothing | Look::Bool(_) => String::new(),
        }
    }
}

impl<R> Clone for Row<R> {
    fn clone(&self) -> Self {
        Self {
            record: Arc::clone(&self.record),
            id: Arc::clone(&self.id),
            zone: self.zone.clone(),
            folded: Arc::clone(&self.folded),
        }
    }
}

impl<R: Told> Serialize for Row<R> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(serde::Serialize)]
        #[serde(rename_all = "camelCase", bound = "R: Record")]
        struct OfStation<'r, R: Record> {
            #[serde(flatten)]
            record: RecordJson<'r, R>,
            time_zone: Option<&'r str>,
        }
        let record = RecordJson(&*self.record);
        if !Self::HAS_ZONE {
            return record.serialize(serializer);
        }
        let time_zone = self.zone.as_deref();
        OfStation { record, time_zone }.serialize(serializer)
    }
}

impl<R: Told> Listed for Row<R> {
    const NAME: &'static str = R::LIST.name;
    const COLUMNS: &'static [Column<Self>] = Columns::<R>::ALL.split_at(R::LIST.heads.len()).0;
    const HEADS: &'static [Head] = R::LIST.heads;

    fn id(&self) -> &str {
        &self.id
    }

    fn folded(&self) -> Option<&[String]> {
        Some(self.folded.get_or_init(|| texts(self)))
    }
}

/// The order of a list before anybody chose one.
pub fn usual<R: Told>(a: &Row<R>, b: &Row<R>) -> Ordering {
    R::NEWEST.map_or(Ordering::Equal, |path| b.text(path).cmp(&a.text(path)))
}

fn cell<R: Told>(row: &Row<R>, head: &Head) -> Cell {
    match look(&*row.record, head.path) {
        Look::Nothing => Cell::Empty,
        Look::Text(text) => match (head.kind, text.parse::<f64>()) {
            (Kind::Number, Ok(number)) => Cell::Number(number),
            (Kind::Time, _) => Cell::Text(crate::clock::read(&text).unwrap_or(text)),
            _ => Cell::Text(text),
        },
        Look::Number(number) if head.kind == Kind::Number => Cell::Number(number),
        Look::Number(number) => Cell::Text(number.to_string()),
        Look::Bool(is) => Cell::Bool(is),
    }
}

/// The columns of a list, made at compile time: each head with a getter that knows its number.
struct Columns<R>(std::marker::PhantomData<R>);

macro_rules! numbered {
    ($($n:literal)*) => {
        impl<R: Told> Columns<R> {
            const ALL: &'static [Column<Row<R>>] = &[$( Self::of::<$n>(), )*];
        }
    };
}

numbered! {
    0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23
    24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47
}

impl<R: Told> Columns<R> {
    const fn of<const N: usize>() -> Column<Row<R>> {
        let heads = R::LIST.heads;
        Column {
            head: heads[if N < heads.len() { N } else { 0 }],
            get: |row| cell(row, &R::LIST.heads[N]),
        }
    }
}

#[cfg(test)]
mod tests {
    use chargepoint::table::{FieldShape, Kind as Wire, Shape};

    use super::*;

    /// Whether a place is one of a record.
    fn is_there(shape: &Shape, path: &str) -> bool {
        if shape.is_wrapper() {
            return match shape.fields[0].kind {
                Wire::Complex(nested) => is_there(nested, path),
                _ => path.is_empty(),
            };
        }
        let (name, rest) = path.split_once('.').unwrap_or((path, ""));
        let field = shape.fields.iter().find(|field| field.json == name);
        field.is_some_and(|field| match field.kind {
            Wire::Complex(nested) => rest.is_empty() || is_there(nested, rest),
            _ => rest.is_empty(),
        })
    }

    #[test]
    fn columns_name_places_of_their_record_and_leave_no_plain_field_out() {
        fn look<R: Told>() {
            for head in R::LIST.heads {
                assert!(is_there(&R::SHAPE, head.path), "{}: {}", R::LIST.name, head.path);
            }
            assert_eq!(Row::<R>::COLUMNS.len(), R::LIST.heads.len());
            let told = |field: &&FieldShape| {
                let shown = |head: &Head| head.path.split('.').next() == Some(field.json);
                // The number of ports is told by the ports.
                ["recordNumber", "modTimeStamp", "id", "numPorts"].contains(&field.json)
                    || matches!(field.kind, Wire::Complex(_))
                    || R::LIST.heads.iter().any(shown)
            };
            let untold: Vec<_> = R::SHAPE.fields.iter().filter(|field| !told(field)).collect();
            let untold: Vec<&str> = untold.iter().map(|field| field.json).collect();
            assert!(untold.is_empty(), "{}: no column for {untold:?}", R::LIST.name);
            if let Belongs::Organization(path) | Belongs::Station(path) = R::BELONGS {
                assert!(is_there(&R::SHAPE, path), "{}: {path}", R::LIST.name);
            }
            assert!(R::NEWEST.is_none_or(|path| is_there(&R::SHAPE, path)));
        }
        look::<CpnInstance>();
        look::<Station>();
        look::<StationStatus>();
        look::<StationLoad>();
        look::<StationGroup>();
        look::<StationRight>();
        look::<Task>();
        look::<Session>();
        look::<Transaction>();
        look::<Alarm>();
        look::<User>();
        look::<FleetVehicle>();
        look::<FleetUsage>();
    }

    #[test]
    fn a_group_holds_the_stations_that_somebody_reaches() {
        let place = |id: &str| StationPlace {
            station_id: Some(id.into()),
            geo: None,
        };
        let group = StationGroup {
            sg_id: Some("7".into()),
            stations: vec![place("1:1"), place("9:9")],
            ..StationGroup::default()
        };
        let row = Row::new(group, "7");
        let seen = |is_own: &dyn Fn(&str) -> bool| -> Vec<Option<String>> {
            let row = row.only(is_own);
            assert_eq!(row.text("sgId"), "7");
            row.record
                .stations
                .iter()
                .map(|one| one.station_id.clone())
                .collect()
        };
        assert_eq!(seen(&|id| id.starts_with("1:")), [Some("1:1".to_owned())]);
        assert_eq!(seen(&|_| true).len(), 2);
        assert!(seen(&|_| false).is_empty());
    }
}
