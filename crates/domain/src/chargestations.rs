//! Charge stations: those of ChargePoint and the portal's own, which are registered by hand, in one shape.

use serde::{Deserialize, Serialize};

use crate::Timestamp;
use crate::access::Action;
use crate::column::{Cell, Column, Head, Kind, Listed};
use crate::field::{Field, Input};
use crate::{heads, packed};

/// The protocols that a station of the portal's own may speak.
pub const PROTOCOLS: &[&str] = &["ocpp1.6", "ocpp2.0.1"];
/// The words of *Status*.
pub const STATUSES: &[&str] = &[
    "Available",
    "Preparing",
    "Charging",
    "SuspendedEV",
    "SuspendedEVSE",
    "Finishing",
];
/// The words for what a port is doing.
pub const PORT_STATES: &[&str] = &["Available", "In use", "Unreachable", "Unknown"];
/// The words of *Source*: who tells of a station.
pub const SOURCES: &[&str] = &["ChargePoint", "Portal"];
/// The most settings that are kept of a station.
pub const MAX_SETTINGS: usize = 500;
/// The longest name of a setting, in OCPP.
pub const MAX_SETTING_KEY: usize = 50;
/// The longest value of a setting, in OCPP 2.0.1.
pub const MAX_SETTING_VALUE: usize = 2_500;
/// Settings that hold a station's password: it is no business of this list.
pub const SECRET_SETTINGS: &[&str] = &["AuthorizationKey", "BasicAuthPassword"];

/// A charge station. Null is what nobody tells: ChargePoint says nothing of protocol, endpoint, connections and
/// configuration; a station of the portal's own is not connected to the portal and has no state.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Chargestation {
    /// ChargePoint's station id, or the portal's own.
    #[serde(rename = "_id")]
    pub id: String,
    /// `ocpp1.6` or `ocpp2.0.1`; null at ChargePoint, which does not tell.
    pub protocol: Option<String>,
    /// ChargePoint's network status is Reachable; false for the portal's own.
    pub online: bool,
    /// The operators' switch. It stops nobody from charging: decisions are about locations.
    pub active: bool,
    /// Available while one of its ports is, Charging while those that answer are in use, else null.
    pub status: Option<String>,
    /// Ids of its EVSEs, as `/evses` has them: one for each port.
    pub evses: Vec<String>,
    /// What the station calls itself when it connects; null at ChargePoint.
    pub endpoint: Option<String>,
    /// The id of its charge location.
    pub location: Option<String>,
    pub manufacturer: Option<String>,
    /// At ChargePoint: when it was activated.
    pub created_at: Option<Timestamp>,
    pub model: Option<String>,
    /// The later of ChargePoint's and the portal's last change.
    pub updated_at: Option<Timestamp>,
    /// Null: ChargePoint does not tell, and the portal's own do not connect to it.
    pub last_connect_at: Option<Timestamp>,
    /// Null, as before.
    pub last_disconnect_at: Option<Timestamp>,
    /// At ChargePoint: when one of its ports last spoke.
    pub last_message_at: Option<Timestamp>,
    /// The id of its organization.
    pub organization: Option<String>,
    /// Null at ChargePoint, which does not tell.
    pub csconfig: Option<Vec<Setting>>,
}

/// A setting of a station's configuration.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Setting {
    pub key: String,
    #[serde(default)]
    pub value: String,
    #[serde(default)]
    pub readonly: bool,
}

/// A charge station as it is listed: with the names of what it refers to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ChargestationRow {
    #[serde(flatten)]
    pub station: Chargestation,
    /// The ETag is `"<version>"`; 0 for a station of ChargePoint's that nobody has switched.
    pub version: u64,
    /// ChargePoint's name for it; else the endpoint.
    pub name: String,
    /// One of [`SOURCES`].
    pub source: String,
    pub location_name: Option<String>,
    pub organization_name: Option<String>,
    pub serial_number: Option<String>,
    pub mac_address: Option<String>,
    /// What its ports are doing, one word of [`PORT_STATES`] each; none where nobody tells.
    pub ports: Vec<String>,
    /// The station groups that it is in, at ChargePoint.
    pub station_groups: Vec<StationGroup>,
    /// The zone of its clock, such as `Europe/Amsterdam`; null while that is not known.
    pub time_zone: Option<String>,
}

/// A station group that a station is in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "StationGroupRef"))]
pub struct StationGroup {
    pub id: String,
    pub name: String,
}

impl ChargestationRow {
    /// Whether it is the portal's own.
    pub fn is_own(&self) -> bool {
        self.source == SOURCES[1]
    }
}

/// Who changes stations.
const MANAGERS: &[&str] = &["Manage:Station"];

impl Listed for ChargestationRow {
    const NAME: &'static str = "chargestations";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::<Self>::new("name", "Charge station", Kind::Text, |s| (&s.name).into()).searched(),
        Column::<Self>::new("id", "Station ID", Kind::Id, |s| (&s.station.id).into())
            .at("_id")
            .searched(),
        Column::<Self>::new("online", "Reachable", Kind::Bool, |s| s.station.online.into()),
        Column::<Self>::new("active", "Active", Kind::Bool, |s| s.station.active.into()),
        Column::<Self>::new("status", "Status", Kind::Choice(STATUSES), |s| {
            (&s.station.status).into()
        }),
        Column::<Self>::new("ports", "Port status", Kind::Text, |s| {
            s.ports.join(", ").as_str().into()
        })
        .hidden(),
        Column::<Self>::new("evses", "EVSEs", Kind::Number, |s| count(s.station.evses.len())),
        Column::<Self>::new("locationName", "Location", Kind::Text, |s| {
            (&s.location_name).into()
        })
        .searched(),
        Column::<Self>::new("organizationName", "Organization", Kind::Text, |s| {
            (&s.organization_name).into()
        })
        .searched(),
        Column::<Self>::new("manufacturer", "Manufacturer", Kind::Text, |s| {
            (&s.station.manufacturer).into()
        })
        .searched(),
        Column::<Self>::new("model", "Model", Kind::Text, |s| (&s.station.model).into()).searched(),
        Column::<Self>::new("serialNumber", "Serial number", Kind::Id, |s| {
            (&s.serial_number).into()
        })
        .searched(),
        Column::<Self>::new("macAddress", "MAC address", Kind::Id, |s| (&s.mac_address).into())
            .searched()
            .hidden(),
        Column::<Self>::new("protocol", "Protocol", Kind::Choice(PROTOCOLS), |s| {
            (&s.station.protocol).into()
        }),
        Column::<Self>::new("endpoint", "Endpoint", Kind::Id, |s| (&s.station.endpoint).into())
            .searched()
            .hidden(),
        Column::<Self>::new("source", "Source", Kind::Choice(SOURCES), |s| (&s.source).into()).hidden(),
        Column::<Self>::new("lastMessageAt", "Last message", Kind::Time, |s| {
            (&s.station.last_message_at).into()
        }),
        Column::<Self>::new("lastConnectAt", "Last connected", Kind::Time, |s| {
            (&s.station.last_connect_at).into()
        })
        .hidden(),
        Column::<Self>::new("lastDisconnectAt", "Last disconnected", Kind::Time, |s| {
            (&s.station.last_disconnect_at).into()
        })
        .hidden(),
        Column::<Self>::new("createdAt", "Added", Kind::Time, |s| {
            (&s.station.created_at).into()
        })
        .hidden(),
        Column::<Self>::new("updatedAt", "Updated", Kind::Time, |s| {
            (&s.station.updated_at).into()
        })
        .hidden(),
        Column::<Self>::new("location", "Location ID", Kind::Id, |s| {
            (&s.station.location).into()
        })
        .hidden(),
        Column::<Self>::new("organization", "Organization ID", Kind::Id, |s| {
            (&s.station.organization).into()
        })
        .hidden(),
        Column::<Self>::new("stationGroups", "Station groups", Kind::Text, |s| {
            let names: Vec<&str> = s.station_groups.iter().map(|group| group.name.as_str()).collect();
            names.join(", ").as_str().into()
        })
        .hidden(),
        Column::<Self>::new("csconfig", "Configuration", Kind::Number, |s| {
            s.station
                .csconfig
                .as_ref()
                .map_or(Cell::Empty, |all| count(all.len()))
        })
        .hidden(),
        Column::<Self>::new("timeZone", "Time zone", Kind::Text, |s| (&s.time_zone).into()).hidden(),
    ];
    const HEADS: &'static [Head] = heads!(ChargestationRow);
    const PACKED: &'static str = packed!(ChargestationRow);
    const ID: &'static str = "_id";
    const ACTIONS: &'static [Action<Self>] = &[
        Action::new("edit", MANAGERS).when(Self::is_own),
        Action::new("activate", MANAGERS).when(|s| !s.station.active),
        Action::new("deactivate", MANAGERS).when(|s| s.station.active),
        Action::new("delete", MANAGERS).when(Self::is_own),
    ];

    fn id(&self) -> &str {
        &self.station.id
    }
}

fn count(number: usize) -> Cell {
    Cell::Number(number as f64)
}

/// What is entered of a station of the portal's own. Location, organization and configuration are chosen beside.
pub const FIELDS: &[Field] = &[
    Field::new("endpoint", "Endpoint", Input::Id)
        .required()
        .hint("The name with which the station connects, at the end of its address"),
    Field::new("protocol", "Protocol", Input::Choice(PROTOCOLS)).required(),
    Field::new("manufacturer", "Manufacturer", Input::Line),
    Field::new("model", "Model", Input::Line),
    Field::new("active", "Active", Input::Flag),
];

/// The longest endpoint, in OCPP.
pub const MAX_ENDPOINT: usize = 48;

/// Why a text is no endpoint: it stands in an address and is an `identifierString` of OCPP.
pub fn no_endpoint(text: &str) -> Option<String> {
    let is_of_one = |c: char| c.is_ascii_alphanumeric() || "*-_=:+|@.".contains(c);
    if text.chars().count() > MAX_ENDPOINT {
        return Some(format!("at most {MAX_ENDPOINT} characters"));
    }
    if !text.chars().all(is_of_one) {
        return Some("an endpoint has letters without accents, digits and * - _ = : + | @ . only".into());
    }
    None
}

/// A station as entered: POST takes all of it, PATCH what is there. An empty text clears a field. Of a station of
/// ChargePoint's only `active` changes here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct ChargestationInput {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub active: Option<bool>,
    /// Unique, whatever its case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endpoint: Option<String>,
    /// `ocpp1.6` or `ocpp2.0.1`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocol: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub manufacturer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// The id of a charge location.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
    /// The id of an organization; where it is not said, the location's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization: Option<String>,
    /// All settings, in their order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub csconfig: Option<Vec<Setting>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_endpoint() {
        for text in ["edrv01", "CP*1-2_3=4:5+6|7@8.9"] {
            assert_eq!(no_endpoint(text), None, "{text}");
        }
        assert!(no_endpoint("a b").is_some_and(|said| said.contains("only")));
        assert!(no_endpoint("a/b").is_some_and(|said| said.contains("only")));
        assert!(no_endpoint(&"x".repeat(49)).is_some_and(|said| said.contains("48")));
    }

    #[test]
    fn only_ones_own_is_edited_and_everyones_is_switched() {
        let row = |source: &str, active: bool| ChargestationRow {
            source: source.into(),
            station: Chargestation {
                active,
                ..Chargestation::default()
            },
            ..ChargestationRow::default()
        };
        let can = |row: ChargestationRow| row.can(|_| true);
        assert_eq!(can(row(SOURCES[0], true)), ["deactivate"]);
        assert_eq!(can(row(SOURCES[1], false)), ["edit", "activate", "delete"]);
        assert_eq!(row(SOURCES[1], true).can(|_| false), [""; 0]);
    }
}
