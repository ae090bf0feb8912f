//! CPO › Sessions: the list, and a session with its curve.

mod curve;

use leptos_router::hooks::use_query_map;

use super::outline::{self, Action, Outline, Part, Sheet};
use crate::api::Record;
use crate::kit::{Tab, Tabs, Tone};
use crate::prelude::*;
use crate::routes;
use crate::table::{QueryState, Shown};

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
    asks: &[UNDER_WAY, "lat", "long", "proximity", "proximityUnit"],
    above: Some(narrowed),
    cells: &[("stationName", station)],
    actions: &[&STOP],
    record: Some(&Sheet {
        name: "Session",
        title: |session| [&session.text("stationName"), " · ", &session.text("sessionId")].concat(),
        state: Some(state),
        tabs: &[outline::Tab {
            label: "Session",
            at: "",
            needs: "",
            parts: &[Part::Draw(curve::draw), Part::Facts(domain::app!(SESSIONS).1)],
        }],
    }),
    ..Outline::USUAL
};

/// ChargePoint tells sessions that have ended, or those under way.
const UNDER_WAY: &str = "activeSessionsOnly";

/// Those that have ended or go on, and near which place.
fn narrowed(_: QueryState) -> AnyView {
    let address = use_query_map();
    let said = move |key: &str| address.with(|all| all.get(key)).unwrap_or_default();
    let tabs = move || {
        let going = said(UNDER_WAY) == "true";
        let tab = |label: &str, more: &str, current| Tab {
            label: label.into(),
            href: [routes::SESSIONS, more].concat(),
            note: None,
            current,
        };
        vec![
            tab("Ended", "", !going),
            tab("Under way", "?activeSessionsOnly=true", going),
        ]
    };
    let near = move || {
        let place = [said("lat"), said("long")].join(", ");
        (place.len() > 2).then(|| view! { <p class="quiet told">"Only near " {place} "."</p> })
    };
    view! { <Tabs label="Sessions" tabs=tabs />{near} }.into_any()
}

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

/// That a session ended, or goes on. By whom it ended is one of its facts.
fn state(session: &Record) -> Shown {
    match session.has("endTime") {
        false => Shown::badge(Tone::Active, "Charging"),
        true => Shown::badge(Tone::Neutral, "Ended"),
    }
}
