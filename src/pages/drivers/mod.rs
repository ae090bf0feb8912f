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
    cells: &[("connectionStatus", connection)],
    actions: &[&APPROVE, &REJECT, &REMOVE],
    record: Some(&Sheet {
        name: "Driver",
        title: |driver| {
            let name = [&driver.text("firstName"), " ", &driver.text("lastName")].concat();
            match name.trim() {
                "" => driver.text("userId"),
                name => name.to_owned(),
            }
        },
        state: Some(connection),
        tabs: &[Tab {
            label: "Driver",
            at: "",
            needs: "",
            parts: &[Part::Facts(domain::app!(DRIVERS).1), Part::Draw(answers)],
        }],
    }),
    ..Outline::USUAL
};

fn is_pending(driver: &Record) -> bool {
    driver.text("connection.status") == "PENDING"
}

fn connection(driver: &Record) -> Shown {
    let status = driver.text("connection.status");
    let tone = match status.as_str() {
        "" => return Shown::default(),
        "APPROVED" => Tone::Good,
        "PENDING" => Tone::Attention,
        _ => Tone::Neutral,
    };
    let (first, rest) = status.split_at(1);
    Shown::badge(tone, first.to_owned() + &lower(rest))
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
    fits: is_pending,
    words: "The driver may then use what the connection opens to them.",
    send: |driver| decide(driver, "APPROVED"),
    done: "The driver is approved.",
    ..decision("Approve", "Approve this driver")
};

static REJECT: Action = Action {
    fits: is_pending,
    words: "The request is answered with no. The driver can ask again.",
    send: |driver| decide(driver, "REJECTED"),
    done: "The driver is rejected.",
    ..decision("Reject", "Reject this driver")
};

static REMOVE: Action = Action {
    fits: |driver| driver.text("connection.status") == "APPROVED",
    words: "The driver loses what the connection opens to them, at once.",
    send: |driver| decide(driver, "REMOVED"),
    done: "The driver is removed.",
    ..decision("Remove", "Remove this driver")
};

fn decide(driver: &Acted, status: &str) -> Asked<Record> {
    let mut fields = driver.entry.changes();
    fields.push(("associationType", "CONNECTION".into()));
    fields.push(("status", status.into()));
    driver.post(
        &records::path("/drivers", &driver.of("userId"), "/status"),
        &fields,
    )
}

/// What the driver answered when they asked to be connected.
fn answers(driver: Loaded<Record>) -> AnyView {
    let all = move || {
        let answers = driver.with(|driver| driver.records("connection.customInfos"))?;
        if answers.is_empty() {
            return None;
        }
        let texts = |answer: &Record| (answer.text("key"), Shown::text(answer.text("value")));
        Some(view! {
            <section class="section">
                <h2>"Answers"</h2>
                {facts(answers.iter().map(texts).collect())}
            </section>
        })
    };
    view! { {all} }.into_any()
}
