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
        read: "",
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

/// What distances are told in, besides miles.
const UNITS: [(&str, &str); 4] = [
    ("K", "km"),
    ("N", "nautical miles"),
    ("F", "feet"),
    ("I", "inches"),
];

/// Those that have ended or go on, and near which place.
fn narrowed(_: QueryState) -> AnyView {
    let address = use_query_map();
    let said = move |key: &str| address.with(|all| all.get(key)).unwrap_or_default();
    let tabs = move || {
        let going = said(UNDER_WAY) == "true";
        let tab = |label: &str, goes: bool| {
            // The same ones of these.
            let mut query = address.get();
            query.remove("page");
            query.remove(UNDER_WAY);
            if goes {
                query.insert(UNDER_WAY, "true".to_owned());
            }
            Tab {
                label: label.into(),
                href: [routes::SESSIONS, &query.to_query_string()].concat(),
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
                    "Only within " {far} " " {unit} " of " {place} ". " <a href=routes::SESSIONS>"Show all"</a>
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
                        <option value="K">"km"</option>
                        <option value="M">"miles"</option>
                        <option value="N">"nautical miles"</option>
                        <option value="F">"feet"</option>
                        <option value="I">"inches"</option>
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

/// That a session ended, or goes on. By whom it ended is one of its facts.
fn state(session: &Record) -> Shown {
    match session.has("endTime") {
        false => Shown::badge(Tone::Active, "Charging"),
        true => Shown::badge(Tone::Neutral, "Ended"),
    }
}
