//! From stations to sites: what one organization has at one address, within sight of each other.

use std::borrow::Borrow;
use std::collections::BTreeMap;

use chargepoint::Station;
use domain::locations::{Address, Coordinates};
use serde::{Deserialize, Serialize};

use super::words::{text, zone_of};
use crate::books::text::fold;

/// Stations of one address further apart than that are two sites, in degrees (some 500 m).
const APART: f64 = 0.005;

/// What ChargePoint says of a site, field by field.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Source {
    pub name: String,
    pub address: Address,
    pub coordinates: Option<Coordinates>,
    pub timezone: Option<String>,
    pub operator_name: String,
}

/// A site.
#[derive(Clone, Debug, PartialEq)]
pub struct Site {
    /// Organization, address and position.
    pub key: String,
    /// The key of its organization.
    pub org_key: String,
    pub source: Source,
    /// Ids and names of its stations, by id.
    pub stations: Vec<(String, String)>,
}

impl Site {
    /// Whether what ChargePoint said under that key is of the same place: organization and address,
    /// within sight. The keys themselves may differ, because positions are rounded.
    pub fn is_at(&self, key: &str, source: &Source) -> bool {
        fn place(key: &str) -> Option<&str> {
            key.rsplit_once('|').map(|(place, _)| place)
        }
        place(key).is_some_and(|place_then| Some(place_then) == place(&self.key))
            && is_near(self.source.coordinates, source.coordinates)
    }
}

/// The sites of some stations. Stations without an id are left out.
pub fn of(stations: &[impl Borrow<Station>]) -> Vec<Site> {
    let mut by_address: BTreeMap<String, Vec<&Station>> = BTreeMap::new();
    let mut sorted: Vec<&Station> = stations
        .iter()
        .map(Borrow::borrow)
        .filter(|station: &&Station| station.station_id.is_some())
        .collect();
    sorted.sort_by_key(|station| &station.station_id);
    for station in sorted {
        by_address.entry(place(station)).or_default().push(station);
    }
    by_address
        .into_iter()
        .flat_map(|(place, stations)| split(&place, stations))
        .collect()
}

fn place(station: &Station) -> String {
    let fields = [
        &station.org_id,
        &station.address,
        &station.postal_code,
        &station.city,
        &station.state,
        &station.country,
    ];
    let texts: Vec<String> = fields.into_iter().map(|field| fold(text(field))).collect();
    texts.join("|")
}

/// Splits the stations of one address where they are far apart.
fn split(place: &str, stations: Vec<&Station>) -> Vec<Site> {
    let mut clusters: Vec<Vec<&Station>> = Vec::new();
    for station in stations {
        let near = clusters
            .iter_mut()
            .find(|cluster| is_near(position(cluster[0]), position(station)));
        match near {
            Some(cluster) => cluster.push(station),
            None => clusters.push(vec![station]),
        }
    }
    clusters
        .into_iter()
        .map(|cluster| site(place, &cluster))
        .collect()
}

fn position(station: &Station) -> Option<Coordinates> {
    station.position().map(|geo| Coordinates {
        latitude: geo.lat,
        longitude: geo.long,
    })
}

fn is_near(a: Option<Coordinates>, b: Option<Coordinates>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => {
            (a.latitude - b.latitude).abs() < APART && (a.longitude - b.longitude).abs() < APART
        }
        _ => true,
    }
}

fn site(place: &str, stations: &[&Station]) -> Site {
    let first = stations[0];
    let coordinates = stations.iter().find_map(|station| position(station));
    let at = coordinates
        .map(|at| format!("{:.3},{:.3}", at.latitude, at.longitude))
        .unwrap_or_default();
    let address = Address {
        street_and_number: text(&first.address).to_owned(),
        postal_code: text(&first.postal_code).to_owned(),
        city: text(&first.city).to_owned(),
        state: text(&first.state).to_owned(),
        country: text(&first.country).to_owned(),
    };
    let named = |station: &&Station| {
        let id = text(&station.station_id).to_owned();
        let name = text(&station.station_name);
        (id.clone(), if name.is_empty() { id } else { name.to_owned() })
    };
    let stations: Vec<(String, String)> = stations.iter().map(named).collect();
    Site {
        key: format!("{place}|{at}"),
        org_key: fold(text(&first.org_id)),
        source: Source {
            name: name(&stations, &address),
            address,
            coordinates,
            timezone: zone_of(first),
            operator_name: text(&first.organization_name).to_owned(),
        },
        stations,
    }
}

/// What the stations' names have in common, without the company before the stroke and the number
/// at the end; else the street.
fn name(stations: &[(String, String)], address: &Address) -> String {
    let mut names = stations
        .iter()
        .map(|(_, name)| name.split_once(" / ").map_or(name.as_str(), |(_, own)| own));
    let first = names.next().unwrap_or_default();
    let common = names.fold(first, |common, name| {
        let matching = common.char_indices().zip(name.chars()).find(|((_, a), b)| a != b);
        let end = matching.map_or(common.len().min(name.len()), |((at, _), _)| at);
        common.get(..end).unwrap_or_default()
    });
    let common = common.trim_end_matches(|c: char| c.is_ascii_digit());
    let common = common.trim_end_matches(|c: char| c.is_whitespace() || "#-_.,/".contains(c));
    if common.chars().filter(|c| c.is_alphabetic()).count() >= 3 {
        return common.trim().to_owned();
    }
    let parts: Vec<&str> = [address.street_and_number.as_str(), &address.city]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    if parts.is_empty() {
        first.to_owned()
    } else {
        parts.join(", ")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;
    use chargepoint::Geo;

    fn station(id: &str, name: &str, street: &str, lat: f64) -> Station {
        Station {
            station_id: Some(id.into()),
            station_name: Some(name.into()),
            address: Some(street.into()),
            city: Some("Leiden".into()),
            org_id: Some("2:ORG1".into()),
            organization_name: Some("Acme".into()),
            geo: Some(Geo { lat, long: 4.5 }),
            ..Station::default()
        }
    }

    #[test]
    fn one_address_is_one_site_named_after_its_stations() {
        let sites = of(&[
            station("2:2", "ACME / Oosteinde Garage 02", "Oosteinde 1 ", 52.16),
            station("2:1", "ACME / Oosteinde Garage 01", "oosteinde 1", 52.1601),
        ]);
        let [site] = sites.as_slice() else {
            panic!("{sites:?}")
        };
        assert_eq!(site.source.name, "Oosteinde Garage");
        assert_eq!(
            site.stations
                .iter()
                .map(|(id, _)| id.as_str())
                .collect::<Vec<_>>(),
            ["2:1", "2:2"]
        );
        assert_eq!(site.source.address.street_and_number, "oosteinde 1");
    }

    #[test]
    fn far_apart_or_of_another_organization_is_another_site() {
        let far = station("2:2", "ACME / B 01", "Oosteinde 1", 52.2);
        let mut foreign = station("2:3", "OTHER / C 01", "Oosteinde 1", 52.16);
        foreign.org_id = Some("2:ORG2".into());
        let sites = of(&[station("2:1", "ACME / A 01", "Oosteinde 1", 52.16), far, foreign]);
        assert_eq!(sites.len(), 3);
    }

    #[test]
    fn names_that_have_nothing_in_common_give_the_street() {
        let sites = of(&[
            station("2:1", "ACME / 01", "Oosteinde 1", 52.16),
            station("2:2", "ACME / Garage", "Oosteinde 1", 52.16),
        ]);
        assert_eq!(sites[0].source.name, "Oosteinde 1, Leiden");
    }

    #[test]
    fn a_station_without_an_id_is_left_out() {
        assert!(of(&[Station::default()]).is_empty());
    }
}
