//! The ports of a station: what each is doing, and what it draws.

use super::act::TELL;
use crate::api::json::body;
use crate::api::{Call, Loaded, Record, records};
use crate::kit::format::rounded;
use crate::kit::time::local;
use crate::kit::{Badge, Button, Tone};
use crate::pages::outline::{Acting, says};
use crate::pages::record::{awaited, facts, said};
use crate::pages::shell::{Frame, may};
use crate::prelude::*;
use crate::routes;
use crate::table::Shown;

/// The words for what a port is doing, by ChargePoint's.
const STATES: [(&str, &str, Tone); 4] = [
    ("AVAILABLE", "Available", Tone::Good),
    ("INUSE", "In use", Tone::Active),
    ("UNREACHABLE", "Unreachable", Tone::Bad),
    ("UNKNOWN", "Unknown", Tone::Neutral),
];

fn word(status: &str) -> (Tone, String) {
    match STATES.iter().find(|(key, ..)| *key == status) {
        Some((_, word, tone)) => (*tone, (*word).to_owned()),
        None => (Tone::Neutral, said(status)),
    }
}

/// What ChargePoint says of a station beyond that.
pub fn more(station: Loaded<Record>) -> AnyView {
    let of_chargepoint = move || {
        let station = station.with(|station| station.record("chargepoint"))??;
        Some(view! {
            <section class="section">
                <h2>"At ChargePoint"</h2>
                {says(domain::app!(STATIONS).1, &station)}
            </section>
        })
    };
    view! { {of_chargepoint} }.into_any()
}

/// What each port is doing, a minute old at most.
pub fn draw(station: Loaded<Record>) -> AnyView {
    let id = memo(move |_| station.with(|station| station.text("_id")).unwrap_or_default());
    let status = Loaded::new(move || Call::get(&records::path("/stations", &id.get(), "/status")).fetch());
    if let Some(frame) = Frame::current() {
        frame.live.on(&["port"], move || status.reload());
    }
    let all = move |status: Record| {
        let port = |port: &Record| {
            let (tone, word) = word(&port.text("status"));
            let since = ["Since ", &local(&port.text("timeStamp"))].concat();
            let power = port.number("power").map(|kw| [&rounded(kw, 1), " kW"].concat());
            let what = [
                port.text("connector"),
                port.text("level"),
                power.unwrap_or_default(),
            ];
            let what: Vec<String> = what.into_iter().filter(|part| !part.is_empty()).collect();
            let fault = port.text("faultReason");
            view! {
                <div class="port" title=since>
                    <span class="quiet">{["Port ", &port.text("portNumber")].concat()}</span>
                    <Badge tone word />
                    <span class="quiet">{what.join(" · ")}</span>
                    {(!fault.is_empty()).then(|| view! { <small class="fault">{fault}</small> })}
                </div>
            }
        };
        let ports = status.records("ports");
        match ports.is_empty() {
            true => view! { <p class="quiet">"ChargePoint tells of no ports."</p> }.into_any(),
            false => view! { <div class="ports">{ports.iter().map(port).collect_view()}</div> }.into_any(),
        }
    };
    view! {
        <Show when=move || is_chargepoints(station)>
            {awaited(status, 3, true, Callback::new(all))}
        </Show>
    }
    .into_any()
}

/// What a station and its ports draw, with the sessions under way.
pub fn load(station: Loaded<Record>) -> AnyView {
    let id = memo(move |_| station.with(|station| station.text("_id")).unwrap_or_default());
    let load = Loaded::new(move || Call::get(&records::path("/stations", &id.get(), "/load")).fetch());
    let all = |load: Record| {
        let ports = load.records("ports");
        let labels: Vec<String> = ports
            .iter()
            .map(|port| ["Port ", &port.text("portNumber")].concat())
            .collect();
        let tell = Acting::current().filter(|_| may(TELL.needs)).map(|acting| {
            let told = ports.iter().filter(|port| !port.text("userId").is_empty());
            let button = |port: &Record| {
                let words = ["Tell the driver at port ", &port.text("portNumber")].concat();
                let about = Record::parse(&body(&[
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
        let mut all = vec![("Station", Shown::text(kw(&load, "stationLoad")))];
        all.extend(
            labels
                .iter()
                .zip(&ports)
                .map(|(label, port)| (label.as_str(), drawn(port))),
        );
        view! { {facts(all)}{tell} }.into_any()
    };
    view! {
        <Show when=move || is_chargepoints(station)>
            {awaited(load, 3, true, Callback::new(all))}
        </Show>
    }
    .into_any()
}

fn kw(record: &Record, key: &str) -> String {
    [&rounded(record.number(key).unwrap_or_default(), 1), " kW"].concat()
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
        (true, Some(percent)) => shown.note([&rounded(percent, 0), " % held back"].concat()),
        (true, None) => shown.note(["held at ", &kw(port, "allowedLoad")].concat()),
    }
}

/// Whether ChargePoint tells of the station: of one's own nobody says what it does.
fn is_chargepoints(station: Loaded<Record>) -> bool {
    station.with(|station| station.has("chargepoint")) == Some(true)
}
