//! Alarms of stations: those that are open, and those that the portal cleared, which stay to be seen.

use serde::{Deserialize, Serialize};

use crate::Timestamp;
use crate::column::{Column, Head, Kind, Listed};
use crate::export::Chosen;
use crate::heads;

/// How it stands with an alarm, by its words.
pub const STATES: &[&str] = &["Open", "Cleared"];

/// An alarm.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Alarm {
    /// The portal's own: ChargePoint gives none. What happened where and when makes it this one.
    pub id: String,
    /// What happened.
    pub alarm_type: Option<String>,
    pub alarm_time: Option<Timestamp>,
    pub station_name: Option<String>,
    pub station_id: Option<String>,
    pub port_number: Option<String>,
    pub organization_name: Option<String>,
    pub org_id: Option<String>,
    pub company_id: Option<String>,
    pub sg_id: Option<String>,
    pub station_model: Option<String>,
    pub station_manufacturer: Option<String>,
    pub station_serial_num: Option<String>,
    /// The zone of the station's clock, where it is known.
    pub time_zone: Option<String>,
    /// `Open` or `Cleared`.
    pub state: String,
    pub cleared_at: Option<Timestamp>,
    pub cleared_by: Option<String>,
    /// Why it was cleared.
    pub reason: Option<String>,
}

impl Listed for Alarm {
    const NAME: &'static str = "alarms";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::<Self>::new("alarmType", "Alarm", Kind::Text, |a| (&a.alarm_type).into()).searched(),
        Column::<Self>::new("alarmTime", "When", Kind::Time, |a| (&a.alarm_time).into()),
        Column::<Self>::new("stationName", "Station", Kind::Text, |a| (&a.station_name).into())
            .early()
            .searched(),
        Column::<Self>::new("stationId", "Station ID", Kind::Id, |a| (&a.station_id).into())
            .searched()
            .hidden(),
        Column::<Self>::new("portNumber", "Port", Kind::Text, |a| (&a.port_number).into()),
        Column::<Self>::new("state", "State", Kind::Choice(STATES), |a| (&a.state).into()),
        Column::<Self>::new("organizationName", "Organization", Kind::Text, |a| {
            (&a.organization_name).into()
        })
        .searched(),
        Column::<Self>::new("orgId", "Organization ID", Kind::Id, |a| (&a.org_id).into()).hidden(),
        Column::<Self>::new("companyId", "Company", Kind::Id, |a| (&a.company_id).into()).hidden(),
        Column::<Self>::new("sgId", "Station group ID", Kind::Text, |a| (&a.sg_id).into()).hidden(),
        Column::<Self>::new("stationModel", "Model", Kind::Text, |a| (&a.station_model).into()).hidden(),
        Column::<Self>::new("stationManufacturer", "Manufacturer", Kind::Text, |a| {
            (&a.station_manufacturer).into()
        })
        .hidden(),
        Column::<Self>::new("stationSerialNum", "Serial number", Kind::Id, |a| {
            (&a.station_serial_num).into()
        })
        .searched()
        .hidden(),
        Column::<Self>::new("clearedAt", "Cleared", Kind::Time, |a| (&a.cleared_at).into()),
        Column::<Self>::new("clearedBy", "Cleared by", Kind::Text, |a| (&a.cleared_by).into()),
        Column::<Self>::new("reason", "Reason", Kind::Text, |a| (&a.reason).into()).searched(),
    ];
    const HEADS: &'static [Head] = heads!(Alarm);

    fn id(&self) -> &str {
        &self.id
    }
}

/// POST `/alarms/clear`: which alarms are cleared, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct ClearChosen {
    pub chosen: Chosen,
    pub reason: String,
}

/// What came of clearing chosen alarms; clearing by ChargePoint's own parameters tells no numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct ClearedAlarms {
    /// How many were cleared.
    pub cleared: u64,
    /// How many stay open.
    pub left: u64,
    /// Why the first of these does.
    pub problem: Option<String>,
}
