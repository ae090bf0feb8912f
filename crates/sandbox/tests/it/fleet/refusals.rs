//! Vehicles that are refused.

use super::changes::new;
use super::*;

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
