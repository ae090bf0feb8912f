//! ChargePoint's records in the portal's words.

use chargepoint::StationStatus;
use domain::country::{Place, zone};
use domain::estate::{Port, PortStatus, Station};

use crate::clock;

/// A station of which only id and name are known.
pub fn bare(id: &str, name: &str) -> Station {
    Station {
        station_id: id.to_owned(),
        name: name.to_owned(),
        manufacturer: None,
        model: None,
        serial_number: None,
        network_status: None,
        ports: Vec::new(),
    }
}

/// The zone of a station's clock, of the tz database, as far as ChargePoint's words tell it.
pub fn zone_of(station: &chargepoint::Station) -> Option<String> {
    let place = Place {
        country: text(&station.country),
        part: text(&station.state),
        at: station.position().map(|geo| (geo.lat, geo.long)),
    };
    zone(text(&station.timezone_offset), place)
}

/// A text without the blanks around it, empty where there is none.
pub fn text(field: &Option<String>) -> &str {
    field.as_deref().unwrap_or_default().trim()
}

/// A text without the blanks around it; none for an empty one.
pub fn filled(text: Option<&str>) -> Option<String> {
    text.map(str::trim)
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
}

/// A station as ChargePoint describes it, without the state of its ports.
pub fn details(id: String, station: &chargepoint::Station) -> Station {
    let text = |text: &Option<String>| filled(text.as_deref());
    let port = |port: &chargepoint::Port| Port {
        port_number: text(&port.port_number).unwrap_or_default(),
        status: PortStatus::Unknown,
        fault_reason: None,
        connector: text(&port.connector),
        level: level(port),
        power_kw: port.power.as_deref().and_then(|power| power.trim().parse().ok()),
        status_at: None,
    };
    Station {
        name: text(&station.station_name).unwrap_or_else(|| id.clone()),
        station_id: id,
        manufacturer: text(&station.station_manufacturer),
        model: text(&station.station_model),
        serial_number: text(&station.station_serial_num),
        network_status: text(&station.network_status),
        ports: station.ports.iter().map(port).collect(),
    }
}

/// A port's level; of a port in Europe the mode is told instead.
pub fn level(port: &chargepoint::Port) -> Option<String> {
    let mode = || port.mode.as_deref().and_then(level_of_mode).map(str::to_owned);
    filled(port.level.as_deref()).or_else(mode)
}

/// Europe's charging modes in North America's levels.
fn level_of_mode(mode: &str) -> Option<&'static str> {
    match mode.trim() {
        "1" => Some("L1"),
        "3" => Some("L2"),
        "4" => Some("DC"),
        _ => None,
    }
}

/// Adds the state of its ports.
pub fn add_state(station: &mut Station, state: &StationStatus) {
    if let Some(words) = filled(state.network_status.as_deref()) {
        station.network_status = Some(words);
    }
    for new in &state.ports {
        let number = filled(new.port_number.as_deref()).unwrap_or_default();
        let at = match station.ports.iter().position(|port| port.port_number == number) {
            Some(at) => at,
            None => {
                station.ports.push(Port {
                    port_number: number,
                    status: PortStatus::Unknown,
                    fault_reason: None,
                    connector: None,
                    level: None,
                    power_kw: None,
                    status_at: None,
                });
                station.ports.len() - 1
            }
        };
        let port = &mut station.ports[at];
        port.status = status(new.status.as_deref());
        port.fault_reason =
            filled(new.fault_reason.as_deref()).filter(|reason| !reason.eq_ignore_ascii_case("none"));
        port.connector = filled(new.connector.as_deref()).or(port.connector.take());
        port.power_kw = new
            .power
            .as_deref()
            .and_then(|power| power.trim().parse().ok())
            .or(port.power_kw);
        port.status_at = new.time_stamp.as_deref().and_then(clock::read);
    }
}

fn status(text: Option<&str>) -> PortStatus {
    match text.unwrap_or_default().trim().to_ascii_uppercase().as_str() {
        "AVAILABLE" => PortStatus::Available,
        "INUSE" | "IN USE" => PortStatus::InUse,
        "UNREACHABLE" => PortStatus::Unreachable,
        _ => PortStatus::Unknown,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn chargepoints_words_in_the_portals() {
        assert_eq!(status(Some("AVAILABLE")), PortStatus::Available);
        assert_eq!(status(Some(" inuse ")), PortStatus::InUse);
        assert_eq!(status(Some("UNREACHABLE")), PortStatus::Unreachable);
        assert_eq!(status(Some("RESERVED")), PortStatus::Unknown);
        assert_eq!(status(None), PortStatus::Unknown);
    }

    #[test]
    fn a_state_finds_its_port_or_makes_one() {
        let mut station = bare("1:2", "ACME / Garage 01");
        let port = chargepoint::PortStatus {
            port_number: Some("2".into()),
            status: Some("INUSE".into()),
            fault_reason: Some("NONE".into()),
            time_stamp: Some("2026-11-20T08:15:00Z".into()),
            power: Some(" 7.2".into()),
            ..chargepoint::PortStatus::default()
        };
        let state = StationStatus {
            ports: vec![port],
            ..StationStatus::default()
        };
        add_state(&mut station, &state);
        add_state(&mut station, &state);
        let [port] = station.ports.as_slice() else {
            panic!("{station:?}")
        };
        assert_eq!(
            (port.status, port.power_kw, port.fault_reason.as_deref()),
            (PortStatus::InUse, Some(7.2), None)
        );
        assert_eq!(port.status_at.as_deref(), Some("2026-11-20T08:15:00Z"));
    }
}
