//! The ports of a station: what each is doing, and what it draws.

use super::act::TELL;
use super::told::{id, told};
use domain::text::isolated;

use crate::api::json::body;
use crate::api::{Call, Loaded, Record, records};
use crate::kit::format::{read, typed};
use crate::kit::time::local_and_there;
use crate::kit::{Badge, Button, Tone};
use crate::pages::outline::Acting;
use crate::pages::record::{awaited, facts};
use crate::pages::shell::{follow, may};
use crate::prelude::*;
use crate::routes;
use crate::table::Shown;

/// The words for what a port is doing, by ChargePoint's and the portal's.
const STATES: [(&str, &str, Tone); 3] = [
    ("available", "Available", Tone::Good),
    ("inuse", "In use", Tone::Active),
    ("unreachable", UNREACHABLE, Tone::Bad),
];
/// Of a port and of its whole station.
pub const UNREACHABLE: &str = "Unreachable";
/// Nobody tells.
pub const UNKNOWN: &str = "Unknown";

/// A port on a line: what it is doing since when, there and here, and what it is. Its power and its moment stand
/// under these keys.
pub fn port_line(port: &Record, power: &str, at: &str, zone: &str) -> AnyView {
    let status = port.text("status");
    let state = STATES.iter().find(|(key, ..)| status.eq_ignore_ascii_case(key));
    let (_, word, tone) = *state.unwrap_or(&("", UNKNOWN, Tone::Neutral));
    let since = port
        .has(at)
        .then(|| ["Since ", &local_and_there(&port.text(at), zone)].concat());
    let power = typed(&port.text(power)).map(|kw| [&read(kw, 1), " kW"].concat());
    let what = [
        known(port, &["connector", "level"], " · "),
        power.unwrap_or_default(),
    ];
    let what: Vec<String> = what.into_iter().filter(|part| !part.is_empty()).collect();
    // ChargePoint writes NONE where there is none.
    let fault = Some(port.text("faultReason"))
        .filter(|fault| fault != "NONE")
        .unwrap_or_default();
    view! {
        <div class="port" title=since>
            <span class="quiet">{["Port ", &port.text("portNumber")].concat()}</span>
            <Badge tone word />
            <span class="quiet">{what.join(" · ")}</span>
            {(!fault.is_empty()).then(|| view! { <small class="fault">{fault}</small> })}
        </div>
    }
    .into_any()
}

/// What is known of these.
pub fn known(record: &Record, keys: &[&str], with: &str) -> String {
    let texts = keys
        .iter()
        .map(|key| record.text(key))
        .filter(|text| !text.is_empty());
    texts.collect::<Vec<_>>().join(with)
}

/// What each port is doing, a minute old at most.
pub fn draw(station: Loaded<Record>) -> AnyView {
    let ports = |station| {
        let id = id(station);
        let status = Loaded::new(move || {
            let call = Call::get(&records::path("/stations", &id.get(), "/status"));
            // Connector and power come only when they are asked for.
            call.param("portDetails", "true").fetch()
        });
        follow(&["port"], status.status());
        awaited(status, 3, true, Callback::new(all))
    };
    told(station, Callback::new(ports))
}

fn all(status: Record) -> AnyView {
    let (ports, zone) = (status.records("ports"), status.text("timeZone"));
    let line = |port: &Record| port_line(port, "power", "timeStamp", &zone);
    match ports.is_empty() {
        true => view! { <p class="quiet">"ChargePoint tells of no ports."</p> }.into_any(),
        false => view! { <div class="ports">{ports.iter().map(line).collect_view()}</div> }.into_any(),
    }
}

/// What a station and its ports draw, with the sessions under way.
pub fn load(station: Loaded<Record>) -> AnyView {
    let drawn = |station| {
        let id = id(station);
        let load = Loaded::new(move || Call::get(&records::path("/stations", &id.get(), "/load")).fetch());
        follow(&["port"], load.status());
        awaited(load, 3, true, Callback::new(ports))
    };
    told(station, Callback::new(drawn))
}

fn ports(load: Record) -> AnyView {
    let ports = load.records("ports");
    let tell = Acting::current().filter(|_| may(TELL.needs)).map(|acting| {
        let told = ports.iter().filter(|port| !port.text("userId").is_empty());
        let button = |port: &Record| {
            let at = ["port ", &port.text("portNumber")].concat();
            let words = ["Tell the driver at ", &at].concat();
            let about = Record::parse(&body(&[
                (
                    "name",
                    [&isolated(&load.text("stationName")), ", ", &at].concat().into(),
                ),
                ("stationId", load.text("stationId").into()),
                ("port", port.text("portNumber").into()),
                ("userId", port.text("userId").into()),
            ]));
            let press = move |()| {
                if let Some(about) = about.clone() {
                    acting.about(&TELL, about);
                }
            };
            view! { <Button on_press=press>{words}</Button> }
        };
        view! { <div class="port-actions">{told.map(button).collect_view()}</div> }
    });
    let mut all = vec![("Station".to_owned(), Shown::text(kw(&load, "stationLoad")))];
    let port = |port: &Record| (["Port ", &port.text("portNumber")].concat(), drawn(port));
    all.extend(ports.iter().map(port));
    // Where it is shed and planned.
    let list = Shown::link(
        "With its capacity, in Load",
        routes::load_of(&load.text("stationId")),
    );
    all.push(("Shed or plan".to_owned(), list));
    view! { {facts(all)}{tell} }.into_any()
}

fn kw(record: &Record, key: &str) -> String {
    // What nobody tells is no load of 0 kW.
    let kw = record.number(key).map(|kw| [&read(kw, 1), " kW"].concat());
    kw.unwrap_or_else(|| UNKNOWN.to_owned())
}

/// What a port draws, which leads to its session, and what is held back.
fn drawn(port: &Record) -> Shown {
    let session = port.text("sessionId");
    let shown = match session.as_str() {
        "" | "0" => Shown::text(kw(port, "portLoad")),
        session => Shown::link(kw(port, "portLoad"), routes::below(routes::SESSIONS, session)),
    };
    let percent = port.number("percentShed").filter(|percent| *percent > 0.0);
    match (port.flag("shedState"), percent) {
        (false, _) => shown,
        (true, Some(percent)) => shown.note([&read(percent, 0), " % held back"].concat()),
        (true, None) => shown.note(["held at ", &kw(port, "allowedLoad")].concat()),
    }
}
