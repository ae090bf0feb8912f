//! What can be done with vehicles: add one, change one, delete one.

use domain::field::{Field, Input};
use domain::fleet::{FIELDS, vehicles};
use domain::problem::Problem;

use crate::api::json::{Value, body};
use crate::api::transport::{Asked, Call};
use crate::api::{Record, records};
use crate::kit::Tone;
use crate::pages::outline::{Acted, Action, On};
use crate::table::Shown;

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

pub static ADD_MANY: Action = Action {
    label: "Add several",
    title: "Add vehicles from a CSV file",
    needs: "Manage:Fleet",
    on: On::List,
    fields: &[Field::new("vehicles", "Vehicles", Input::Lines)
        .required()
        .hint("A line of headings, then a line for each: Licence plate, Fleet, Make, Model, Year, Cards, …")],
    file: Some("vehicles"),
    words: "Choose a file, or paste its lines. All are added, or none.",
    send: |all| match vehicles(&all.text("vehicles")) {
        Ok(read) => all.post(
            "/fleet/vehicles",
            &[("vehicles", Value::list(read.iter().map(|texts| whole(texts))))],
        ),
        Err(why) => wrong(why),
    },
    done: "The vehicles are added.",
    ..Action::USUAL
};

/// Says what is wrong with a table, without sending it.
fn wrong(why: String) -> Asked<Record> {
    let problem = Problem {
        title: "The table is not read".into(),
        detail: why + ". Nothing was added.",
        ..Problem::default()
    };
    Asked::of(std::future::ready(Err(problem)))
}

/// A vehicle of a table, as the call wants it.
fn whole(texts: &[String]) -> String {
    let told = FIELDS.iter().zip(texts).filter(|(_, text)| !text.is_empty());
    let field = |(field, text): (&Field, &String)| match field.key {
        "year" => ("year", Value::Json(text.clone())),
        "chargePointCards" => ("chargePointCards", cards(text.lines())),
        key => (key, text.as_str().into()),
    };
    body(&told.map(field).collect::<Vec<_>>())
}

fn cards<'n>(numbers: impl Iterator<Item = &'n str>) -> Value {
    Value::list(numbers.map(|number| body(&[("chargePointCardSn", number.into())])))
}

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
    ends: true,
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
    let sent = |(key, value)| match (key, value) {
        ("year", _) => ("year", vehicle.number("year")),
        ("chargePointCards", Value::Texts(numbers)) => {
            ("chargePointCards", cards(numbers.iter().map(String::as_str)))
        }
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
