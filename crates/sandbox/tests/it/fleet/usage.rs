//! What vehicles have used.

use super::*;

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
