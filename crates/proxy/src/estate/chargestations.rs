//! ChargePoint's stations in the shape of the portal's own.

use chargepoint::{CommaList, PortStatus as State, Station, StationStatus};
use domain::chargestations::{Chargestation, ChargestationRow, PORT_STATES, SOURCES, StationGroup};

use super::evses;
use super::words::{self, filled};
use crate::clock;

/// A station of ChargePoint's, with what it is doing, if that is known. Location, switch and version are the
/// books' to add; none for a station without an id.
pub fn of(station: &Station, status: Option<&StationStatus>) -> Option<ChargestationRow> {
    let text = |text: &Option<String>| filled(text.as_deref());
    let id = text(&station.station_id)?;
    let ports = status.map(|status| status.ports.as_slice()).unwrap_or_default();
    let network = status
        .and_then(|status| status.network_status.as_deref())
        .or(station.network_status.as_deref());
    let changed = station
        .last_modified_date
        .as_deref()
        .or(station.mod_time_stamp.as_deref());
    Some(ChargestationRow {
        name: text(&station.station_name).unwrap_or_else(|| id.clone()),
        source: SOURCES[0].to_owned(),
        version: 0,
        location_name: None,
        organization_name: text(&station.organization_name),
        serial_number: text(&station.station_serial_num),
        mac_address: text(&station.station_mac_addr),
        ports: ports.iter().map(|port| port_state(port).to_owned()).collect(),
        station_groups: groups(station),
        time_zone: words::zone_of(station),
        station: Chargestation {
            online: network.is_some_and(|words| words.trim().eq_ignore_ascii_case("reachable")),
            active: true,
            status: word(ports),
            evses: evses::ids(&id, station),
            manufacturer: text(&station.station_manufacturer),
            model: text(&station.station_model),
            created_at: station.station_activation_date.as_deref().and_then(clock::read),
            updated_at: changed.and_then(clock::read),
            last_message_at: ports
                .iter()
                .filter_map(|port| port.time_stamp.as_deref().and_then(clock::read))
                .max(),
            organization: text(&station.org_id),
            id,
            ..Chargestation::default()
        },
    })
}

/// The groups of a station; one whose name is missing has its id for a name.
fn groups(station: &Station) -> Vec<StationGroup> {
    let list = |list: &Option<CommaList>| {
        list.iter()
            .flat_map(|list| list.0.clone())
            .collect::<Vec<String>>()
    };
    let names = list(&station.sg_names);
    let ids = list(&station.sg_ids).into_iter().enumerate();
    let group = |(n, id): (usize, String)| StationGroup {
        name: names.get(n).unwrap_or(&id).trim().to_owned(),
        id: id.trim().to_owned(),
    };
    ids.map(group).collect()
}

/// What a port is doing, in the portal's words.
pub fn port_state(port: &State) -> &'static str {
    let word = port.status.as_deref().unwrap_or_default().trim();
    let place = ["AVAILABLE", "INUSE", "UNREACHABLE"]
        .iter()
        .position(|own| word.eq_ignore_ascii_case(own));
    PORT_STATES[place.unwrap_or(PORT_STATES.len() - 1)]
}

/// What ports that are available or in use make of their station; none where no port is.
fn word(ports: &[State]) -> Option<String> {
    let any = |word: &str| ports.iter().any(|port| port_state(port) == word);
    let word = match () {
        () if any(PORT_STATES[0]) => "Available",
        () if any(PORT_STATES[1]) => "Charging",
        () => return None,
    };
    Some(word.to_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn status(words: &[&str], network: &str) -> StationStatus {
        let port = |(n, word): (usize, &&str)| State {
            port_number: Some((n + 1).to_string()),
            status: Some((*word).into()),
            time_stamp: Some(format!("2026-11-20T08:1{n}:00Z").as_str().into()),
            ..State::default()
        };
        StationStatus {
            ports: words.iter().enumerate().map(port).collect(),
            network_status: Some(network.into()),
            ..StationStatus::default()
        }
    }

    fn station() -> Station {
        Station {
            station_id: Some("1:7".into()),
            station_name: Some("ACME / Garage 01 ".into()),
            org_id: Some("1:ORG1".into()),
            network_status: Some("UNREACHABLE".into()),
            last_modified_date: Some("2026-11-01T10:00:00+01:00".into()),
            ports: vec![chargepoint::Port::default(), chargepoint::Port::default()],
            ..Station::default()
        }
    }

    #[test]
    fn a_station_is_what_its_ports_are() {
        for (words, network, expected) in [
            (
                &["INUSE", "AVAILABLE"][..],
                "Reachable",
                (true, Some("Available")),
            ),
            (&["INUSE", "UNKNOWN"], "REACHABLE", (true, Some("Charging"))),
            (&["UNREACHABLE"], "Unreachable", (false, None)),
            (&[], "", (false, None)),
        ] {
            let found = of(&station(), Some(&status(words, network))).unwrap().station;
            assert_eq!((found.online, found.status.as_deref()), expected, "{words:?}");
        }
        let states = of(
            &station(),
            Some(&status(&["inuse ", "AVAILABLE", "", "Unreachable"], "")),
        );
        assert_eq!(
            states.unwrap().ports,
            ["In use", "Available", "Unknown", "Unreachable"]
        );
        let newest = of(&station(), Some(&status(&["INUSE", "INUSE"], ""))).unwrap();
        assert_eq!(
            newest.station.last_message_at.as_deref(),
            Some("2026-11-20T08:11:00Z")
        );
    }

    #[test]
    fn what_chargepoint_does_not_tell_is_nothing() {
        let row = of(&station(), None).unwrap();
        assert_eq!((row.name.as_str(), row.is_own()), ("ACME / Garage 01", false));
        let own = row.station;
        assert_eq!(own.evses, ["1:7-1", "1:7-2"]);
        assert_eq!(own.updated_at.as_deref(), Some("2026-11-01T09:00:00Z"));
        assert_eq!(
            (own.protocol, own.endpoint, own.csconfig, own.status, own.location),
            (None, None, None, None, None)
        );
        assert!(own.active && !own.online && row.ports.is_empty());
        assert!(of(&Station::default(), None).is_none());
    }
}
