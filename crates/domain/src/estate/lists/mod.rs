//! What ChargePoint lists, each with its columns. A row is the record of the SOAP API as JSON: a column names
//! its place there.

mod usage;

use crate::alarms::Alarm;
use crate::column::{Head, Kind, Listed};
use crate::load::{LoadEvent, LoadOfStation};
pub use usage::*;

/// A list of ChargePoint's.
pub struct List {
    /// In paths, in files and in what is kept of the table.
    pub name: &'static str,
    pub heads: &'static [Head],
}

impl List {
    const fn new(name: &'static str, heads: &'static [Head]) -> Self {
        Self { name, heads }
    }
}

/// Name and columns of a list of this module as the browser carries them: `app!(SESSIONS)`.
#[macro_export]
macro_rules! app {
    ($list:ident) => {
        (
            $crate::estate::lists::$list.name,
            $crate::packed!(= $crate::estate::lists::$list.heads),
        )
    };
}

/// The stations.
pub const STATIONS: List = List::new(
    "stations",
    &[
        Head::new("stationId", "Station ID", Kind::Id).searched(),
        Head::new("stationName", "Station", Kind::Text).early().searched(),
        Head::new("organizationName", "Organization", Kind::Text).searched(),
        Head::new("orgId", "Organization ID", Kind::Id).hidden(),
        Head::new("networkStatus", "Network", Kind::Text),
        Head::new("status", "Port status", Kind::Text).at("ports.status"),
        Head::new("ports", "Ports", Kind::Number),
        Head::new("connector", "Connector", Kind::Text).at("ports.connector"),
        Head::new("address", "Address", Kind::Text).searched().hidden(),
        Head::new("city", "City", Kind::Text).searched(),
        Head::new("state", "State", Kind::Text).hidden(),
        Head::new("country", "Country", Kind::Text).hidden(),
        Head::new("postalCode", "Postal code", Kind::Text).hidden(),
        Head::new("stationManufacturer", "Manufacturer", Kind::Text).hidden(),
        Head::new("stationModel", "Model", Kind::Text),
        Head::new("stationSerialNum", "Serial number", Kind::Id).searched(),
        Head::new("stationMacAddr", "MAC address", Kind::Id)
            .searched()
            .hidden(),
        Head::new("description", "Description", Kind::Text)
            .searched()
            .hidden(),
        Head::new("sgNames", "Station groups", Kind::Text),
        Head::new("sgIds", "Station group IDs", Kind::Text).hidden(),
        Head::new("stationActivationDate", "Activated", Kind::Time).hidden(),
        Head::new("lastModifiedDate", "Changed", Kind::Time).hidden(),
        Head::new("mainPhone", "Driver support", Kind::Text).hidden(),
        Head::new("currencyCode", "Currency", Kind::Text).hidden(),
        Head::new("warrantyExpirationDate", "Warranty until", Kind::Time).hidden(),
        Head::new("warrantyService", "Warranty", Kind::Text).hidden(),
        Head::new("siteValidated", "Site validated", Kind::Bool).hidden(),
        Head::new("siteValidationDate", "Site validated on", Kind::Time).hidden(),
        Head::new("stationFirmware", "Firmware", Kind::Text).hidden(),
        Head::new("stationReception", "Reception, dBm", Kind::Text).hidden(),
        Head::new("wanIpAddress", "IP address", Kind::Text).hidden(),
        Head::new("radioGroupId", "Radio group", Kind::Id).hidden(),
        Head::new("timezoneOffset", "Time zone", Kind::Text).hidden(),
    ],
);

/// What stations and their ports are doing.
pub const STATION_STATUS: List = List::new(
    "station-status",
    &[
        Head::new("stationId", "Station ID", Kind::Id).searched(),
        Head::new("stationName", "Station", Kind::Text).early().searched(),
        Head::new("networkStatus", "Network", Kind::Text),
        Head::new("status", "Port status", Kind::Text).at("ports.status"),
        Head::new("ports", "Ports", Kind::Number),
        Head::new("faultReason", "Fault", Kind::Text)
            .at("ports.faultReason")
            .searched(),
        Head::new("connector", "Connector", Kind::Text).at("ports.connector"),
        Head::new("power", "Power, kW", Kind::Text)
            .at("ports.power")
            .hidden(),
    ],
);

/// What stations draw, as one answer of ChargePoint's tells it.
pub const DRAWN: List = List::new(
    "load",
    &[
        Head::new("stationId", "Station ID", Kind::Id).searched(),
        Head::new("stationName", "Station", Kind::Text).early().searched(),
        Head::new("address", "Address", Kind::Text).searched(),
        Head::new("stationLoad", "Load, kW", Kind::Number).places(2),
        Head::new("ports", "Ports", Kind::Number),
    ],
);

/// What stations draw, and what is shed of it.
pub const LOAD: List = List::new(LoadOfStation::NAME, LoadOfStation::HEADS);

/// Times in which load is shed, as the portal planned them.
pub const LOAD_EVENTS: List = List::new(LoadEvent::NAME, LoadEvent::HEADS);

/// Alarms, cleared ones too.
pub const ALARMS: List = List::new(Alarm::NAME, Alarm::HEADS);

/// The station groups of an organization.
pub const STATION_GROUPS: List = List::new(
    "station-groups",
    &[
        Head::new("sgId", "Group ID", Kind::Id).searched(),
        Head::new("sgName", "Group", Kind::Text).early().searched(),
        Head::new("organizationName", "Organization", Kind::Text).searched(),
        Head::new("orgId", "Organization ID", Kind::Id).hidden(),
        Head::new("stations", "Stations", Kind::Number),
    ],
);

/// Rights that others have over stations.
pub const STATION_RIGHTS: List = List::new(
    "station-rights",
    &[
        Head::new("sgId", "Group ID", Kind::Id).searched(),
        Head::new("sgName", "Group", Kind::Text).early().searched(),
        Head::new("stationRightsProfile", "Right", Kind::Text).searched(),
        Head::new("stationId", "Station ID", Kind::Id)
            .at("station.stationId")
            .searched(),
        Head::new("stationName", "Station", Kind::Text)
            .at("station.stationName")
            .searched(),
        Head::new("stationSerialNum", "Serial number", Kind::Id)
            .at("station.stationSerialNum")
            .hidden(),
        Head::new("stationMacAddr", "MAC address", Kind::Id)
            .at("station.stationMacAddr")
            .hidden(),
        Head::new("companyId", "Company", Kind::Id)
            .at("station.companyId")
            .hidden(),
    ],
);

/// What may be done with the stations of a group.
pub const RIGHTS_PROFILE: List = List::new(
    "rights-profile",
    &[
        Head::new("task", "Task", Kind::Text).searched(),
        Head::new("description", "What it is", Kind::Text).searched(),
    ],
);

/// The instances of ChargePoint's network.
pub const CPN_INSTANCES: List = List::new(
    "cpn-instances",
    &[
        Head::new("cpnId", "Network ID", Kind::Id).searched(),
        Head::new("cpnName", "Network", Kind::Text).early().searched(),
        Head::new("cpnDescription", "Description", Kind::Text).searched(),
    ],
);

/// Alarms as ChargePoint reports them.
pub const REPORTED_ALARMS: List = List::new(
    "alarms",
    &[
        Head::new("alarmType", "Alarm", Kind::Text).searched(),
        Head::new("alarmTime", "When", Kind::Time),
        Head::new("stationName", "Station", Kind::Text).early().searched(),
        Head::new("stationId", "Station ID", Kind::Id).searched(),
        Head::new("portNumber", "Port", Kind::Text),
        Head::new("organizationName", "Organization", Kind::Text).searched(),
        Head::new("orgId", "Organization ID", Kind::Id).hidden(),
        Head::new("companyId", "Company", Kind::Id).hidden(),
        Head::new("sgId", "Station group ID", Kind::Text).hidden(),
        Head::new("stationModel", "Model", Kind::Text).hidden(),
        Head::new("stationManufacturer", "Manufacturer", Kind::Text).hidden(),
        Head::new("stationSerialNum", "Serial number", Kind::Id)
            .searched()
            .hidden(),
    ],
);

/// Organizations with their station groups.
pub const ORGANIZATIONS: List = List::new(
    "organizations",
    &[
        Head::new("id", "Organization ID", Kind::Id).searched(),
        Head::new("name", "Organization", Kind::Text).searched(),
        Head::new("ours", "Ours", Kind::Bool),
        Head::new("groups", "Station groups", Kind::Number),
    ],
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chargestations::ChargestationRow;

    #[test]
    fn labels_read_before_a_condition() {
        let lists = [STATIONS.heads, STATION_STATUS.heads, ChargestationRow::HEADS];
        for head in lists.concat() {
            assert!(!head.label.ends_with(" are"), "{} contains Available", head.label);
        }
    }
}
