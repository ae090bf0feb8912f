//! Times in which load is shed.

use serde::{Deserialize, Serialize};

use crate::Timestamp;
use crate::column::{Column, Head, Kind, Listed};
use crate::heads;

/// How it stands with an event, by its words.
pub const STATES: &[&str] = &["Planned", "Running", "Over", "Removed"];

/// A time in which load is shed, as the portal planned it: ChargePoint does not list them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct LoadEvent {
    /// ChargePoint's number, to remove it by.
    pub event_id: String,
    /// What the station or the group is called; its id where nobody knows.
    pub name: String,
    /// The station that is meant; none: a group.
    pub station_id: Option<String>,
    /// The zone of its clock, such as `Europe/Amsterdam`; null for a group, and while it is not known.
    pub time_zone: Option<String>,
    /// The group that is meant; none: a station.
    pub sg_id: Option<String>,
    /// One of [`STATES`].
    pub state: String,
    pub event_start_time: Timestamp,
    pub event_end_time: Timestamp,
    /// In minutes.
    pub event_duration: u64,
    /// What is shed, in words: `40 %`, `to 3.5 kW a port`.
    pub held: String,
    /// Percentage that is shed.
    pub percent: Option<f64>,
    /// Most that is allowed at each port, kW.
    pub allowed_kw: Option<f64>,
    /// Drivers may opt out.
    pub allow_opt_out: bool,
    /// Who planned it.
    pub who: String,
    pub made_at: Timestamp,
    pub removed_by: Option<String>,
    pub removed_at: Option<Timestamp>,
}

impl Listed for LoadEvent {
    const NAME: &'static str = "load-events";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::<Self>::new("eventId", "Event ID", Kind::Id, |e| (&e.event_id).into()).searched(),
        Column::<Self>::new("name", "Station or group", Kind::Text, |e| (&e.name).into())
            .early()
            .searched(),
        Column::<Self>::new("state", "State", Kind::Choice(STATES), |e| (&e.state).into()),
        Column::<Self>::new("eventStartTime", "Begins", Kind::Time, |e| {
            (&e.event_start_time).into()
        })
        .early(),
        Column::<Self>::new("eventEndTime", "Ends", Kind::Time, |e| (&e.event_end_time).into()),
        Column::<Self>::new("eventDuration", "Minutes", Kind::Number, |e| {
            e.event_duration.into()
        }),
        Column::<Self>::new("held", "Held back", Kind::Text, |e| (&e.held).into()),
        Column::<Self>::new("allowOptOut", "Opting out", Kind::Bool, |e| {
            e.allow_opt_out.into()
        })
        .hidden(),
        Column::<Self>::new("who", "Planned by", Kind::Text, |e| (&e.who).into()).searched(),
        Column::<Self>::new("stationId", "Station ID", Kind::Id, |e| (&e.station_id).into())
            .searched()
            .hidden(),
        Column::<Self>::new("sgId", "Station group ID", Kind::Id, |e| (&e.sg_id).into())
            .searched()
            .hidden(),
        Column::<Self>::new("madeAt", "Planned", Kind::Time, |e| (&e.made_at).into()).hidden(),
        Column::<Self>::new("removedBy", "Removed by", Kind::Text, |e| (&e.removed_by).into()).hidden(),
        Column::<Self>::new("removedAt", "Removed", Kind::Time, |e| (&e.removed_at).into()).hidden(),
    ];
    const HEADS: &'static [Head] = heads!(LoadEvent);

    fn id(&self) -> &str {
        &self.event_id
    }
}
