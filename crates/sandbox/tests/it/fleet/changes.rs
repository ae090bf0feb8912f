//! Vehicles come, change and go.

use super::*;

pub(super) fn new(running: &Running) -> NewVehicle {
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
