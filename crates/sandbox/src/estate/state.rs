//! State of ports as a function of seed, station, port and time: no task runs, and a question
//! about any moment always has the same answer.

use chargepoint::{PortStatus, Station, StationStatus};

use super::traits::Traits;
use super::{Estate, health};
use crate::clock::date_time;

/// A station speaks so often, in seconds.
const HEARTBEAT: i64 = 300;

impl Estate {
    /// State of a station at a moment, in seconds since 1970 UTC.
    pub fn status(&self, station: &Station, now: i64) -> StationStatus {
        self.state(station, &Traits::of(station), now)
    }

    pub(crate) fn state(&self, station: &Station, traits: &Traits, now: i64) -> StationStatus {
        let outage = health::outages(self.seed, traits.number, now, now + 1).next();
        let phase = health::phase(self.seed, traits.number);
        let spoken = match outage {
            Some(outage) => outage.from,
            None => now - (now + phase).rem_euclid(HEARTBEAT),
        };
        let ports = station.ports.iter().enumerate().map(|(index, port)| {
            let fault = health::faults(self.seed, traits.number, index, now, now + 1).next();
            let (status, reason) = match (outage, fault) {
                (Some(outage), _) => ("UNREACHABLE", outage.kind.reason),
                (None, Some(fault)) => ("UNKNOWN", fault.kind.reason),
                (None, None) if self.visit_at(traits, index, now).is_some() => ("INUSE", "NONE"),
                (None, None) => ("AVAILABLE", "NONE"),
            };
            PortStatus {
                port_number: port.port_number.clone(),
                status: Some(status.to_owned()),
                fault_reason: Some(reason.to_owned()),
                time_stamp: Some(date_time(spoken)),
                connector: port.connector.clone(),
                power: port.power.clone(),
            }
        });
        // The wire has it in mixed case here and in capitals elsewhere.
        let network = if outage.is_some() {
            "Unreachable"
        } else {
            "Reachable"
        };
        StationStatus {
            station_id: station.station_id.clone(),
            station_name: station.station_name.clone(),
            ports: ports.collect(),
            record_number: None,
            network_status: Some(network.to_owned()),
        }
    }
}
