//! What can be done with vehicles: add one, change one, delete one.

use domain::field::{Field, Input};

use crate::api::json::{Value, body};
use crate::api::transport::Call;
use crate::api::{Record, records};
use crate::kit::Tone;
use crate::pages::outline::{Acted, Action, On};
use crate::table::Shown;

/// What ChargePoint must know of a vehicle.
const FIELDS: &[Field] = &[
    Field::new("licensePlate", "Licence plate", Input::Line).required(),
    Field::new("fleetName", "Fleet", Input::Line).required(),
    Field::new("make", "Make", Input::Line).required(),
    Field::new("model", "Model", Input::Line).required(),
    Field::new("year", "Year", Input::Number(1990, 2100)).required(),
    Field::new("serialNumbers", "Cards", Input::Lines)
        .required()
        .hint("Serial numbers of ChargePoint cards, one on each line"),
    Field::new("vehicleId", "Own ID", Input::Id),
    Field::new("vin", "VIN", Input::Id),
    Field::new("color", "Colour", Input::Line),
    Field::new("companyCode", "Company code", Input::Line),
    Field::new("driverId", "Driver ID", Input::Id).hint("A number"),
];

pub static ADD: Action = Action {
    label: "Add vehicle",
    title: "Add a vehicle",
    needs: "Manage:Fleet",
    on: On::List,
    fields: FIELDS,
    send: |vehicle| vehicle.post("/fleet/vehicles", &fields(vehicle)),
    done: "The vehicle is added.",
    ..Action::USUAL
};

pub static EDIT: Action = Action {
    label: "Edit",
    title: "Edit this vehicle",
    needs: "Manage:Fleet",
    fields: FIELDS.split_at(5).0,
    start: |vehicle| Some(vehicle.clone()),
    send: |vehicle| {
        let mut changes = fields(vehicle);
        changes.push(("fleetVehicleId", vehicle.of("fleetVehicleId").into()));
        Call::patch("/fleet/vehicles").send_json(body(&changes))
    },
    done: "The vehicle is saved.",
    ..Action::USUAL
};

pub static DELETE: Action = Action {
    label: "Delete",
    title: "Delete this vehicle",
    needs: "Manage:Fleet",
    words: "Its cards no longer charge on the fleet's account.",
    send: |vehicle| {
        Call::delete(&records::path(
            "/fleet/vehicles",
            &vehicle.of("fleetVehicleId"),
            "",
        ))
        .fetch()
    },
    done: "The vehicle is deleted.",
    ..Action::USUAL
};

/// What differs, as the call wants it.
fn fields(vehicle: &Acted) -> Vec<(&'static str, Value)> {
    let card = |number: &str| body(&[("serialNumber", number.into())]);
    let cards = |numbers: Vec<String>| {
        let cards: Vec<String> = numbers.iter().map(|number| card(number)).collect();
        Value::Json(["[", &cards.join(","), "]"].concat())
    };
    let sent = |(key, value)| match (key, value) {
        ("year", _) => ("year", vehicle.number("year")),
        ("serialNumbers", Value::Texts(numbers)) => ("chargePointCards", cards(numbers)),
        other => other,
    };
    vehicle.entry.changes().into_iter().map(sent).collect()
}

/// Whether a vehicle charges.
pub fn state(vehicle: &Record) -> Shown {
    let state = vehicle.text("vehicleChargingState");
    let tone = match state.as_str() {
        "Charging" => Tone::Active,
        _ => Tone::Neutral,
    };
    match state.is_empty() {
        true => Shown::default(),
        false => Shown::badge(tone, state),
    }
}
