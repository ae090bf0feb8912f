//! What is needed to change something.

use chargepoint::calls::alarms::{ClearAlarms, ClearAlarmsQuery};
use chargepoint::calls::fleet_changes::{
    AddFleetVehicle, DeleteFleetVehicle, NewVehicle, UpdateFleetVehicle, VehicleCard, VehicleChange,
};
use chargepoint::calls::user_status::UpdateUserStatus;
use chargepoint::calls::waitlist::SetWaitlistDone;

use super::{refused, taken, text};

#[test]
fn all_alarms_at_once_are_not_cleared_by_mistake() {
    let clear = |search_query| ClearAlarms { search_query };
    let query = ClearAlarmsQuery::default;
    taken(&clear(ClearAlarmsQuery {
        org_id: text("1:ORG1"),
        ..query()
    }));
    taken(&clear(ClearAlarmsQuery {
        alarm_type: text("Ground Fault"),
        ..query()
    }));
    assert_eq!(refused(&clear(query())), ("orgID", "172"));
    let reason = ClearAlarmsQuery {
        clear_reason: text("done"),
        ..query()
    };
    assert_eq!(refused(&clear(reason)), ("orgID", "172"));
    let odd = ClearAlarmsQuery {
        station_id: text("7"),
        ..query()
    };
    assert_eq!(refused(&clear(odd)), ("stationID", "152"));
}

#[test]
fn a_decision_is_about_one_driver_and_of_known_words() {
    let decide = |ids: &[&str], association: Option<&str>, status: Option<&str>| UpdateUserStatus {
        user_ids: ids.iter().map(|id| (*id).to_owned()).collect(),
        association: association.map(str::to_owned),
        status: status.map(str::to_owned),
        custom_text: None,
    };
    let (connection, approved) = (Some("CONNECTION"), Some("APPROVED"));
    taken(&decide(&["7"], connection, approved));
    assert_eq!(refused(&decide(&[], connection, approved)), ("userID", "172"));
    assert_eq!(
        refused(&decide(&["7", "8"], connection, approved)),
        ("userID", "172")
    );
    assert_eq!(refused(&decide(&[" "], connection, approved)), ("userID", "172"));
    assert_eq!(
        refused(&decide(&["7"], None, approved)),
        ("associationType", "172")
    );
    assert_eq!(
        refused(&decide(&["7"], Some("FRIEND"), approved)),
        ("associationType", "135")
    );
    assert_eq!(refused(&decide(&["7"], connection, None)), ("Status", "172"));
    assert_eq!(
        refused(&decide(&["7"], connection, Some("PENDING"))),
        ("Status", "135")
    );
}

#[test]
fn a_message_to_a_driver_needs_station_port_and_driver() {
    let done = || SetWaitlistDone {
        station_id: text("1:7"),
        port_id: text("1"),
        user_id: text("5"),
        ..SetWaitlistDone::default()
    };
    taken(&done());
    assert_eq!(
        refused(&SetWaitlistDone {
            station_id: None,
            ..done()
        }),
        ("stationID", "172")
    );
    assert_eq!(
        refused(&SetWaitlistDone {
            station_id: text("7"),
            ..done()
        }),
        ("stationID", "152")
    );
    assert_eq!(
        refused(&SetWaitlistDone {
            port_id: None,
            ..done()
        }),
        ("portID", "172")
    );
    assert_eq!(
        refused(&SetWaitlistDone {
            user_id: text(""),
            ..done()
        }),
        ("userID", "172")
    );
}

#[test]
fn a_vehicle_has_what_the_guide_requires() {
    let card = VehicleCard {
        serial_number: text("1"),
        mifare_id: None,
    };
    let new = || NewVehicle {
        cards: vec![card.clone()],
        license: text("X 1"),
        fleet_name: text("North"),
        make: text("Nissan"),
        model: text("LEAF"),
        year: Some(2015),
        ..NewVehicle::default()
    };
    let add = |vehicles: &[NewVehicle]| AddFleetVehicle {
        vehicles: vehicles.to_vec(),
    };
    taken(&add(&[new(), new()]));
    assert_eq!(refused(&add(&[])), ("vehicle", "172"));
    for (wrong, field, code) in [
        (
            NewVehicle {
                cards: Vec::new(),
                ..new()
            },
            "ChargePointCards",
            "172",
        ),
        (
            NewVehicle {
                cards: vec![VehicleCard::default()],
                ..new()
            },
            "ChargePointCards",
            "172",
        ),
        (
            NewVehicle {
                license: None,
                ..new()
            },
            "LicensePlate",
            "172",
        ),
        (
            NewVehicle {
                fleet_name: None,
                ..new()
            },
            "fleetName",
            "172",
        ),
        (NewVehicle { make: None, ..new() }, "make", "172"),
        (NewVehicle { model: None, ..new() }, "model", "172"),
        (NewVehicle { year: None, ..new() }, "year", "172"),
        (
            NewVehicle {
                driver_id: text("A7"),
                ..new()
            },
            "driverID",
            "171",
        ),
    ] {
        assert_eq!(refused(&add(&[new(), wrong])), (field, code));
    }
    let change = |id: Option<&str>, cards: &[VehicleCard]| UpdateFleetVehicle {
        vehicles: vec![VehicleChange {
            fleet_vehicle_id: id.map(str::to_owned),
            cards: cards.to_vec(),
            ..VehicleChange::default()
        }],
    };
    taken(&change(Some("1:7"), &[]));
    assert_eq!(refused(&UpdateFleetVehicle::default()), ("vehicle", "172"));
    assert_eq!(refused(&change(None, &[])), ("fleetVehicleID", "172"));
    assert_eq!(refused(&change(Some("7"), &[])), ("fleetVehicleID", "171"));
    let blank = [VehicleCard::default()];
    assert_eq!(refused(&change(Some("1:7"), &blank)), ("ChargePointCards", "172"));
    taken(&DeleteFleetVehicle {
        fleet_vehicle_id: text("1:7"),
    });
    assert_eq!(refused(&DeleteFleetVehicle::default()), ("fleetVehicleID", "172"));
}
