//! `clearShedState` (guide, section 5.2).

use super::{Call, answer};
use crate::code::Code;
use crate::codec::record;
use crate::rules::{self, Checked, Invalid};

record! {
    /// Gives a group of stations, a station or ports of one their power back.
    #[derive(Default)]
    pub struct ClearShedState: Sequence "clearShedState" {
        /// What is cleared.
        shed_query: ClearQuery => "shedQuery",
    }
}

record! {
    /// What is cleared: a group or a station.
    #[derive(Default)]
    pub struct ClearQuery: All "shedQueryInputData" {
        /// Every station of a group.
        shed_group: Option<ClearGroup> => "shedGroup",
        /// A station, or ports of it.
        shed_station: Option<ClearStation> => "shedStation",
    }
}

record! {
    /// A group to clear.
    #[derive(Default)]
    pub struct ClearGroup: Sequence "shedGroupInputData" {
        /// Station group.
        sg_id: Option<String> as Int [ONE] => "sgID",
    }
}

record! {
    /// A station to clear.
    #[derive(Default)]
    pub struct ClearStation: All "shedStationInputData" {
        /// `CPNID:StationIdentifier`.
        station_id: Option<String> [ONE] => "stationID",
        /// The ports, where not all of them.
        ports: Option<ClearPorts> => "Ports",
    }
}

record! {
    /// Ports to clear.
    #[derive(Default)]
    pub struct ClearPorts: Sequence "portsDataBlock" {
        /// The ports.
        ports: Vec<ClearPort> [SOME] => "Port",
    }
}

record! {
    /// A port to clear.
    #[derive(Default)]
    pub struct ClearPort: Sequence "portDataShed" {
        /// Number, with a letter where a port has several connectors.
        port_number: Option<String> [ONE] => "portNumber",
    }
}

record! {
    /// What was cleared.
    #[derive(Default)]
    pub struct ClearShedStateResponse: Sequence "clearShedStateResponse" {
        /// See [`crate::code`].
        response_code: Option<String> [ONE] => "responseCode",
        /// The code in words.
        response_text: Option<String> => "responseText",
        /// Whether it was done.
        success: Option<bool> as Int => "Success",
        /// Station group.
        sg_id: Option<String> as Int => "sgID",
        /// `CPNID:StationIdentifier`.
        station_id: Option<String> => "stationID",
    }
}

impl Call for ClearShedState {
    type Answer = ClearShedStateResponse;
    const WRITES: bool = true;

    fn check(&self) -> Checked {
        let query = &self.shed_query;
        match (&query.shed_group, &query.shed_station) {
            (Some(group), None) => {
                rules::given("sgID", group.sg_id.as_deref())?;
                rules::group(group.sg_id.as_deref())
            }
            (None, Some(station)) => station.check(),
            (Some(_), Some(_)) => Err(Invalid::of("shedGroup", Code::GroupAndStation)),
            (None, None) => Err(Invalid::of("shedStation", Code::OneLevel)),
        }
    }
}
answer!(ClearShedStateResponse);

impl ClearStation {
    fn check(&self) -> Checked {
        rules::given("stationID", self.station_id.as_deref())?;
        rules::station_id(self.station_id.as_deref())?;
        let Some(list) = &self.ports else { return Ok(()) };
        let is_named = |port: &ClearPort| {
            let number = port.port_number.as_deref();
            number.is_some_and(|number| !number.trim().is_empty())
        };
        if list.ports.is_empty() || !list.ports.iter().all(is_named) {
            return Err(Invalid::of("portNumber", Code::PortMissing));
        }
        Ok(())
    }
}
