//! Driver management › Drivers: who is connected or asks to be.

use domain::field::{Field, Input};

use super::outline::{Acted, Action, Outline, Part, Sheet, Tab};
use crate::api::transport::Asked;
use crate::api::{Loaded, Record, records};
use crate::kit::Tone;
use crate::kit::format::lower;
use crate::pages::record::facts;
use crate::prelude::*;
use crate::routes;
use crate::table::Shown;

pub static DRIVERS: Outline = Outline {
    at: routes::DRIVERS,
    area: "Driver management",
    title: "Drivers",
    noun: ("driver", "drivers"),
    path: "/drivers",
    list: domain::app!(DRIVERS),
    id: "userId",
    search: "Search by name, e-mail, driver ID or card",
    empty: (
        "No drivers",
        "Who is connected, or asks to be, stands here as ChargePoint tells it.",
    ),
    cells: &[("connectionStatus", connection), ("realmStatus", realm)],
    actions: &[&APPROVE, &REJECT, &REMOVE, &LEAVE],
    record: Some(&Sheet {
        name: "Driver",
        read: "",
        title: |driver| {
            let name = [&driver.text("firstName"), " ", &driver.text("lastName")].concat();
            match name.trim() {
                "" => driver.text("userId"),
                name => name.to_owned(),
            }
        },
        state: Some(|driver| match (connection(driver), realm(driver)) {
            (connection, realm) if !is_in_force(&connection) && !realm.text.is_empty() => realm,
            (connection, _) => connection,
        }),
        tabs: &[Tab {
            label: "Driver",
            at: "",
            needs: "",
            parts: &[Part::Facts(domain::app!(DRIVERS).1), Part::Draw(answers)],
        }],
    }),
    ..Outline::USUAL
};

/// How a driver can belong to an organization: where the record says how that stands, and what the call names it.
const CONNECTION: (&str, &str) = ("connection.status", "CONNECTION");
const REALM: (&str, &str) = ("managementRealm.status", "MANAGEMENT_REALM");

fn connection(driver: &Record) -> Shown {
    state(&driver.text(CONNECTION.0))
}

fn realm(driver: &Record) -> Shown {
    state(&driver.text(REALM.0))
}

fn state(status: &str) -> Shown {
    let tone = match status {
        "" => return Shown::default(),
        "APPROVED" => Tone::Good,
        "PENDING" => Tone::Attention,
        _ => Tone::Neutral,
    };
    let (first, rest) = status.split_at(1);
    Shown::badge(tone, first.to_owned() + &lower(rest))
}

fn is_in_force(shown: &Shown) -> bool {
    shown.tone.is_some_and(|tone| tone != Tone::Neutral)
}

/// What waits for an answer.
fn pending(driver: &Record) -> Option<(&'static str, &'static str)> {
    [CONNECTION, REALM]
        .into_iter()
        .find(|(path, _)| driver.text(path) == "PENDING")
}

const TEXT: &[Field] =
    &[Field::new("customText", "Message", Input::Note).hint("ChargePoint mails it to the driver")];

const fn decision(label: &'static str, title: &'static str) -> Action {
    Action {
        label,
        title,
        needs: "Approve:Connection",
        fields: TEXT,
        ..Action::USUAL
    }
}

static APPROVE: Action = Action {
    fits: |driver| pending(driver).is_some(),
    words: "The driver may then use what the connection opens to them.",
    send: |driver| answer(driver, "APPROVED"),
    done: "The driver is approved.",
    ..decision("Approve", "Approve this driver")
};

static REJECT: Action = Action {
    fits: |driver| pending(driver).is_some(),
    words: "The request is answered with no. The driver can ask again.",
    send: |driver| answer(driver, "REJECTED"),
    done: "The driver is rejected.",
    ..decision("Reject", "Reject this driver")
};

static REMOVE: Action = Action {
    fits: |driver| driver.text(CONNECTION.0) == "APPROVED",
    words: "The driver loses what the connection opens to them, at once.",
    send: |driver| decide(driver, CONNECTION.1, "REMOVED"),
    done: "The driver is removed.",
    ..decision("Remove", "Remove this driver")
};

static LEAVE: Action = Action {
    fits: |driver| driver.text(REALM.0) == "APPROVED",
    words: "Your organization manages the driver no longer, at once.",
    send: |driver| decide(driver, REALM.1, "REMOVED"),
    done: "The driver is removed from the management realm.",
    ..decision(
        "Remove from realm",
        "Remove this driver from the management realm",
    )
};

fn answer(driver: &Acted, status: &str) -> Asked<Record> {
    let (_, association) = pending(&driver.record).unwrap_or(CONNECTION);
    decide(driver, association, status)
}

fn decide(driver: &Acted, association: &str, status: &str) -> Asked<Record> {
    let mut fields = driver.entry.changes();
    fields.push(("associationType", association.into()));
    fields.push(("status", status.into()));
    driver.post(
        &records::path("/drivers", &driver.of("userId"), "/status"),
        &fields,
    )
}

/// What the driver answered, and where that stands.
const ANSWERS: [(&str, &str); 2] = [
    ("Answers", "connection.customInfos"),
    ("Answers for the management realm", "managementRealm.customInfos"),
];

/// What the driver answered when they asked to be connected, and when they signed up.
fn answers(driver: Loaded<Record>) -> AnyView {
    let all = move || {
        let of = |&(title, path): &(&'static str, &str)| {
            let answers = driver.with(|driver| driver.records(path))?;
            if answers.is_empty() {
                return None;
            }
            let texts = |answer: &Record| (answer.text("key"), Shown::text(answer.text("value")));
            Some(view! {
                <section class="section">
                    <h2>{title}</h2>
                    {facts(answers.iter().map(texts).collect())}
                </section>
            })
        };
        ANSWERS.iter().map(of).collect_view()
    };
    view! { {all} }.into_any()
}
