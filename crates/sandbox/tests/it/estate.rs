//! The simulated estate.

use std::collections::HashSet;

use chargepoint::Station;
use sandbox::{Estate, SandboxConfig, estate::drivers};

use super::support::NOW;

fn set(stations: &[Station], field: fn(&Station) -> &Option<String>) -> HashSet<&str> {
    stations
        .iter()
        .filter_map(|station| field(station).as_deref())
        .collect()
}

#[test]
fn the_same_seed_gives_the_same_estate() {
    assert_eq!(Estate::new(7, 300), Estate::new(7, 300));
    assert_ne!(Estate::new(7, 300), Estate::new(8, 300));
    // A larger estate begins with the smaller one.
    let (small, large) = (Estate::new(7, 100), Estate::new(7, 300));
    assert!(small.stations().take(90).eq(large.stations().take(90)));
}

#[test]
fn an_estate_has_what_the_portal_needs_to_show() {
    for seed in 1..=20 {
        let estate = Estate::new(seed, SandboxConfig::DEFAULT_SCALE);
        let stations: Vec<Station> = estate.stations().cloned().collect();
        assert!(estate.sites().len() >= 24, "{}", estate.sites().len());
        assert!(stations.len() >= 120);
        assert_eq!(
            set(&stations, |station| &station.station_id).len(),
            stations.len()
        );
        assert_eq!(
            set(&stations, |station| &station.station_serial_num).len(),
            stations.len()
        );
        assert_eq!(
            set(&stations, |station| &station.station_mac_addr).len(),
            stations.len()
        );
        let countries = set(&stations, |station| &station.country);
        assert!(countries.contains("United States") && countries.contains("Netherlands"));
        assert!(set(&stations, |station| &station.org_id).len() >= 5);
        let ports: HashSet<usize> = stations.iter().map(|station| station.ports.len()).collect();
        assert_eq!(ports, HashSet::from([1, 2, 3, 4]));
        let power = |station: &Station| station.ports[0].power.as_ref().unwrap().parse::<f64>().unwrap();
        assert!(stations.iter().any(|station| power(station) > 50.0), "no DC");
        assert!(stations.iter().any(|station| power(station) < 23.0), "no AC");
        assert!(
            stations
                .iter()
                .any(|station| station.address.as_ref().unwrap().ends_with(' '))
        );
    }
}

#[test]
fn the_stations_of_a_site_share_organization_address_and_position() {
    let estate = Estate::new(3, 2000);
    let mut places = HashSet::new();
    for site in estate.sites() {
        let place = |station: &Station| {
            let position = station.position().unwrap();
            let address = station.address.as_ref().unwrap().trim().to_owned();
            (
                station.org_id.clone().unwrap(),
                address,
                position.lat.to_bits(),
                position.long.to_bits(),
            )
        };
        let here: HashSet<_> = estate.stations_of(site.id).map(place).collect();
        assert_eq!(here.len(), 1, "{}", site.name);
        assert!(
            here.into_iter().all(|place| places.insert(place)),
            "two sites at one place"
        );
        for station in estate.stations_of(site.id) {
            assert!(station.station_name.as_ref().unwrap().contains(&site.name));
        }
    }
    let names: HashSet<_> = estate.sites().iter().map(|site| &site.name).collect();
    assert_eq!(names.len(), estate.sites().len());
}

#[test]
fn every_port_goes_through_its_states_and_a_moment_is_always_the_same() {
    let estate = Estate::new(1, 160);
    let mut states = HashSet::new();
    let mut changed = 0;
    for station in estate.stations() {
        let day = (0..24).map(|hour| estate.status(station, NOW + hour * 3600));
        let day: Vec<_> = day.collect();
        for status in &day {
            for port in &status.ports {
                states.insert(port.status.clone().unwrap());
            }
            let unreachable = status.network_status.as_deref() == Some("Unreachable");
            let same = |port: &chargepoint::PortStatus| {
                (port.status.as_deref() == Some("UNREACHABLE")) == unreachable
            };
            assert!(status.ports.iter().all(same));
        }
        let first = |status: &chargepoint::StationStatus| status.ports[0].status.clone();
        changed += usize::from(day.iter().any(|status| first(status) != first(&day[0])));
        assert_eq!(estate.status(station, NOW + 3600), day[1]);
        assert!(day[0].ports[0].time_stamp.as_deref().unwrap() <= "2026-11-20T10:00:00Z");
    }
    let known = ["AVAILABLE", "INUSE", "UNREACHABLE", "UNKNOWN"];
    assert_eq!(states, HashSet::from(known.map(str::to_owned)));
    assert!(changed > 150, "{changed} of 160 stations changed in a day");
}

#[test]
fn ten_thousand_stations_are_built() {
    let estate = Estate::new(1, SandboxConfig::MAX_SCALE);
    assert_eq!(estate.stations().count(), SandboxConfig::MAX_SCALE);
}

#[test]
fn sites_come_go_and_change_their_names() {
    let mut estate = Estate::new(1, 50);
    let first = estate.sites()[0].id;
    let gone = estate.stations_of(first).count();
    assert!(estate.remove_site(first));
    assert!(!estate.remove_site(first));
    assert_eq!(estate.stations().count(), 50 - gone);
    let new = estate.add_site("Rooftop", 3);
    assert_eq!(estate.stations_of(new).count(), 3);
    let ids: HashSet<_> = estate
        .stations()
        .map(|station| station.station_id.clone())
        .collect();
    assert_eq!(ids.len(), 53 - gone);
    assert!(estate.rename_site(new, "Cellar"));
    assert!(!estate.rename_site(first, "Nothing"));
    let names: Vec<_> = estate
        .stations_of(new)
        .flat_map(|station| &station.station_name)
        .collect();
    assert!(names[2].ends_with(" / Cellar 03"), "{}", names[2]);
}

#[test]
fn an_estate_has_drivers_of_every_kind() {
    for seed in 1..=20 {
        let estate = Estate::new(seed, 0);
        let users: Vec<_> = estate.drivers().iter().map(|driver| &driver.user).collect();
        assert_eq!(users.len() as u64, drivers::COUNT);
        assert!(users.len() > 500, "one page holds them all");
        let ids: HashSet<_> = users.iter().map(|user| user.user_id.as_ref().unwrap()).collect();
        assert_eq!(ids.len(), users.len());
        let emails: Vec<_> = users.iter().flat_map(|user| user.email()).collect();
        assert!(emails.len() < users.len(), "none without an address");
        assert_eq!(emails.iter().collect::<HashSet<_>>().len(), emails.len());
        for email in emails {
            let (name, domain) = email.split_once('@').unwrap();
            assert!(domain.starts_with("example."), "{email}");
            assert!(
                name.bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'.'),
                "{email}"
            );
        }
        let mut states: std::collections::HashMap<&str, usize> = Default::default();
        for user in &users {
            let connection = user.connection.as_ref().and_then(|c| c.status.as_deref());
            let realm = user
                .management_realm
                .as_ref()
                .and_then(|realm| realm.status.as_deref());
            assert!(connection.is_some() != realm.is_some());
            *states.entry(connection.or(realm).unwrap()).or_default() += 1;
        }
        for (state, least) in [
            ("APPROVED", 300),
            ("PENDING", 15),
            ("REJECTED", 20),
            ("NOT CONNECTED", 20),
            ("NOT MANAGED", 5),
        ] {
            assert!(states[state] >= least, "{seed}: {states:?}");
        }
        let cards =
            |user: &&&chargepoint::User| user.credential_ids.as_ref().map_or(0, |list| list.ids.len());
        let cards: HashSet<usize> = users.iter().map(|user| cards(&user)).collect();
        assert_eq!(cards, HashSet::from([0, 1, 2, 3]));
        assert!(users.iter().any(|user| user.home_station.is_some()));
    }
}
