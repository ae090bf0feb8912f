//! CPO › Sessions: the list, and a session with its curve.

mod curve;

use super::outline::{Action, Outline, Part, Sheet, Tab};
use crate::api::Record;
use crate::kit::Tone;
use crate::kit::format::lower;
use crate::routes;
use crate::table::Shown;

pub static SESSIONS: Outline = Outline {
    at: routes::SESSIONS,
    area: "CPO",
    title: "Sessions",
    noun: ("session", "sessions"),
    path: "/sessions",
    list: domain::app!(SESSIONS),
    id: "sessionId",
    search: "Search by session, station, driver, card or city",
    empty: (
        "No sessions in this time",
        "Without a filter by Started, these are the sessions of the last day.",
    ),
    cells: &[("stationName", station), ("endedBy", ended)],
    actions: &[&STOP],
    record: Some(&Sheet {
        name: "Session",
        title: |session| [&session.text("stationName"), " · ", &session.text("sessionId")].concat(),
        state: Some(ended),
        tabs: &[Tab {
            label: "Session",
            at: "",
            needs: "",
            parts: &[Part::Draw(curve::draw), Part::Facts(domain::app!(SESSIONS).1)],
        }],
    }),
    ..Outline::USUAL
};

static STOP: Action = Action {
    label: "Stop",
    fits: |session| !session.has("endTime"),
    needs: "View:Session",
    cannot: "ChargePoint's API cannot stop a session. The driver does, at the station or in their app.",
    ..Action::USUAL
};

/// The station of a row, which leads to its page.
pub fn station(row: &Record) -> Shown {
    Shown::link(
        row.text("stationName"),
        routes::below(routes::STATIONS, &row.text("stationId")),
    )
}

/// How a session ended, or that it goes on.
fn ended(session: &Record) -> Shown {
    match (session.has("endTime"), session.text("endedBy")) {
        (false, _) => Shown::badge(Tone::Active, "Charging"),
        (true, by) if by.is_empty() => Shown::badge(Tone::Neutral, "Ended"),
        (true, by) => Shown::badge(Tone::Neutral, format!("Ended by {}", lower(&by))),
    }
}
