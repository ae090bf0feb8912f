//! Our client asks for stations, with every parameter there is.

use chargepoint::calls::stations::SerialNumbers;
use chargepoint::{Client, Error, Geo, Port, PricingOptions, Station, StationsQuery, StatusQuery, Time};

use super::support::{NOW, all, client, client_with, ids, start, start_with};

async fn found(client: &Client, query: StationsQuery) -> Vec<String> {
    ids(&client.stations(&query).await.unwrap())
}

async fn code(client: &Client, query: StationsQuery) -> String {
    match client.stations(&query).await.unwrap_err() {
        Error::Response { code, .. } => code,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn every_station_comes_as_the_estate_has_it() {
    let running = start().await;
    let stations = client(&running)
        .stations(&StationsQuery::default())
        .await
        .unwrap();
    for (index, (got, known)) in stations.iter().zip(all(&running)).enumerate() {
        let mut got = got.clone();
        assert_eq!(got.record_number.take(), Some(index as i32 + 1));
        let status = running.estate(|estate| estate.status(&known, NOW));
        let network = got.network_status.take().unwrap();
        assert!(network.eq_ignore_ascii_case(&status.network_status.unwrap()));
        for (port, state) in got.ports.iter_mut().zip(status.ports) {
            assert_eq!(port.status.take(), state.status);
            assert_eq!(port.time_stamp.take(), state.time_stamp);
        }
        assert_eq!(got, known);
    }
    assert_eq!(stations.len(), 160);
}

#[tokio::test]
async fn more_than_one_page_is_walked() {
    let running = start_with(1203).await;
    let client = client(&running);
    let expected = ids(&all(&running));
    assert_eq!(found(&client, StationsQuery::default()).await, expected);
    let small = StationsQuery {
        num_stations: Some(400),
        start_record: Some(5),
        ..StationsQuery::default()
    };
    assert_eq!(found(&client, small.clone()).await, expected[4..]);
    let page = client.stations_page(&small).await.unwrap();
    assert_eq!((page.rows.len(), page.more), (400, true));
    let states = client.station_status(&StatusQuery::default()).await.unwrap();
    assert_eq!(states.len(), 1203);
}

/// Each parameter with a value of some station, and what the estate says should come.
#[tokio::test]
async fn every_parameter_narrows() {
    let running = start().await;
    let client = client(&running);
    let all = all(&running);
    let one = all
        .iter()
        .find(|station| station.ports[0].reservable == Some(true));
    let one = one.unwrap().clone();
    let port = one.ports[0].clone();

    type Set = fn(&mut StationsQuery) -> &mut Option<String>;
    type Get = fn(&Station) -> &Option<String>;
    let texts: &[(Set, Get)] = &[
        (|query| &mut query.station_id, |station| &station.station_id),
        (|query| &mut query.station_model, |station| &station.station_model),
        (
            |query| &mut query.station_manufacturer,
            |station| &station.station_manufacturer,
        ),
        (|query| &mut query.station_name, |station| &station.station_name),
        (
            |query| &mut query.serial_number,
            |station| &station.station_serial_num,
        ),
        (|query| &mut query.city, |station| &station.city),
        (|query| &mut query.state, |station| &station.state),
        (|query| &mut query.country, |station| &station.country),
        (|query| &mut query.postal_code, |station| &station.postal_code),
        (|query| &mut query.org_id, |station| &station.org_id),
        (
            |query| &mut query.organization_name,
            |station| &station.organization_name,
        ),
        (
            |query| &mut query.warranty_service,
            |station| &station.warranty_service,
        ),
    ];
    for (number, (set, get)) in texts.iter().enumerate() {
        let mut query = StationsQuery::default();
        *set(&mut query) = get(&one).clone();
        let expected = ids(all.iter().filter(|station| get(station) == get(&one)));
        assert_eq!(found(&client, query).await, expected, "parameter {number}");
    }

    type PortGet = fn(&Port) -> &Option<String>;
    let ports: &[(Set, PortGet)] = &[
        (|query| &mut query.connector, |port| &port.connector),
        (|query| &mut query.voltage, |port| &port.voltage),
        (|query| &mut query.current, |port| &port.current),
        (|query| &mut query.power, |port| &port.power),
    ];
    for (number, (set, get)) in ports.iter().enumerate() {
        let mut query = StationsQuery::default();
        *set(&mut query) = get(&port).clone();
        let has = |station: &&Station| station.ports.iter().any(|other| get(other) == get(&port));
        let expected = ids(all.iter().filter(has));
        assert!(expected.len() < all.len());
        assert_eq!(found(&client, query).await, expected, "port parameter {number}");
    }
}

#[tokio::test]
async fn levels_modes_and_reservable_are_asked_of_ports() {
    let running = start().await;
    let client = client(&running);
    let all = all(&running);
    for (level, word) in [("1", "L1"), ("2", "L2"), ("4", "DC")] {
        let query = StationsQuery {
            level: Some(level.to_owned()),
            ..StationsQuery::default()
        };
        let has = |station: &&Station| {
            station
                .ports
                .iter()
                .any(|port| port.level.as_deref() == Some(word))
        };
        let expected = ids(all.iter().filter(has));
        assert!(!expected.is_empty());
        assert_eq!(found(&client, query).await, expected, "level {level}");
    }
    for mode in ["1", "3", "4"] {
        let query = StationsQuery {
            mode: Some(mode.to_owned()),
            ..StationsQuery::default()
        };
        let has = |station: &&Station| {
            station
                .ports
                .iter()
                .any(|port| port.mode.as_deref() == Some(mode))
        };
        let expected = ids(all.iter().filter(has));
        assert!(!expected.is_empty());
        assert_eq!(found(&client, query).await, expected, "mode {mode}");
    }
    for reservable in [true, false] {
        let query = StationsQuery {
            reservable: Some(reservable),
            ..StationsQuery::default()
        };
        let has = |station: &&Station| station.ports[0].reservable == Some(reservable);
        assert_eq!(found(&client, query).await, ids(all.iter().filter(has)));
    }
    // Both must hold of one port: an AC port and a fast one are not the same.
    let query = StationsQuery {
        connector: Some("J1772".to_owned()),
        level: Some("DC".to_owned()),
        ..StationsQuery::default()
    };
    assert_eq!(found(&client, query).await, Vec::<String>::new());
}

#[tokio::test]
async fn names_take_wildcards_and_addresses_any_part() {
    let running = start().await;
    let client = client(&running);
    let all = all(&running);
    let site = running.estate(|estate| estate.sites()[2].clone());
    let of_site = running.estate(|estate| ids(estate.stations_of(site.id)));
    let by_name = |name: String| StationsQuery {
        station_name: Some(name),
        ..StationsQuery::default()
    };
    assert_eq!(found(&client, by_name(format!("*{}*", site.name))).await, of_site);
    assert_eq!(
        found(&client, by_name(format!("{} 01", site.name.to_uppercase()))).await,
        of_site[..1]
    );
    let company = all[0].organization_name.clone();
    let of_company = ids(all.iter().filter(|station| station.organization_name == company));
    assert_eq!(found(&client, by_name(company.unwrap())).await, of_company);

    let first = running
        .estate(|estate| estate.stations_of(site.id).next().cloned())
        .unwrap();
    let street = first.address.as_ref().unwrap().trim().to_owned();
    let complete = format!("{street}, {}", first.city.as_ref().unwrap());
    for address in [street, complete] {
        let query = StationsQuery {
            address: Some(address),
            city: first.city.clone(),
            ..StationsQuery::default()
        };
        assert_eq!(found(&client, query).await, of_site);
    }
}

#[tokio::test]
async fn distance_is_measured_in_every_unit() {
    let running = start().await;
    let client = client(&running);
    let all = all(&running);
    let centre = all[0].position().unwrap().clone();
    let in_city = ids(all.iter().filter(|station| station.city == all[0].city));
    let near = |reach: Option<f64>, unit: Option<&str>| StationsQuery {
        geo: Some(centre.clone()),
        proximity: reach,
        proximity_unit: unit.map(str::to_owned),
        ..StationsQuery::default()
    };
    // 25 km takes in the city, and no other city of the estate.
    for (reach, unit) in [
        (25.0, "K"),
        (15.6, "m"),
        (13.5, "N"),
        (82_000.0, "F"),
        (985_000.0, "I"),
    ] {
        assert_eq!(
            found(&client, near(Some(reach), Some(unit))).await,
            in_city,
            "{unit}"
        );
    }
    let here = running.estate(|estate| ids(estate.stations_of(0)));
    assert_eq!(found(&client, near(Some(1.0), Some("F"))).await, here);
    // Five miles unless told otherwise.
    let five = found(&client, near(None, None)).await;
    assert_eq!(five, found(&client, near(Some(5.0), Some("M"))).await);
    assert_eq!(code(&client, near(Some(1.0), Some("parsec"))).await, "135");
    let nowhere = StationsQuery {
        geo: Some(Geo { lat: 0.0, long: 0.0 }),
        ..StationsQuery::default()
    };
    assert_eq!(found(&client, nowhere).await, Vec::<String>::new());
}

#[tokio::test]
async fn groups_dates_and_serial_numbers_narrow() {
    let running = start().await;
    let client = client(&running);
    let all = all(&running);
    let one = all
        .iter()
        .find(|station| station.sg_ids.as_ref().unwrap().len() == 2)
        .unwrap();
    for (id, name) in one
        .sg_ids
        .as_ref()
        .unwrap()
        .iter()
        .zip(one.sg_names.as_ref().unwrap().iter())
    {
        let has = |station: &&Station| station.sg_ids.as_ref().unwrap().contains(id);
        let query = StationsQuery {
            sg_id: Some(id.clone()),
            ..StationsQuery::default()
        };
        assert_eq!(found(&client, query).await, ids(all.iter().filter(has)));
        let query = StationsQuery {
            sg_name: Some(name.clone()),
            org_id: one.org_id.clone(),
            ..StationsQuery::default()
        };
        assert_eq!(found(&client, query).await, ids(all.iter().filter(has)));
    }
    let query = StationsQuery {
        station_activation_date: one.station_activation_date.clone(),
        ..StationsQuery::default()
    };
    assert_eq!(found(&client, query).await, ids([one]));
    let numbers = all[3..6]
        .iter()
        .flat_map(|station| station.station_serial_num.clone());
    let query = StationsQuery {
        demo_serial_number: Some(SerialNumbers {
            numbers: numbers.collect(),
        }),
        ..StationsQuery::default()
    };
    assert_eq!(found(&client, query).await, ids(&all[3..6]));
}

#[tokio::test]
async fn a_session_is_priced() {
    let running = start().await;
    let client = client(&running);
    let session = PricingOptions {
        start_time: Some(Time::from("10:00:00")),
        duration: Some(2),
        energy_required: Some(10.0),
        vehicle_power: Some(11.0),
    };
    let query = StationsQuery {
        pricing: Some(session.clone()),
        ..StationsQuery::default()
    };
    for station in client.stations(&query).await.unwrap() {
        let cost = station.pricing.first().map_or(0.0, |price| {
            10.0 * price.unit_price_per_kwh.unwrap_or_default()
                + 2.0 * price.unit_price_per_hour.unwrap_or_default()
        });
        let told = station.ports[0].estimated_cost.unwrap();
        assert!((told - cost).abs() < 0.01, "{told} {cost}");
    }
    let query = StationsQuery {
        pricing: Some(PricingOptions {
            duration: None,
            ..session
        }),
        ..StationsQuery::default()
    };
    assert_eq!(code(&client, query).await, "166");
}

#[tokio::test]
async fn wrong_parameters_get_the_guides_codes() {
    let running = start().await;
    let client = client(&running);
    let query = StationsQuery::default;
    let text = |text: &str| Some(text.to_owned());
    for (wrong, expected) in [
        (
            StationsQuery {
                station_id: text("12345"),
                ..query()
            },
            "152",
        ),
        (
            StationsQuery {
                org_id: text("1:7"),
                ..query()
            },
            "158",
        ),
        (
            StationsQuery {
                num_stations: Some(501),
                ..query()
            },
            "189",
        ),
        (
            StationsQuery {
                num_stations: Some(0),
                ..query()
            },
            "135",
        ),
    ] {
        assert_eq!(code(&client, wrong).await, expected);
    }
    let page = StationsQuery {
        start_record: Some(0),
        ..query()
    };
    let error = client.stations_page(&page).await.unwrap_err();
    assert!(matches!(error, Error::Response { code, .. } if code == "135"));
    let nothing = StationsQuery {
        city: text("Atlantis"),
        ..query()
    };
    assert_eq!(found(&client, nothing).await, Vec::<String>::new());
    let beyond = StationsQuery {
        start_record: Some(100_000),
        ..query()
    };
    assert_eq!(found(&client, beyond).await, Vec::<String>::new());
}

#[tokio::test]
async fn a_wrong_key_and_a_wrong_password_are_refused_alike() {
    let running = start().await;
    for (key, password) in [("wrong", "sandbox"), ("sandbox", "wrong"), ("", "")] {
        let error = client_with(&running, key, password)
            .cpn_instances()
            .await
            .unwrap_err();
        assert!(matches!(error, Error::InvalidSecurity), "{error:?}");
    }
    let instances = client(&running).cpn_instances().await.unwrap();
    assert_eq!(instances.len(), 4);
    assert_eq!(instances[1].name.as_deref(), Some("EU"));
}
