//! Vehicles of fleets, and what they have used.

use chargepoint::calls::fleet_changes::{
    AddFleetVehicle, DeleteFleetVehicle, NewVehicle, UpdateFleetVehicle, VehicleCard, VehicleChange,
    VehiclePortMacs,
};
use chargepoint::calls::fleet_usage::{FleetUsage, FleetUsageQuery, GetFleetUsageData};
use chargepoint::calls::fleet_vehicles::{FleetVehicle, FleetVehiclesQuery, GetFleetVehicles};
use sandbox::Running;

use super::support::{NOW, ask, code, start};

fn text(text: impl ToString) -> Option<String> {
    Some(text.to_string())
}

async fn vehicles(running: &Running, query: FleetVehiclesQuery) -> Vec<FleetVehicle> {
    let mut rows: Vec<FleetVehicle> = Vec::new();
    loop {
        let search_query = FleetVehiclesQuery {
            start_record: Some(rows.len() as i32 + 1),
            ..query.clone()
        };
        let answer = ask(running, &GetFleetVehicles { search_query }).await;
        assert_eq!(answer.response_code.as_deref(), Some("100"), "{query:?}");
        assert!(answer.vehicles.len() <= 100);
        rows.extend(answer.vehicles);
        if answer.more == Some(false) {
            return rows;
        }
    }
}

async fn usage(running: &Running, query: FleetUsageQuery) -> Vec<FleetUsage> {
    let mut rows: Vec<FleetUsage> = Vec::new();
    loop {
        let search_query = FleetUsageQuery {
            start_record: Some(rows.len() as i32 + 1),
            ..query.clone()
        };
        let answer = ask(running, &GetFleetUsageData { search_query }).await;
        if answer.response_code.as_deref() == Some("160") {
            return rows;
        }
        assert_eq!(answer.response_code.as_deref(), Some("100"), "{query:?}");
        rows.extend(answer.usage);
        if answer.more == Some(false) {
            return rows;
        }
    }
}

#[tokio::test]
async fn vehicles_are_those_of_the_estate_and_every_parameter_narrows() {
    let running = start().await;
    let none = FleetVehiclesQuery::default;
    let all = vehicles(&running, none()).await;
    assert!(all.len() > 100);
    running.estate(|estate| {
        let known = estate.fleet().vehicles().map(|vehicle| {
            (
                text(&vehicle.id),
                text(&vehicle.license),
                text(estate.vehicle_state(vehicle, NOW).word()),
            )
        });
        let rows = all
            .iter()
            .cloned()
            .map(|row| (row.fleet_vehicle_id, row.license, row.charging_state));
        assert!(known.eq(rows));
    });
    let whole = |row: &&FleetVehicle| {
        let known = [
            &row.vehicle_id,
            &row.vin,
            &row.color,
            &row.fleet_driver_id,
            &row.company_code,
            &row.payment_type,
        ];
        known.iter().all(|field| field.is_some()) && row.telematics_provider.is_some()
    };
    let one = all.iter().find(whole).unwrap().clone();
    let card = one.credential_ids.as_ref().unwrap().ids[0].clone();
    let exact = FleetVehiclesQuery {
        fleet_vehicle_id: one.fleet_vehicle_id.clone(),
        fleet_name: one.fleet_name.clone(),
        vehicle_id: one.vehicle_id.clone(),
        vin: one.vin.clone(),
        license: one.license.clone(),
        color: one.color.clone(),
        make: one.make.clone(),
        model: one.model.clone(),
        year: one.year,
        fleet_driver_id: one.fleet_driver_id.clone(),
        credential_id: text(card),
        org_id: one.org_id.clone(),
        organization_name: one.organization_name.clone(),
        telematics_provider: one.telematics_provider.clone(),
        telematics_status: one.telematics_status.clone(),
        company_code: one.company_code.clone(),
        payment_type: one.payment_type.clone(),
        payment_status: one.payment_status.clone(),
        modified_since: one.last_modified.clone(),
        ..none()
    };
    let [found] = vehicles(&running, exact.clone()).await.try_into().unwrap();
    assert_eq!(found.fleet_vehicle_id, one.fleet_vehicle_id);
    let other = || text("other");
    for (wrong, expected) in [
        (
            FleetVehiclesQuery {
                fleet_vehicle_id: text("1:1"),
                ..exact.clone()
            },
            "160",
        ),
        (
            FleetVehiclesQuery {
                fleet_name: other(),
                ..exact.clone()
            },
            "160",
        ),
        (
            FleetVehiclesQuery {
                vehicle_id: other(),
                ..exact.clone()
            },
            "160",
        ),
        (
            FleetVehiclesQuery {
                vin: other(),
                ..exact.clone()
            },
            "160",
        ),
        (
            FleetVehiclesQuery {
                license: other(),
                ..exact.clone()
            },
            "160",
        ),
        (
            FleetVehiclesQuery {
                color: other(),
                ..exact.clone()
            },
            "160",
        ),
        (
            FleetVehiclesQuery {
                make: other(),
                ..exact.clone()
            },
            "160",
        ),
        (
            FleetVehiclesQuery {
                model: other(),
                ..exact.clone()
            },
            "160",
        ),
        (
            FleetVehiclesQuery {
                year: Some(1999),
                ..exact.clone()
            },
            "160",
        ),
        (
            FleetVehiclesQuery {
                fleet_driver_id: other(),
                ..exact.clone()
            },
            "160",
        ),
        (
            FleetVehiclesQuery {
                credential_id: other(),
                ..exact.clone()
            },
            "160",
        ),
        (
            FleetVehiclesQuery {
                organization_name: other(),
                ..exact.clone()
            },
            "160",
        ),
        (
            FleetVehiclesQuery {
                telematics_provider: other(),
                ..exact.clone()
            },
            "160",
        ),
        (
            FleetVehiclesQuery {
                telematics_status: other(),
                ..exact.clone()
            },
            "160",
        ),
        (
            FleetVehiclesQuery {
                company_code: other(),
                ..exact.clone()
            },
            "160",
        ),
        (
            FleetVehiclesQuery {
                payment_type: other(),
                ..exact.clone()
            },
            "160",
        ),
        (
            FleetVehiclesQuery {
                payment_status: other(),
                ..exact.clone()
            },
            "160",
        ),
        (
            FleetVehiclesQuery {
                modified_since: Some("2999-01-01T00:00:00Z".into()),
                ..none()
            },
            "160",
        ),
        (
            FleetVehiclesQuery {
                modified_since: Some("later".into()),
                ..none()
            },
            "141",
        ),
        (
            FleetVehiclesQuery {
                org_id: text("1:ORG07225"),
                ..none()
            },
            "101",
        ),
        (
            FleetVehiclesQuery {
                org_id: text("1:ORG00001"),
                ..none()
            },
            "159",
        ),
        (
            FleetVehiclesQuery {
                fleet_vehicle_id: other(),
                ..none()
            },
            "135",
        ),
        (
            FleetVehiclesQuery {
                num_records: Some(501),
                ..none()
            },
            "189",
        ),
        (
            FleetVehiclesQuery {
                start_record: Some(0),
                ..none()
            },
            "135",
        ),
    ] {
        let call = GetFleetVehicles { search_query: wrong };
        assert_eq!(code(&running, &call).await, expected, "{call:?}");
    }
}

fn new(running: &Running) -> NewVehicle {
    let fleet = running.estate(|estate| estate.fleet().vehicles().next().unwrap().fleet.clone());
    NewVehicle {
        cards: vec![
            VehicleCard {
                serial_number: text("CNCP0001"),
                mifare_id: None,
            },
            VehicleCard {
                serial_number: None,
                mifare_id: text("04A1B2C3"),
            },
        ],
        license: text("EV-2026"),
        fleet_name: Some(fleet),
        vehicle_id: text("V-1"),
        vin: text("1A2BC3DE4FG123456"),
        color: text("Red"),
        make: text("Nissan"),
        model: text("leaf"),
        year: Some(2020),
        company_code: text("CUST1"),
        driver_id: text(12345),
        port_macs: Some(VehiclePortMacs {
            ids: vec!["00:24:B1:00:00:01".to_owned()],
        }),
    }
}

#[tokio::test]
async fn vehicles_come_change_and_go() {
    let running = start().await;
    let second = NewVehicle {
        license: text("EV-2027"),
        color: None,
        ..new(&running)
    };
    let added = ask(
        &running,
        &AddFleetVehicle {
            vehicles: vec![new(&running), second],
        },
    )
    .await;
    let [one, two] = added.fleet_vehicle_ids.try_into().unwrap();
    assert!(one.contains(':') && one != two);
    let find = async |id: &str| {
        let query = FleetVehiclesQuery {
            fleet_vehicle_id: text(id),
            ..FleetVehiclesQuery::default()
        };
        let [row] = vehicles(&running, query).await.try_into().unwrap();
        row
    };
    let row = find(&one).await;
    assert_eq!(
        (row.make, row.model, row.year),
        (text("Nissan"), text("LEAF"), Some(2020))
    );
    assert_eq!(row.credential_ids.unwrap().ids, ["CNCP0001", "04A1B2C3"]);
    assert_eq!(
        (row.vin, row.license, row.color),
        (new(&running).vin, text("EV-2026"), text("Red"))
    );
    assert_eq!(
        (row.company_code, row.fleet_driver_id, row.fleet_name),
        (text("CUST1"), text(12345), new(&running).fleet_name)
    );
    assert_eq!(row.charging_state, text("Not Plugged In"));
    assert_eq!(row.last_modified, Some(sandbox::date_time(NOW)));

    let change = |id: &str| VehicleChange {
        fleet_vehicle_id: text(id),
        color: text("Green"),
        ..VehicleChange::default()
    };
    let changed = ask(
        &running,
        &UpdateFleetVehicle {
            vehicles: vec![change(&one), change(&two)],
        },
    )
    .await;
    assert_eq!(
        changed
            .vehicles
            .iter()
            .map(|row| row.color.as_deref())
            .collect::<Vec<_>>(),
        [Some("Green"); 2]
    );
    assert_eq!(
        changed.vehicles[0].license,
        text("EV-2026"),
        "what is not named stays"
    );
    let row = find(&two).await;
    assert_eq!(
        (row.color, row.license, row.year),
        (text("Green"), text("EV-2027"), Some(2020))
    );

    let delete = DeleteFleetVehicle {
        fleet_vehicle_id: text(&one),
    };
    assert_eq!(ask(&running, &delete).await.results, Some(true));
    assert_eq!(code(&running, &delete).await, "160");
    assert_eq!(find(&two).await.fleet_vehicle_id, text(two));
}

#[tokio::test]
async fn wrong_vehicles_are_refused_and_none_of_the_call_is_kept() {
    let running = start().await;
    let before = running.estate(|estate| estate.fleet().vehicles().count());
    let good = || new(&running);
    let card = |id: &str| {
        vec![VehicleCard {
            serial_number: text(id),
            mifare_id: None,
        }]
    };
    for (wrong, expected, words) in [
        (
            NewVehicle {
                model: text("Model T"),
                ..good()
            },
            "135",
            "Invalid Vehicle Type",
        ),
        (
            NewVehicle {
                make: text("Tesla"),
                ..good()
            },
            "135",
            "Invalid Vehicle Type",
        ),
        (
            NewVehicle {
                year: Some(2011),
                ..good()
            },
            "135",
            "Invalid Vehicle Type",
        ),
        (
            NewVehicle {
                fleet_name: text("Nobody's"),
                ..good()
            },
            "135",
            "Fleet not found",
        ),
        (
            NewVehicle {
                cards: card("?"),
                ..good()
            },
            "147",
            "Invalid RFID card provided",
        ),
        (
            NewVehicle {
                cards: [card("CNCP0001"), card("12-34")].concat(),
                ..good()
            },
            "147",
            "Invalid RFID card provided",
        ),
        (
            NewVehicle {
                cards: Vec::new(),
                ..good()
            },
            "172",
            "mandatory",
        ),
        (
            NewVehicle {
                license: None,
                ..good()
            },
            "172",
            "mandatory",
        ),
        (NewVehicle { make: None, ..good() }, "172", "mandatory"),
    ] {
        let call = AddFleetVehicle {
            vehicles: vec![good(), wrong],
        };
        let answer = ask(&running, &call).await;
        assert_eq!(answer.response_code.as_deref(), Some(expected), "{call:?}");
        assert!(answer.response_text.unwrap().contains(words));
    }
    assert_eq!(
        code(&running, &AddFleetVehicle { vehicles: Vec::new() }).await,
        "172"
    );
    assert_eq!(running.estate(|estate| estate.fleet().vehicles().count()), before);

    let id = running.estate(|estate| estate.fleet().vehicles().next().unwrap().id.clone());
    let change = |id: &str| VehicleChange {
        fleet_vehicle_id: text(id),
        color: text("Pink"),
        ..VehicleChange::default()
    };
    for (wrong, expected) in [
        (change("1:1"), "160"),
        (change("one"), "135"),
        (
            VehicleChange {
                fleet_vehicle_id: None,
                ..change("")
            },
            "172",
        ),
        (
            VehicleChange {
                model: text("Model T"),
                ..change(&id)
            },
            "135",
        ),
        (
            VehicleChange {
                cards: card(""),
                ..change(&id)
            },
            "147",
        ),
        (
            VehicleChange {
                fleet_name: text("Nobody's"),
                ..change(&id)
            },
            "135",
        ),
    ] {
        let call = UpdateFleetVehicle {
            vehicles: vec![change(&id), wrong],
        };
        assert_eq!(code(&running, &call).await, expected, "{call:?}");
    }
    let pink = running.estate(|estate| {
        estate
            .fleet()
            .vehicles()
            .filter(|vehicle| vehicle.color.as_deref() == Some("Pink"))
            .count()
    });
    assert_eq!(pink, 0);
    for (id, expected) in [("1:1", "160"), ("one", "135"), ("", "172")] {
        let fleet_vehicle_id = text(id).filter(|id| !id.is_empty());
        assert_eq!(
            code(&running, &DeleteFleetVehicle { fleet_vehicle_id }).await,
            expected
        );
    }
}

#[tokio::test]
async fn usage_is_what_sessions_of_vehicles_came_to() {
    let running = start().await;
    let day = || FleetUsageQuery {
        from_time_stamp: Some(sandbox::date_time(NOW - 86_400)),
        num_records: Some(500),
        ..FleetUsageQuery::default()
    };
    let all = usage(&running, day()).await;
    assert!(all.len() > 50, "{}", all.len());
    running.estate(|estate| {
        for row in &all {
            let number: i64 = row.transaction_id.as_ref().unwrap().parse().unwrap();
            let session = estate.session(number / 2).unwrap();
            let vehicle = session.vehicle.unwrap();
            assert_eq!(row.fleet_vehicle_id, text(&vehicle.id));
            assert_eq!(row.start_time, Some(sandbox::date_time(session.visit.start)));
            assert_eq!(row.end_time, Some(sandbox::date_time(session.visit.end)));
            assert!((row.energy.unwrap() - session.charge(NOW).energy).abs() < 1e-6);
            assert!(row.end_soc >= row.start_soc);
            let paid = estate.transaction(number, NOW).map(|paid| paid.fee(NOW).gross);
            assert_eq!(row.fee, Some(paid.unwrap_or_default()));
            assert_eq!(row.payment_type.as_deref() == Some("Free"), paid.is_none());
        }
    });
    let whole = |row: &&FleetUsage| row.vehicle_id.is_some() && row.fleet_driver_id.is_some();
    let one = all.iter().find(whole).unwrap().clone();
    let exact = FleetUsageQuery {
        transaction_id: one.transaction_id.clone(),
        transaction_type: text("Session"),
        fleet_vehicle_id: one.fleet_vehicle_id.clone(),
        fleet_name: one.fleet_name.clone(),
        vehicle_id: one.vehicle_id.clone(),
        license: one.license.clone(),
        fleet_driver_id: one.fleet_driver_id.clone(),
        credential_id: one.credential_id.clone(),
        fleet_org_id: one.fleet_org_id.clone(),
        fleet_org_name: one.fleet_org_name.clone(),
        fraud_detection_status: one.fraud_detection_status.clone(),
        to_time_stamp: Some(sandbox::date_time(NOW)),
        station_org_name: one.station_org_name.clone(),
        station_name: one.station_name.clone(),
        address: one.address.clone(),
        city: one.city.clone(),
        state: one.state.clone(),
        postal_code: one.postal_code.clone(),
        country: one.country.clone(),
        payment_type: one.payment_type.clone(),
        ..day()
    };
    assert_eq!(
        usage(&running, exact.clone()).await,
        [FleetUsage {
            record_number: Some(1),
            ..one.clone()
        }]
    );
    let other = || text("other");
    for wrong in [
        FleetUsageQuery {
            transaction_id: text(2),
            ..exact.clone()
        },
        FleetUsageQuery {
            transaction_type: text("Reservation"),
            ..exact.clone()
        },
        FleetUsageQuery {
            fleet_vehicle_id: text("1:1"),
            ..exact.clone()
        },
        FleetUsageQuery {
            fleet_name: other(),
            ..exact.clone()
        },
        FleetUsageQuery {
            vehicle_id: other(),
            ..exact.clone()
        },
        FleetUsageQuery {
            license: other(),
            ..exact.clone()
        },
        FleetUsageQuery {
            fleet_driver_id: other(),
            ..exact.clone()
        },
        FleetUsageQuery {
            credential_id: other(),
            ..exact.clone()
        },
        FleetUsageQuery {
            fleet_org_name: other(),
            ..exact.clone()
        },
        FleetUsageQuery {
            fraud_detection_status: text("Fraud Detected"),
            ..exact.clone()
        },
        FleetUsageQuery {
            station_org_name: other(),
            ..exact.clone()
        },
        FleetUsageQuery {
            station_name: other(),
            ..exact.clone()
        },
        FleetUsageQuery {
            address: other(),
            ..exact.clone()
        },
        FleetUsageQuery {
            city: other(),
            ..exact.clone()
        },
        FleetUsageQuery {
            state: other(),
            ..exact.clone()
        },
        FleetUsageQuery {
            postal_code: other(),
            ..exact.clone()
        },
        FleetUsageQuery {
            country: other(),
            ..exact.clone()
        },
        FleetUsageQuery {
            payment_type: other(),
            ..exact.clone()
        },
        FleetUsageQuery {
            from_time_stamp: one.start_time.clone(),
            ..exact.clone()
        },
        FleetUsageQuery {
            to_time_stamp: one.end_time.clone(),
            ..exact.clone()
        },
    ] {
        assert_eq!(usage(&running, wrong.clone()).await, [], "{wrong:?}");
    }
    for (search_query, expected) in [
        (
            FleetUsageQuery {
                fleet_org_id: text("1:ORG07225"),
                ..day()
            },
            "101",
        ),
        (
            FleetUsageQuery {
                transaction_type: other(),
                ..day()
            },
            "135",
        ),
        (
            FleetUsageQuery {
                transaction_id: other(),
                ..day()
            },
            "135",
        ),
        (
            FleetUsageQuery {
                num_records: Some(501),
                ..day()
            },
            "198",
        ),
        (
            FleetUsageQuery {
                start_record: Some(0),
                ..day()
            },
            "135",
        ),
        (
            FleetUsageQuery {
                to_time_stamp: Some("2020-01-01T00:00:00Z".into()),
                ..day()
            },
            "142",
        ),
    ] {
        let call = GetFleetUsageData { search_query };
        assert_eq!(code(&running, &call).await, expected, "{call:?}");
    }
}
