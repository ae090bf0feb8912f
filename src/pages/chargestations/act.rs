//! What can be done with charge stations: register one's own, change it, switch any of them.

use domain::chargestations::FIELDS;
use domain::field::{Field, Input};

use crate::api::json::{Value, body};
use crate::api::transport::Asked;
use crate::api::{Loaded, Record, records};
use crate::kit::EmptyState;
use crate::pages::outline::{Acted, Action, On, Picks};
use crate::pages::record::{awaited, facts};
use crate::prelude::*;
use crate::table::Shown;

const LOCATION: Picks = ("Charge location", "/locations", "location");

pub static REGISTER: Action = Action {
    label: "Register station",
    title: "Register a charge station",
    needs: "Manage:Station",
    on: On::List,
    fields: FIELDS.split_at(4).0,
    picks: Some(LOCATION),
    words: "A station that speaks OCPP and is none of ChargePoint's.",
    send: |station| station.post("/chargestations", &station.changes()),
    done: "The station is registered.",
    ..Action::USUAL
};

pub static EDIT: Action = Action {
    label: "Edit",
    title: "Edit this charge station",
    needs: "Manage:Station",
    fits: |station| station.can("edit"),
    fields: FIELDS.split_at(4).0,
    picks: Some(LOCATION),
    start: |station| Some(station.clone()),
    send: |station| station.patch(&at(station), &station.changes()),
    done: "The station is saved.",
    ..Action::USUAL
};

pub static ACTIVATE: Action = Action {
    label: "Activate",
    title: "Activate this charge station",
    needs: "Manage:Station",
    fits: |station| station.can("activate"),
    words: "It counts again in lists and pictures.",
    send: |station| station.patch(&at(station), &[("active", true.into())]),
    done: "The station is active.",
    ..Action::USUAL
};

pub static DEACTIVATE: Action = Action {
    label: "Deactivate",
    title: "Deactivate this charge station",
    needs: "Manage:Station",
    fits: |station| station.can("deactivate"),
    words: "It is marked as out of use in the portal. It stops nobody from charging: who may charge is a matter of \
            the location.",
    send: |station| station.patch(&at(station), &[("active", false.into())]),
    done: "The station is deactivated.",
    ..Action::USUAL
};

pub static CONFIGURE: Action = Action {
    label: "Edit configuration",
    title: "Edit the configuration",
    needs: "Manage:Station",
    fits: |station| station.can("edit"),
    fields: &[Field::new("csconfig", "Settings", Input::Note).hint("One on each line, as key=value")],
    start: |station| {
        let line = |setting: &Record| [&setting.text("key"), "=", &setting.text("value")].concat();
        let lines: Vec<String> = station.records("csconfig").iter().map(line).collect();
        Record::parse(&body(&[("csconfig", lines.join("\n").into())]))
    },
    send: |station| {
        let text = station.text("csconfig");
        let setting = |line: &str| {
            let (key, value) = line.split_once('=').unwrap_or((line, ""));
            body(&[("key", key.trim().into()), ("value", value.trim().into())])
        };
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        station.patch(&at(station), &[("csconfig", Value::list(lines.map(setting)))])
    },
    done: "The configuration is saved.",
    ..Action::USUAL
};

pub static DELETE: Action = Action {
    label: "Delete",
    title: "Delete this charge station",
    needs: "Manage:Station",
    fits: |station| station.can("delete"),
    ends: true,
    words: "It goes from the portal, with its configuration. This cannot be undone.",
    send: |station| station.delete(&at(station)),
    done: "The station is deleted.",
    ..Action::USUAL
};

fn at(station: &Acted) -> String {
    records::path("/chargestations", &station.of("_id"), "")
}

pub static RESTART: Action = Action {
    label: "Restart",
    needs: "Manage:Station",
    cannot: "ChargePoint's API cannot restart a station, and with others the portal does not speak.",
    ..Action::USUAL
};

/// What ChargePoint says first where nothing else is said.
const CHARGED: &str = "Your vehicle is fully charged.";

/// About a port in use: its `stationId`, `port` and `userId`.
pub static TELL: Action = Action {
    label: "Tell driver",
    title: "Tell the driver that the session is done",
    needs: "Notify:Driver",
    fields: &[Field::new("customMessageText", "Message", Input::Note)
        .hint("Empty: “Your vehicle is fully charged.” ChargePoint adds the rest")],
    start: |_| Record::parse(&body(&[("customMessageText", CHARGED.into())])),
    preview: Some((
        |port| {
            let said = body(&[("first", first(port).into())]);
            Some(Asked::of(std::future::ready(Ok(said))))
        },
        message,
    )),
    send: |port| {
        let rest = [
            "/ports/",
            &crate::api::transport::segment(&port.of("port")),
            "/waitlist-done",
        ]
        .concat();
        let fields = [
            ("userId", port.of("userId").into()),
            ("customMessageText", first(port).into()),
        ];
        port.post(&records::path("/stations", &port.of("stationId"), &rest), &fields)
    },
    done: "The driver is told.",
    ..Action::USUAL
};

fn first(port: &Acted) -> String {
    match port.text("customMessageText") {
        none if none.is_empty() => CHARGED.to_owned(),
        text => text,
    }
}

/// What the driver reads, by the modes of the guide (9.3).
fn message(said: &Record) -> String {
    let first = said.text("first");
    [
        "The driver reads, as the station's waitlist is set: “",
        &first,
        " Please move your vehicle within X minutes. There are Y drivers waiting to charge at this station.” or “",
        &first,
        " We will tell the next person that it is ok to unplug your vehicle and start a new session.”",
    ]
    .concat()
}

/// The settings that are kept of a station.
pub fn configuration(station: Loaded<Record>) -> AnyView {
    let all = |station: Record| {
        let settings = station.records("csconfig");
        let setting = |setting: &Record| {
            let shown = Shown::text(setting.text("value"));
            let shown = match setting.flag("readonly") {
                true => shown.note("read only"),
                false => shown,
            };
            (setting.text("key"), shown)
        };
        let texts: Vec<(String, Shown)> = settings.iter().map(setting).collect();
        match texts.is_empty() {
            true => view! {
                <EmptyState
                    title="No configuration is known"
                    detail="ChargePoint does not tell that of its stations. Of one's own it is entered by hand."
                />
            }
            .into_any(),
            false => facts(texts),
        }
    };
    awaited(station, 4, false, Callback::new(all))
}
