//! What each change touches, and how the audit log tells of it.

use chargepoint::Decision;
use chargepoint::calls::alarms::{AlarmsQuery, ClearAlarms, GetAlarms};
use chargepoint::calls::clear_shed_state::ClearShedState;
use chargepoint::calls::fleet_changes::{AddFleetVehicle, DeleteFleetVehicle, UpdateFleetVehicle};
use chargepoint::calls::fleet_vehicles::GetFleetVehicles;
use chargepoint::calls::load_shed_event::{CreateLoadShedEvent, RemoveLoadShedEvent};
use chargepoint::calls::shed_load::ShedLoad;
use chargepoint::calls::user_status::UpdateUserStatus;
use chargepoint::calls::waitlist::SetWaitlistDone;
use domain::alarms::Alarm;
use domain::audit::Change;
use domain::estate::lists::{ALARMS, DRIVERS, FLEET_VEHICLES, SESSIONS, STATION_GROUPS, STATIONS};
use domain::label::{AMOUNTS, label, spelt_out};
use domain::problem::Problem;
use serde_json::Value;

use super::{fleets, sheds};
use crate::app::App;
use crate::books::audit::Noted;
use crate::books::{Tx, alarms, load};
use crate::controllers::alarms::list::open;
use crate::estate::table::Write;
use crate::problem::Error;

/// Something that a change reaches.
pub enum Touched<'c> {
    Station(&'c str),
    Group(&'c str),
    Organization(&'c str),
    Vehicle(&'c str),
    /// Nobody says what.
    Anything,
}

use Touched::{Anything, Group, Organization, Station, Vehicle};

/// Whose what is changed is, and what it is called.
#[derive(Default)]
pub struct Whose {
    /// The id of the organization; empty where ChargePoint does not tell.
    pub organization: String,
    /// The name of the station or the group.
    pub name: Option<String>,
    /// See [`Told::before`].
    pub alarms: Vec<Alarm>,
}

/// A change that is told of.
pub trait Told: Write<Answer: Sync> {
    /// What it reaches: all of it must be the caller's.
    fn touches(&self) -> Vec<Touched<'_>>;

    /// What of a request ChargePoint would take without doing it.
    ///
    /// # Errors
    /// The fields that ask for it.
    fn refuse(_body: &Value) -> Result<(), Error> {
        Ok(())
    }

    /// The lines that tell of it. There is no answer where none came.
    fn noted(&self, body: &Value, answer: Option<&Self::Answer>) -> Vec<Noted>;

    /// Says in a refusal of it which field of the request it is about, where the problem does not say it already.
    fn blame(&self, _app: &App, _problem: &mut Problem) {}

    /// What must be known before it is done: the alarms that it clears.
    fn before(&self, _app: &App) -> impl Future<Output = Vec<Alarm>> + Send {
        async { Vec::new() }
    }

    /// Keeps what ChargePoint will not tell again, once it was done.
    fn keep(
        &self,
        _tx: &mut Tx,
        _answer: &Self::Answer,
        _whose: &Whose,
    ) -> impl Future<Output = Result<(), Error>> + Send {
        async { Ok(()) }
    }
}

/// Fields that are not told: cards let in.
const UNTOLD: &[&str] = &["chargePointCards"];

/// The fields of a request as they read.
fn fields(body: &Value) -> Vec<Change> {
    let mut told = Vec::new();
    collect(body, "", &mut told);
    told
}

fn collect(value: &Value, name: &str, told: &mut Vec<Change>) {
    match value {
        Value::Object(fields) => {
            let fields = fields.iter().filter(|(name, _)| !UNTOLD.contains(&name.as_str()));
            fields.for_each(|(name, value)| collect(value, name, told));
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, name, told)),
        Value::Null => {}
        Value::String(text) => told.push(Change::new(&words(name), None, Some(text.clone()))),
        other => told.push(Change::new(&words(name), None, Some(other.to_string()))),
    }
}

/// What a field is called where it is a column, or its name spelt out.
fn words(name: &str) -> String {
    // A form says beside it in which unit it is.
    if AMOUNTS.contains(&name) {
        return spelt_out(name);
    }
    let lists = [
        STATIONS,
        STATION_GROUPS,
        SESSIONS,
        ALARMS,
        DRIVERS,
        FLEET_VEHICLES,
    ];
    let mut heads = lists.iter().flat_map(|list| list.heads);
    heads
        .find(|head| head.key == name)
        .map_or_else(|| label(name), |head| head.label.to_owned())
}

fn line(what: &'static str, resource: &'static str, id: Option<&str>, body: &Value) -> Vec<Noted> {
    let id = id.unwrap_or_default();
    vec![Noted::new(what, resource, id, id).with(fields(body))]
}

/// A group or a station, as requests about load name one.
fn place<'c>(
    group: Option<&'c str>,
    station: Option<&'c str>,
) -> (Vec<Touched<'c>>, &'static str, Option<&'c str>) {
    match (group, station) {
        (Some(group), _) => (vec![Group(group)], "station-groups", Some(group)),
        (None, Some(station)) => (vec![Station(station)], "stations", Some(station)),
        (None, None) => (vec![Anything], "stations", None),
    }
}

macro_rules! of_place {
    ($call:ty, $what:literal, |$one:ident| $group:expr, $station:expr $(, keeps $keep:path)?) => {
        impl Told for $call {
            fn touches(&self) -> Vec<Touched<'_>> {
                let $one = self;
                place($group, $station).0
            }

            fn noted(&self, body: &Value, _: Option<&Self::Answer>) -> Vec<Noted> {
                let $one = self;
                let (_, resource, id) = place($group, $station);
                line($what, resource, id, body)
            }

            $(
                async fn keep(
                    &self,
                    tx: &mut Tx,
                    answer: &Self::Answer,
                    whose: &Whose,
                ) -> Result<(), Error> {
                    let $one = self;
                    let place = match ($group, $station) {
                        (Some(group), _) => (load::GROUP, group),
                        (None, station) => (load::STATION, station.unwrap_or_default()),
                    };
                    $keep(tx, (self, place), answer, whose).await
                }
            )?
        }
    };
}

of_place!(
    ShedLoad,
    "Load shed",
    |call| call
        .shed_query
        .shed_group
        .as_ref()
        .and_then(|group| group.sg_id.as_deref()),
    call.shed_query
        .shed_station
        .as_ref()
        .and_then(|station| station.station_id.as_deref()),
    keeps sheds::shed
);
of_place!(
    ClearShedState,
    "Load given back",
    |call| call
        .shed_query
        .shed_group
        .as_ref()
        .and_then(|group| group.sg_id.as_deref()),
    call.shed_query
        .shed_station
        .as_ref()
        .and_then(|station| station.station_id.as_deref()),
    keeps sheds::cleared
);
of_place!(
    CreateLoadShedEvent,
    "Load event planned",
    |call| call.shed_event.sg_id.as_deref(),
    call.shed_event.station_id.as_deref(),
    keeps sheds::planned
);
of_place!(
    SetWaitlistDone,
    "Told to be done",
    |call| None,
    call.station_id.as_deref()
);

impl Told for RemoveLoadShedEvent {
    fn touches(&self) -> Vec<Touched<'_>> {
        vec![Anything]
    }

    fn noted(&self, body: &Value, _: Option<&Self::Answer>) -> Vec<Noted> {
        line(
            "Load event removed",
            "load-events",
            self.event_id.as_deref(),
            body,
        )
    }

    async fn keep(&self, tx: &mut Tx, _: &Self::Answer, _: &Whose) -> Result<(), Error> {
        load::removed(tx, self.event_id.as_deref().unwrap_or_default().trim()).await
    }
}

impl Told for ClearAlarms {
    fn touches(&self) -> Vec<Touched<'_>> {
        let query = &self.search_query;
        // Everything that is named must hold: one of them is a limit.
        match (&query.station_id, &query.sg_id, &query.org_id) {
            (Some(station), ..) => vec![Station(station)],
            (None, Some(group), _) => vec![Group(group)],
            (None, None, Some(organization)) => vec![Organization(organization)],
            (None, None, None) => vec![Anything],
        }
    }

    fn noted(&self, body: &Value, _: Option<&Self::Answer>) -> Vec<Noted> {
        line(
            "Alarms cleared",
            "alarms",
            self.search_query.station_id.as_deref(),
            body,
        )
    }

    /// What it clears: ChargePoint will not tell of them again.
    async fn before(&self, app: &App) -> Vec<Alarm> {
        let asked = &self.search_query;
        let search_query = AlarmsQuery {
            org_id: asked.org_id.clone(),
            organization_name: asked.organization_name.clone(),
            station_id: asked.station_id.clone(),
            station_name: asked.station_name.clone(),
            sg_id: asked.sg_id.clone(),
            sg_name: asked.sg_name.clone(),
            start_time: asked.start_time.clone(),
            end_time: asked.end_time.clone(),
            port_number: asked.port_number.clone(),
            ..AlarmsQuery::default()
        };
        // That some may be missing in the list of cleared ones is no reason not to clear them.
        let found = app.estate.rows(&GetAlarms { search_query }, false, false).await;
        let Ok(found) = found else { return Vec::new() };
        let kind = asked.alarm_type.as_deref().map(str::trim);
        let is_meant = |alarm: &Alarm| kind.is_none_or(|kind| alarm.alarm_type.as_deref() == Some(kind));
        found.answer.iter().map(open).filter(is_meant).collect()
    }

    async fn keep(&self, tx: &mut Tx, _: &Self::Answer, whose: &Whose) -> Result<(), Error> {
        alarms::keep(tx, &whose.alarms, self.search_query.clear_reason.as_deref()).await
    }
}

impl Told for UpdateUserStatus {
    fn touches(&self) -> Vec<Touched<'_>> {
        vec![Anything]
    }

    fn noted(&self, body: &Value, _: Option<&Self::Answer>) -> Vec<Noted> {
        let what = match self.status.as_deref().and_then(Decision::of) {
            Some(Decision::Approved) => "Approved",
            Some(Decision::Rejected) => "Denied",
            Some(Decision::Removed) | None => "Removed",
        };
        line(what, "drivers", self.user_ids.first().map(String::as_str), body)
    }
}

impl Told for AddFleetVehicle {
    fn touches(&self) -> Vec<Touched<'_>> {
        vec![Anything]
    }

    fn blame(&self, app: &App, problem: &mut Problem) {
        fleets::blame(
            &self.vehicles,
            &app.estate.held_rows::<GetFleetVehicles>(),
            problem,
        );
    }

    fn noted(&self, body: &Value, answer: Option<&Self::Answer>) -> Vec<Noted> {
        let ids = answer
            .map(|answer| answer.fleet_vehicle_ids.as_slice())
            .unwrap_or_default();
        let vehicles = self.vehicles.iter().zip(body.as_array().into_iter().flatten());
        let one =
            |(n, (vehicle, body)): (usize, (&chargepoint::calls::fleet_changes::NewVehicle, &Value))| {
                let (id, plate) = (
                    ids.get(n).cloned().unwrap_or_default(),
                    vehicle.license.as_deref(),
                );
                Noted::new("Added", "fleet-vehicles", &id, plate.unwrap_or(&id)).with(fields(body))
            };
        vehicles.enumerate().map(one).collect()
    }
}

impl Told for UpdateFleetVehicle {
    fn refuse(body: &Value) -> Result<(), Error> {
        fleets::emptied(body.as_array().map(Vec::as_slice).unwrap_or_default())
    }

    fn touches(&self) -> Vec<Touched<'_>> {
        let ids = self
            .vehicles
            .iter()
            .map(|vehicle| vehicle.fleet_vehicle_id.as_deref());
        ids.map(|id| Vehicle(id.unwrap_or_default())).collect()
    }

    fn blame(&self, app: &App, problem: &mut Problem) {
        fleets::blame(
            &self.vehicles,
            &app.estate.held_rows::<GetFleetVehicles>(),
            problem,
        );
    }

    fn noted(&self, body: &Value, _: Option<&Self::Answer>) -> Vec<Noted> {
        let vehicles = self.vehicles.iter().zip(body.as_array().into_iter().flatten());
        let lines = vehicles.map(|(vehicle, body)| {
            line(
                "Changed",
                "fleet-vehicles",
                vehicle.fleet_vehicle_id.as_deref(),
                body,
            )
        });
        lines.flatten().collect()
    }
}

impl Told for DeleteFleetVehicle {
    fn touches(&self) -> Vec<Touched<'_>> {
        vec![Vehicle(self.fleet_vehicle_id.as_deref().unwrap_or_default())]
    }

    fn noted(&self, _: &Value, _: Option<&Self::Answer>) -> Vec<Noted> {
        line(
            "Deleted",
            "fleet-vehicles",
            self.fleet_vehicle_id.as_deref(),
            &Value::Null,
        )
    }
}
