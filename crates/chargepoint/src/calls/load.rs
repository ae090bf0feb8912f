//! `getLoad` (guide, section 5.3).

use super::{Call, answer, whole};
use crate::code::Code;
use crate::codec::record;
use crate::rules::{self, Checked, Invalid};

record! {
    /// Asks for the load of a station or of a station group.
    #[derive(Default)]
    pub struct GetLoad: Sequence "getLoad" {
        /// What to look for.
        search_query: LoadQuery => "searchQuery",
    }
}

record! {
    /// What to look for: a group or a station.
    #[derive(Default)]
    pub struct LoadQuery: Sequence "loadSearchQuery" {
        /// Station group.
        sg_id: Option<String> as Int => "sgID",
        /// `CPNID:StationIdentifier`.
        station_id: Option<String> => "stationID",
        /// Session (5.1).
        session_id: Option<String> => "sessionID",
    }
}

record! {
    /// Loads, kW. The group's own fields are empty where a station was asked for.
    #[derive(Default)]
    pub struct GetLoadResponse: Sequence "getLoadResponse" {
        /// See [`crate::code`].
        response_code: Option<String> [ONE] => "responseCode",
        /// The code in words.
        response_text: Option<String> => "responseText",
        /// Station group.
        sg_id: Option<String> as Int => "sgID",
        /// Number of stations in the group.
        num_stations: Option<i32> => "numStations",
        /// Name of the group.
        group_name: Option<String> => "groupName",
        /// Load of the group, kW.
        sg_load: Option<f64> as Text => "sgLoad",
        /// The stations.
        stations: Vec<StationLoad> => "stationData",
    }
}

record! {
    /// Load of a station.
    #[derive(Default)]
    pub struct StationLoad: Sequence "stationloaddata" {
        /// `CPNID:StationIdentifier`.
        station_id: Option<String> => "stationID",
        /// `COMPANY / STATION`.
        station_name: Option<String> => "stationName",
        /// The whole address.
        address: Option<String> => "Address",
        /// Load, kW.
        station_load: Option<f64> as Decimal => "stationLoad",
        /// The ports.
        ports: Vec<PortLoad> => "Port",
    }
}

record! {
    /// Load of a port.
    #[derive(Default)]
    pub struct PortLoad: Sequence "stationPortData" {
        /// Number, with a letter where a port has several connectors.
        port_number: Option<String> => "portNumber",
        /// The driver who charges here now.
        user_id: Option<String> => "userID",
        /// The card or app the session was started with.
        credential_id: Option<String> => "credentialID",
        /// Whether load is shed now.
        shed: Option<bool> as Int => "shedState",
        /// Load, kW.
        port_load: Option<f64> as Decimal => "portLoad",
        /// Most that is allowed, kW; 0 where a percentage is shed.
        allowed_load: Option<f64> as Decimal => "allowedLoad",
        /// Percentage shed; 0 where a load is allowed.
        percent_shed: Option<i32> as Percent => "percentShed",
        /// The session, as it came; see [`PortLoad::session`].
        session_id: Option<String> => "sessionID",
        /// Charge of the vehicle's battery, per cent (5.1).
        last_battery_percent: Option<f64> => "lastBatteryPercent",
    }
}

impl PortLoad {
    /// The session that goes on at the port. An idle port has the number 0.
    pub fn session(&self) -> Option<&str> {
        let session = self.session_id.as_deref().map(str::trim);
        session.filter(|session| *session != "0")
    }
}

impl Call for GetLoad {
    type Answer = GetLoadResponse;

    fn check(&self) -> Checked {
        let query = &self.search_query;
        rules::group(query.sg_id.as_deref())?;
        rules::station_id(query.station_id.as_deref())?;
        if query.sg_id.is_some() == query.station_id.is_some()
            && (query.sg_id.is_some() || query.session_id.is_none())
        {
            return Err(Invalid::of("stationID", Code::GroupOrStationSearch));
        }
        Ok(())
    }
}
answer!(GetLoadResponse);
whole!(GetLoad, StationLoad, stations, |one| one.station_id);
