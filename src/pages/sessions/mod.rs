//! CPO › Sessions: the list, and a session with its curve.

mod curve;

use leptos_router::hooks::use_query_map;

use super::outline::{self, Action, Outline, Part, Sheet};
use domain::text::isolated;

use crate::api::Record;
use crate::kit::{Tab, Tabs, Tone};
use crate::pages::shell::may;
use crate::prelude::*;
use crate::routes;
use crate::table::{QueryState, Shown, text_of};

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
    cells: &[("stationName", station), ("driverName", driver)],
    actions: &[&STOP],
    record: Some(&Sheet {
        name: "Session",
        read: "",
        title: |session| {
            let name = isolated(&session.text("stationName"));
            format!("{name} · {}", session.text("sessionId"))
        },
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

/// What it is asked for near a place.
const PLACE: &[&str] = &["lat", "long", "proximity", "proximityUnit"];

/// What distances are told in.
const UNITS: [(&str, &str); 5] = [
    ("K", "km"),
    ("M", "miles"),
    ("N", "nautical miles"),
    ("F", "feet"),
    ("I", "inches"),
];

/// Those that have ended or go on, and near which place.
fn narrowed(query: QueryState) -> AnyView {
    let address = use_query_map();
    let said = move |key: &str| address.with(|all| all.get(key)).unwrap_or_default();
    // What the table is asked for, from its first page on, and of the call these.
    let parts = move |asks: &[&str]| {
        let mut parts = query.parts();
        for key in asks {
            let said = said(key);
            if !said.is_empty() {
                parts.push([key, "=", &said].concat());
            }
        }
        parts.retain(|part| !part.starts_with("page="));
        parts
    };
    let there = |parts: &[String]| [routes::SESSIONS, "?", &text_of(parts)].concat();
    let tabs = move || {
        let going = said(UNDER_WAY) == "true";
        let tab = |label: &str, goes: bool| {
            let mut parts = parts(PLACE);
            if goes {
                parts.push([UNDER_WAY, "=true"].concat());
            }
            Tab {
                label: label.into(),
                href: there(&parts),
                note: None,
                current: goes == going,
            }
        };
        vec![tab("Ended", false), tab("Under way", true)]
    };
    let near = move || {
        let place = [said("lat"), said("long")].join(", ");
        let far = match said("proximity") {
            none if none.is_empty() => "5".to_owned(),
            far => far,
        };
        let unit = said("proximityUnit");
        let unit = UNITS
            .iter()
            .find(|(sign, _)| *sign == unit)
            .map_or("miles", |(_, unit)| unit);
        (place.len() > 2).then(|| {
            view! {
                <p class="quiet told">
                    "Only within " {far} " " {unit} " of " {place} ". " <a href=there(&parts(&[UNDER_WAY]))>"Show all"</a>
                </p>
            }
        })
    };
    // A question of its own, which the browser asks by itself.
    view! {
        <Tabs label="Sessions" tabs=tabs />
        {near}
        <details class="near">
            <summary>"Near a place"</summary>
            <form class="field-row" action=routes::SESSIONS>
                {move || parts(&[UNDER_WAY]).iter().filter_map(|part| {
                    let (name, value) = part.split_once('=')?;
                    Some(view! { <input type="hidden" name=name.to_owned() value=value.to_owned() /> })
                }).collect_view()}
                <label>
                    "Latitude" <input class="input" name="lat" type="number" step="any" required=true />
                </label>
                <label>
                    "Longitude"
                    <input class="input" name="long" type="number" step="any" required=true />
                </label>
                <label>
                    "Within" <input class="input" name="proximity" type="number" step="any" min="0" required=true />
                </label>
                <label>
                    "Unit"
                    <select class="input" name="proximityUnit">
                        {UNITS.iter().map(|&(sign, unit)| view! { <option value=sign>{unit}</option> }).collect_view()}
                    </select>
                </label>
                <button class="button">"Show"</button>
            </form>
        </details>
    }
    .into_any()
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

/// Who drives leads to who that is.
fn driver(row: &Record) -> Shown {
    let (name, id) = (row.text("driverName"), row.text("userId"));
    match name.is_empty() || id.is_empty() || !may("View:Connection") {
        true => Shown::text(name),
        false => Shown::link(name, routes::below(routes::DRIVERS, &id)),
    }
}

/// That a session ended, or goes on. By whom it ended is one of its facts.
fn state(session: &Record) -> Shown {
    match session.has("endTime") {
        false => Shown::badge(Tone::Active, "Charging"),
        true => Shown::badge(Tone::Neutral, "Ended"),
    }
}
