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
    refused(Problem {
        title: "The table is not read".into(),
        detail: why + ". Nothing was added.",
        ..Problem::default()
    })
}

fn refused(problem: Problem) -> Asked<Record> {
    Asked::of(std::future::ready(Err(problem)))
}

/// A vehicle of a table, as the call wants it.
fn whole(texts: &[String]) -> String {
    let told = FIELDS.iter().zip(texts).filter(|(_, text)| !text.is_empty());
    body(&sent(
        &told
            .map(|(field, text)| (field.key, text.clone()))
            .collect::<Vec<_>>(),
    ))
}

/// The fields that hold cards, with what a card is told by in each; the call has one list of them.
const CARDS: [(&str, &str); 2] = [
    ("chargePointCards", "chargePointCardSn"),
    ("mifareId", "mifareId"),
];

fn card(key: &str) -> Option<&'static str> {
    CARDS.iter().find(|(own, _)| *own == key).map(|(_, name)| *name)
}

/// What is entered, several on lines of their own, as the call wants it.
fn sent(texts: &[(&'static str, String)]) -> Vec<(&'static str, Value)> {
    let mut fields = Vec::new();
    let mut cards = None;
    for (key, text) in texts {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        match (*key, card(key)) {
            (_, Some(name)) => {
                let cards: &mut Vec<String> = cards.get_or_insert_default();
                for id in lines {
                    // ChargePoint lists both kinds as one, so that a MIFARE ID may stand among the cards, too.
                    let listed = body(&[(CARDS[0].1, id.into())]);
                    cards.retain(|card| *card != listed);
                    cards.push(body(&[(name, id.into())]));
                }
            }
            ("year", _) => fields.push(("year", Value::Json(text.clone()))),
            ("vehiclePortMacIds", _) => {
                fields.push((*key, lines.map(str::to_owned).collect::<Vec<_>>().into()))
            }
            _ => fields.push((*key, text.clone().into())),
        }
    }
    fields.extend(cards.map(|cards| (CARDS[0].0, Value::list(cards.into_iter()))));
    fields
}

/// What differs. Cards take the place of all that there were, so that both fields go together.
fn fields(vehicle: &Acted) -> Vec<(&'static str, Value)> {
    let changes = vehicle.entry.changes();
    let changed = |key: &str| changes.iter().any(|(own, _)| *own == key);
    let cards = CARDS.iter().any(|(key, _)| changed(key));
    let keys = FIELDS.iter().map(|field| field.key);
    let keys = keys.filter(|key| changed(key) || cards && card(key).is_some());
    sent(&keys.map(|key| (key, vehicle.text(key))).collect::<Vec<_>>())
}

pub static EDIT: Action = Action {
    label: "Edit",
    title: "Edit this vehicle",
    needs: "Manage:Fleet",
    fields: FIELDS,
    start,
    words: "ChargePoint tells no MAC addresses, and MIFARE IDs at most among the cards. What stays empty stays, but who changes cards enters all MIFARE IDs again, in their own field.",
    send: |vehicle| {
        let mut changes = fields(vehicle);
        let is_none = |(_, value): &(&str, Value)| matches!(value, Value::Json(list) if list == "[]");
        if changes.iter().any(is_none) {
            return refused(Problem {
                title: "The vehicle is not saved".into(),
                detail: "A vehicle keeps one card at least.".into(),
                ..Problem::default()
            });
        }
        changes.push(("fleetVehicleId", vehicle.of("fleetVehicleId").into()));
        Call::patch("/fleet/vehicles").send_json(body(&changes))
    },
    done: "The vehicle is saved.",
    ..Action::USUAL
};

/// Where a vehicle as it is listed says what is entered under another name.
const LISTED: [(&str, &str); 2] = [
    ("chargePointCards", "credentialIds"),
    ("driverId", "fleetDriverId"),
];

/// What is known of a vehicle, as it is entered.
fn start(vehicle: &Record) -> Option<Record> {
    let said = |field: &Field| {
        let listed = LISTED.iter().find(|(key, _)| *key == field.key);
        let path = listed.map_or(field.key, |(_, path)| path);
        let value = match field.input {
            Input::Lines => vehicle.texts(path).into(),
            _ => vehicle.text(path).into(),
        };
        (field.key, value)
    };
    Record::parse(&body(&FIELDS.iter().map(said).collect::<Vec<_>>()))
}

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
