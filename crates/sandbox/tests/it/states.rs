//! Our client asks for states, with every parameter there is.

use chargepoint::calls::station_status::StationIds;
use chargepoint::calls::stations::SerialNumbers;
use chargepoint::{Error, Geo, StatusQuery};

use super::support::{NOW, all, client, ids, start};

#[tokio::test]
async fn states_are_those_of_the_estate_and_narrow_too() {
    let running = start().await;
    let client = client(&running);
    let all = all(&running);
    let details = StatusQuery {
        port_details: Some(true),
        ..StatusQuery::default()
    };
    let states = client.station_status(&details).await.unwrap();
    for (index, (got, station)) in states.iter().zip(&all).enumerate() {
        let mut known = running.estate(|estate| estate.status(station, NOW));
        known.record_number = Some(index as i32 + 1);
        assert_eq!(*got, known);
    }
    assert_eq!(states.len(), all.len());
    for (number, words) in [
        (1, &["AVAILABLE"][..]),
        (2, &["INUSE"]),
        (3, &["UNKNOWN", "UNREACHABLE"]),
    ] {
        let query = StatusQuery {
            status: Some(number),
            ..StatusQuery::default()
        };
        let got = client.station_status(&query).await.unwrap();
        let has = |ports: &[chargepoint::PortStatus]| {
            ports
                .iter()
                .any(|port| words.contains(&port.status.as_deref().unwrap()))
        };
        assert!(!got.is_empty());
        assert_eq!(got.len(), states.iter().filter(|state| has(&state.ports)).count());
        assert!(
            got.iter()
                .all(|state| has(&state.ports) && state.ports[0].connector.is_none())
        );
    }
    let wanted = StationIds { ids: ids(&all[4..7]) };
    let query = StatusQuery {
        station_ids: Some(wanted.clone()),
        ..StatusQuery::default()
    };
    assert_eq!(client.station_status(&query).await.unwrap().len(), 3);
    for (wrong, expected) in [
        (
            StatusQuery {
                station_id: Some("1:1".to_owned()),
                station_ids: Some(wanted),
                ..StatusQuery::default()
            },
            "194",
        ),
        (
            StatusQuery {
                station_ids: Some(StationIds {
                    ids: vec!["x".to_owned()],
                }),
                ..StatusQuery::default()
            },
            "152",
        ),
        (
            StatusQuery {
                status: Some(9),
                ..StatusQuery::default()
            },
            "135",
        ),
    ] {
        let error = client.station_status(&wrong).await.unwrap_err();
        assert!(
            matches!(&error, Error::Response { code, .. } if code == expected),
            "{error:?}"
        );
    }
}

/// The two queries share their parameters: one filter may not be forgotten in one of them.
#[tokio::test]
async fn a_filter_of_stations_is_one_of_states() {
    let running = start().await;
    let client = client(&running);
    let one = all(&running).remove(40);
    let port = one.ports[0].clone();
    let status = StatusQuery {
        station_id: one.station_id.clone(),
        station_manufacturer: one.station_manufacturer.clone(),
        station_model: one.station_model.clone(),
        station_name: one.station_name.clone(),
        address: one.address.clone(),
        city: one.city.clone(),
        state: one.state.clone(),
        country: one.country.clone(),
        postal_code: one.postal_code.clone(),
        geo: port.geo.clone(),
        connector: port.connector.clone(),
        voltage: port.voltage.clone(),
        current: port.current.clone(),
        power: port.power.clone(),
        reservable: port.reservable,
        level: port.level.clone(),
        mode: port.mode.clone(),
        ..StatusQuery::default()
    };
    assert_eq!(client.station_status(&status).await.unwrap().len(), 1);
    let other = || Some("other".to_owned());
    for wrong in [
        StatusQuery {
            station_manufacturer: other(),
            ..status.clone()
        },
        StatusQuery {
            station_model: other(),
            ..status.clone()
        },
        StatusQuery {
            station_name: other(),
            ..status.clone()
        },
        StatusQuery {
            address: other(),
            ..status.clone()
        },
        StatusQuery {
            city: other(),
            ..status.clone()
        },
        StatusQuery {
            state: other(),
            ..status.clone()
        },
        StatusQuery {
            country: other(),
            ..status.clone()
        },
        StatusQuery {
            postal_code: other(),
            ..status.clone()
        },
        StatusQuery {
            geo: Some(Geo { lat: 0.0, long: 0.0 }),
            ..status.clone()
        },
        StatusQuery {
            connector: other(),
            ..status.clone()
        },
        StatusQuery {
            voltage: other(),
            ..status.clone()
        },
        StatusQuery {
            current: other(),
            ..status.clone()
        },
        StatusQuery {
            power: other(),
            ..status.clone()
        },
        StatusQuery {
            reservable: port.reservable.map(|yes| !yes),
            ..status.clone()
        },
        StatusQuery {
            level: other(),
            ..status.clone()
        },
        StatusQuery {
            mode: other(),
            ..status.clone()
        },
        StatusQuery {
            demo_serial_number: Some(SerialNumbers {
                numbers: vec!["x".to_owned()],
            }),
            ..status.clone()
        },
    ] {
        assert_eq!(client.station_status(&wrong).await.unwrap(), [], "{wrong:?}");
    }
}
