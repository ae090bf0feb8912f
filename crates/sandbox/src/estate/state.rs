//! State of ports as a function of seed, station, port and time: no task runs, and a question
//! about any moment always has the same answer.

use chargepoint::{PortStatus, Station, StationStatus};

use crate::clock::date_time;
use crate::random::Dice;

/// A station may be out of reach for so long at a time, in seconds.
const OUTAGE: i64 = 6 * 3600;
/// A vehicle comes or goes at the borders of such spans, in seconds.
const STAY: i64 = 45 * 60;
/// A station speaks so often, in seconds.
const HEARTBEAT: i64 = 300;

/// State of a station and its ports at a moment, in seconds since 1970 UTC.
pub fn at(seed: u64, station: &Station, now: i64) -> StationStatus {
    let number = station_number(station);
    let mut health = Dice::of(&[seed, number, 1]);
    // Each station has its own rhythm, so that they do not all change at once.
    let phase = health.below(OUTAGE as u64) as i64;
    let span = (now + phase).div_euclid(OUTAGE);
    let mut outage = Dice::of(&[seed, number, 2, span as u64]);
    let unreachable = outage.chance(0.03);
    let spoken = if unreachable {
        span * OUTAGE - phase
    } else {
        now - (now + phase).rem_euclid(HEARTBEAT)
    };
    let hour = (now + offset(station)).rem_euclid(86_400) / 3600;
    let ports = station.ports.iter().enumerate().map(|(index, port)| {
        let index = index as u64;
        let slot = (now + phase + 977 * index as i64).div_euclid(STAY);
        let mut dice = Dice::of(&[seed, number, 3 + index, slot as u64]);
        let (status, fault) = if unreachable {
            ("UNREACHABLE", "Station Unreachable")
        } else if dice.chance(0.01) {
            ("UNKNOWN", "Hardware Fault")
        } else if dice.chance(occupancy(hour)) {
            ("INUSE", "NONE")
        } else {
            ("AVAILABLE", "NONE")
        };
        PortStatus {
            port_number: port.port_number.clone(),
            status: Some(status.to_owned()),
            fault_reason: Some(fault.to_owned()),
            time_stamp: Some(date_time(spoken)),
            connector: port.connector.clone(),
            power: port.power.clone(),
        }
    });
    StationStatus {
        station_id: station.station_id.clone(),
        station_name: station.station_name.clone(),
        ports: ports.collect(),
        record_number: None,
        // The wire has it in mixed case here and in capitals elsewhere.
        network_status: Some(if unreachable { "Unreachable" } else { "Reachable" }.to_owned()),
    }
}

/// Share of ports in use at an hour of the local day.
fn occupancy(hour: i64) -> f64 {
    match hour {
        0..=6 => 0.12,
        7..=9 | 17..=19 => 0.45,
        10..=16 => 0.6,
        _ => 0.25,
    }
}

fn station_number(station: &Station) -> u64 {
    let id = station.station_id.as_deref().unwrap_or_default();
    let number = id.rsplit(':').next().and_then(|digits| digits.parse().ok());
    number.unwrap_or_default()
}

/// Seconds from UTC, by the station's own `timezoneOffset`.
fn offset(station: &Station) -> i64 {
    let text = station.timezone_offset.as_deref().unwrap_or_default();
    let hours = text.split(':').next().and_then(|hours| hours.parse::<i64>().ok());
    hours.unwrap_or_default() * 3600
}
