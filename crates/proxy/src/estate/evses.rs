//! From stations to EVSEs: one for each port.

use std::borrow::Borrow;

use chargepoint::Station;
use domain::station_tokens::Evse;

/// The EVSEs of some stations. A station without an id or an organization has none: nobody could say
/// what it is, or whose.
pub fn of(stations: &[impl Borrow<Station>]) -> Vec<Evse> {
    let mut evses: Vec<Evse> = stations.iter().map(Borrow::borrow).flat_map(of_station).collect();
    evses.sort_by(|a, b| a.id.cmp(&b.id));
    evses.dedup_by(|a, b| a.id == b.id);
    evses
}

fn of_station(station: &Station) -> Vec<Evse> {
    fn text(field: &Option<String>) -> String {
        field.as_deref().unwrap_or_default().trim().to_owned()
    }
    let (id, org_id) = (text(&station.station_id), text(&station.org_id));
    if id.is_empty() || org_id.is_empty() {
        return Vec::new();
    }
    let or = |text: String, other: &str| if text.is_empty() { other.to_owned() } else { text };
    let evse = |evse: String| Evse {
        id: evse,
        station_sn: text(&station.station_serial_num),
        station_name: or(text(&station.station_name), &id),
        org_name: or(text(&station.organization_name), &org_id),
        org_id: org_id.clone(),
        token_sn: None,
    };
    ids(&id, station).into_iter().map(evse).collect()
}

/// The ids of the EVSEs of the station of that id: its ports by their numbers, or by their places.
pub fn ids(id: &str, station: &Station) -> Vec<String> {
    let of_port = |(n, port): (usize, &chargepoint::Port)| {
        let number = port.port_number.as_deref().map(str::trim).unwrap_or_default();
        match number {
            "" => format!("{id}-{}", n + 1),
            number => format!("{id}-{number}"),
        }
    };
    station.ports.iter().enumerate().map(of_port).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chargepoint::Port;

    #[test]
    fn each_port_is_one() {
        let port = |number: Option<&str>| Port {
            port_number: number.map(Into::into),
            ..Port::default()
        };
        let station = Station {
            station_id: Some("1:7".into()),
            org_id: Some(" 1:ORG1 ".into()),
            ports: vec![port(Some("1")), port(None)],
            ..Station::default()
        };
        let nobodys = Station {
            org_id: None,
            ..station.clone()
        };
        let evses = of(&[station, nobodys]);
        let ids: Vec<&str> = evses.iter().map(|evse| evse.id.as_str()).collect();
        assert_eq!(ids, ["1:7-1", "1:7-2"]);
        assert_eq!(
            (evses[0].org_name.as_str(), evses[0].station_name.as_str()),
            ("1:ORG1", "1:7")
        );
    }
}
