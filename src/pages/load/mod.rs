//! CPO › Load: what stations draw, what is held back, and what is planned.

mod act;
pub mod groups;
mod timeline;

pub use act::{CLEAR, CLEAR_GROUP, PLAN, SHED, SHED_GROUP};

use super::outline::{Action, On, Outline};
use super::sessions::station;
use crate::api::{Call, Record, records};
use crate::kit::Tone;
use crate::kit::format::exact;
use crate::routes;
use crate::table::Shown;

pub static LOAD: Outline = Outline {
    at: routes::LOAD,
    area: "CPO",
    title: "Load",
    noun: ("station", "stations"),
    path: "/load",
    list: domain::app!(LOAD),
    id: "stationId",
    search: "Search by station or address",
    empty: (
        "No stations",
        "What each station draws stands here as ChargePoint tells it.",
    ),
    cells: &[("stationName", station), ("stationLoad", drawn), ("shed", shed)],
    actions: &[&SHED, &CLEAR, &PLAN],
    live: &["port", "books"],
    above: Some(groups::draw),
    ..Outline::USUAL
};

/// What a station draws, of what it could.
fn drawn(station: &Record) -> Shown {
    let Some(now) = station.number("stationLoad") else {
        return Shown::default();
    };
    let shown = Shown::text(exact(now, 2));
    match station.number("capacity") {
        Some(most) if most > 0.0 => shown.part(now / most * 100.0),
        _ => shown,
    }
}

/// What is held back.
fn shed(station: &Record) -> Shown {
    match station.text("shed") {
        none if none.is_empty() => Shown::default(),
        shed => Shown::badge(Tone::Attention, shed),
    }
}

pub static EVENTS: Outline = Outline {
    at: routes::LOAD_EVENTS,
    area: "CPO",
    title: "Load events",
    noun: ("event", "events"),
    path: "/load/events",
    list: domain::app!(LOAD_EVENTS),
    id: "eventId",
    search: "Search by station, group or who planned it",
    empty: (
        "No events planned",
        "Plan one in Load or at a group. ChargePoint does not tell of those made elsewhere.",
    ),
    cells: &[
        ("name", meant),
        ("state", |event| {
            let state = event.text("state");
            let tone = match state.as_str() {
                "Running" => Tone::Active,
                "Planned" => Tone::Good,
                _ => Tone::Neutral,
            };
            Shown::badge(tone, state)
        }),
    ],
    own: true,
    actions: &[&REMOVE, &TOO_LATE],
    above: Some(timeline::draw),
    live: &["books"],
    ..Outline::USUAL
};

static TOO_LATE: Action = Action {
    label: "Remove",
    needs: "Manage:Load",
    fits: |event| matches!(event.text("state").as_str(), "Running" | "Over"),
    cannot: "ChargePoint removes events only before they begin.",
    ..Action::USUAL
};

/// The station or the group that an event is for.
fn meant(event: &Record) -> Shown {
    let (list, id) = match event.text("sgId") {
        none if none.is_empty() => (routes::STATIONS, event.text("stationId")),
        group => (routes::STATION_GROUPS, group),
    };
    Shown::link(event.text("name"), routes::below(list, &id))
}

static REMOVE: Action = Action {
    label: "Remove",
    title: "Remove this event",
    needs: "Manage:Load",
    on: On::Row,
    fits: |event| event.text("state") == "Planned",
    words: "Load is then not held back at that time.",
    send: |event| Call::delete(&records::path("/load/events", &event.of("eventId"), "")).fetch(),
    done: "The event is removed.",
    ..Action::USUAL
};
