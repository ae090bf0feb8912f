//! `shedLoad` (guide, section 5.1).

use super::{Call, answer};
use crate::codec::record;

record! {
    /// Sheds load of a group of stations, of a station, or of ports of one.
    #[derive(Default)]
    pub struct ShedLoad: Sequence "shedLoad" {
        /// What is shed.
        shed_query: ShedQuery => "shedQuery",
    }
}

record! {
    /// What is shed: a group or a station.
    #[derive(Default)]
    pub struct ShedQuery: All "shedLoadQueryInputData" {
        /// Every station of a group.
        shed_group: Option<ShedGroup> => "shedGroup",
        /// A station, or ports of it.
        shed_station: Option<ShedStation> => "shedStation",
        /// Minutes; 0 until it is cleared.
        time_interval: Option<i32> [ONE] => "timeInterval",
    }
}

record! {
    /// A group to shed; what is set holds for each of its stations.
    #[derive(Default)]
    pub struct ShedGroup: All "shedLoadGroupInputData" {
        /// Station group.
        sg_id: Option<String> as Int [ONE] => "sgID",
        /// Most that is allowed, kW.
        allowed_load: Option<f64> as Decimal => "allowedLoadPerStation",
        /// Percentage of the power now that is shed.
        percent_shed: Option<i32> as Percent => "percentShedPerStation",
    }
}

record! {
    /// A station to shed: by a load, by a percentage, or port by port.
    #[derive(Default)]
    pub struct ShedStation: All "shedLoadStationInputData" {
        /// `CPNID:StationIdentifier`.
        station_id: Option<String> [ONE] => "stationID",
        /// Most that is allowed, kW.
        allowed_load: Option<f64> as Decimal => "allowedLoadPerStation",
        /// Percentage of the power now that is shed.
        percent_shed: Option<i32> as Percent => "percentShedPerStation",
        /// The ports; then neither of the two above.
        ports: Option<ShedPorts> => "Ports",
    }
}

record! {
    /// Ports to shed, or that were shed.
    #[derive(Default)]
    pub struct ShedPorts: Sequence "shedLoadPorts" {
        /// The ports.
        ports: Vec<ShedPort> [SOME] => "Port",
    }
}

record! {
    /// A port to shed, or that was shed: by a load or by a percentage.
    #[derive(Default)]
    pub struct ShedPort: Sequence "shedLoadPort" {
        /// Number, with a letter where a port has several connectors.
        port_number: Option<String> [ONE] => "portNumber",
        /// Most that is allowed, kW.
        allowed_load: Option<f64> as Decimal => "allowedLoadPerPort",
        /// Percentage of the power now that is shed.
        percent_shed: Option<i32> as Percent => "percentShedPerPort",
    }
}

record! {
    /// What was shed.
    #[derive(Default)]
    pub struct ShedLoadResponse: Sequence "shedLoadResponse" {
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
        /// Most that is allowed, kW.
        allowed_load: Option<f64> as Decimal => "allowedLoadPerStation",
        /// Percentage shed.
        percent_shed: Option<i32> as Percent => "percentShedPerStation",
        /// The ports, where ports were named.
        ports: Option<ShedPorts> => "Ports",
    }
}

impl Call for ShedLoad {
    type Answer = ShedLoadResponse;
    const WRITES: bool = true;
}
answer!(ShedLoadResponse);
