//! A port, as `getStations` answers it.

use super::Geo;
use crate::codec::record;
use crate::codec::text::DateTime;

record! {
    /// A port of a station.
    #[derive(Default)]
    pub struct Port: Sequence "portData" {
        /// Number, from 1.
        port_number: Option<String> => "portNumber",
        /// `COMPANY / STATION`, in the 5.0 form.
        station_name: Option<String> => "stationName",
        /// Position.
        geo: Option<Geo> => "Geo",
        /// Description; `-` where there is none.
        description: Option<String> => "Description",
        /// Whether it can be reserved.
        reservable: Option<bool> as Int => "Reservable",
        /// `AVAILABLE`, `INUSE`, `UNREACHABLE` or `UNKNOWN`.
        status: Option<String> => "Status",
        /// `L1`, `L2`, `DC`; North America.
        level: Option<String> => "Level",
        /// When the station last spoke.
        time_stamp: Option<DateTime> => "timeStamp",
        /// `1`, `3`, or `4` for DC; Europe.
        mode: Option<String> => "Mode",
        /// Connector.
        connector: Option<String> => "Connector",
        /// Voltage, V.
        voltage: Option<String> => "Voltage",
        /// Current, A.
        current: Option<String> => "Current",
        /// Power, kW.
        power: Option<String> => "Power",
        /// Estimated cost of the session asked for.
        estimated_cost: Option<f64> => "estimatedCost",
        /// The connectors, where a port has several (5.1).
        connectors: Option<Connectors> => "Connectors",
    }
}

record! {
    /// Connectors of a port.
    #[derive(Default)]
    pub struct Connectors: Sequence "connectorsData" {
        /// Their names.
        names: Vec<String> => "Connector",
    }
}
