//! CPO › Charge stations: those of ChargePoint and one's own, and a station with its ports, load, sessions and
//! alarms.

mod act;
mod facts;
mod ports;
mod told;

pub use ports::{known, port_line};

use domain::chargestations::ChargestationRow;
use domain::column::Listed;

use super::outline::{Outline, Part, Sheet, Tab};
use crate::api::Record;
use crate::kit::Tone;
use crate::routes;
use crate::table::Shown;

pub static STATIONS: Outline = Outline {
    at: routes::STATIONS,
    area: "CPO",
    title: "Charge stations",
    noun: ("charge station", "charge stations"),
    path: "/chargestations",
    list: (ChargestationRow::NAME, ChargestationRow::PACKED),
    id: "_id",
    search: "Search by station, location, serial number or MAC address",
    empty: (
        "No charge stations",
        "Stations that ChargePoint shows us stand here, and those that you register.",
    ),
    cells: &[
        ("status", |station| status(&station.text("status"))),
        ("online", online),
        ("location", |station| {
            let location = station.text("location");
            Shown::link(location.clone(), routes::location(&location))
        }),
        ("organization", |station| {
            let organization = station.text("organization");
            Shown::link(organization.clone(), routes::organization(&organization))
        }),
        ("locationName", |station| {
            let location = station.text("location");
            match location.is_empty() {
                true => Shown::default(),
                false => Shown::link(station.text("locationName"), routes::location(&location)),
            }
        }),
    ],
    live: &["port", "books"],
    actions: &[
        &act::REGISTER,
        &act::EDIT,
        &act::ACTIVATE,
        &act::DEACTIVATE,
        &act::CONFIGURE,
        &act::DELETE,
        &act::RESTART,
    ],
    record: Some(&Sheet {
        name: "Charge station",
        read: "/page",
        title: name,
        state: Some(online),
        tabs: &[
            Tab {
                label: "Overview",
                parts: &[Part::Draw(ports::draw), Part::Draw(facts::draw)],
                ..Tab::FIRST
            },
            Tab {
                label: "Load",
                at: "load",
                parts: &[Part::Draw(ports::load)],
                ..Tab::FIRST
            },
            Tab {
                label: "Sessions",
                at: "sessions",
                needs: "View:Session",
                parts: &[Part::Draw(|station| {
                    told::rows(
                        station,
                        &super::sessions::SESSIONS,
                        "/sessions?stationId=",
                        &["stationName", "stationId", "city"],
                    )
                })],
            },
            Tab {
                label: "Alarms",
                at: "alarms",
                parts: &[Part::Draw(|station| {
                    told::rows(
                        station,
                        &super::alarms::ALARMS,
                        "/alarms?stationId=",
                        &["stationName", "stationId", "organizationName"],
                    )
                })],
                ..Tab::FIRST
            },
            Tab {
                label: "Configuration",
                at: "configuration",
                parts: &[Part::Draw(act::configuration)],
                ..Tab::FIRST
            },
            Tab {
                label: "History",
                at: "history",
                parts: &[Part::History],
                ..Tab::FIRST
            },
        ],
    }),
    ..Outline::USUAL
};

/// What the station is called: in lists by its name, on its page at ChargePoint by that, one's own by its endpoint.
fn name(station: &Record) -> String {
    let names = ["name", "chargepoint.stationName", "endpoint"].map(|path| station.text(path));
    names
        .into_iter()
        .find(|name| !name.is_empty())
        .unwrap_or_default()
}

fn online(station: &Record) -> Shown {
    match (station.flag("active"), station.flag("online")) {
        (false, _) => Shown::badge(Tone::Neutral, "Deactivated"),
        (true, true) => Shown::badge(Tone::Good, "Reachable"),
        (true, false) if is_its(station) => Shown::badge(Tone::Bad, ports::UNREACHABLE),
        // Of one's own nobody tells.
        (true, false) => Shown::badge(Tone::Neutral, ports::UNKNOWN),
    }
}

/// Whether ChargePoint tells of it, in a list or on its page.
fn is_its(station: &Record) -> bool {
    station.has("chargepoint") || station.text("source") == "ChargePoint"
}

/// A state in the words of OCPP.
fn status(word: &str) -> Shown {
    let tone = match word {
        "" => return Shown::default(),
        "Available" => Tone::Good,
        "Charging" => Tone::Active,
        _ => Tone::Neutral,
    };
    Shown::badge(tone, word)
}
