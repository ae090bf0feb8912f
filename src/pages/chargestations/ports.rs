//! The ports of a station: what each is doing, and what it draws.

use super::act::TELL;
use crate::api::json::body;
use crate::api::{Call, Loaded, Record, records};
use crate::kit::format::{fixed, read};
use crate::kit::time::local;
use crate::kit::{Badge, Button, Tone};
use crate::pages::outline::{Acting, says};
use crate::pages::record::{awaited, facts};
use crate::pages::shell::{Frame, may};
use crate::prelude::*;
use crate::routes;
use crate::table::Shown;

/// The words for what a port is doing, by ChargePoint's and the portal's.
const STATES: [(&str, &str, Tone); 3] = [
    ("available", "Available", Tone::Good),
    ("inuse", "In use", Tone::Active),
    ("unreachable", "Unreachable", Tone::Bad),
];

/// A port on a line: what it is doing since when, and what it is. Its power and its moment stand under these keys.
pub fn port_line(port: &Record, power: &str, at: &str) -> AnyView {
    let status = port.text("status");
    let state = STATES.iter().find(|(key, ..)| status.eq_ignore_ascii_case(key));
    let (_, word, tone) = *state.unwrap_or(&("", "Unknown", Tone::Neutral));
    let since = port.has(at).then(|| ["Since ", &local(&port.text(at))].concat());
    let power = port.number(power).map(|kw| [&read(kw, 1), " kW"].concat());
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

/// What ChargePoint says of a station beyond that.
pub fn more(station: Loaded<Record>) -> AnyView {
    let of_chargepoint = move || {
        let station = station.with(|station| station.record("chargepoint"))??;
        let mut more = vec![("Reception".to_owned(), reception(&station))];
        more.append(&mut prices(&station));
        Some(view! {
            <section class="section">
                <h2>"At ChargePoint"</h2>
                {says(domain::app!(STATIONS).1, &[], &station)}
                {facts(more)}
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
        let ports = status.records("ports");
        match ports.is_empty() {
            true => view! { <p class="quiet">"ChargePoint tells of no ports."</p> }.into_any(),
            false => view! { <div class="ports">{ports.iter().map(|port| port_line(port, "power", "timeStamp")).collect_view()}</div> }.into_any(),
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
        let mut all = vec![("Station".to_owned(), Shown::text(kw(&load, "stationLoad")))];
        let port = |port: &Record| (["Port ", &port.text("portNumber")].concat(), drawn(port));
        all.extend(ports.iter().map(port));
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
    [&read(record.number(key).unwrap_or_default(), 1), " kW"].concat()
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

/// Whether ChargePoint tells of the station: of one's own nobody says what it does.
fn is_chargepoints(station: Loaded<Record>) -> bool {
    station.with(|station| station.has("chargepoint")) == Some(true)
}

/// How strong a signal is, from its least dBm on: of a modem (RSRP, LTE) and of Wi-Fi (RSSI), by the guide's
/// table of reception units (7.1.4). What is weaker is poor.
const SIGNALS: [(&str, f64, f64); 3] = [
    ("▂▄▆█ Excellent", -84.0, -65.0),
    ("▂▄▆ Good", -102.0, -75.0),
    ("▂▄ Fair", -111.0, -85.0),
];

/// A station with a modem is a gateway or charges with direct current; the others have Wi-Fi.
fn reception(station: &Record) -> Shown {
    let Some(dbm) = station.number("stationReception") else {
        return Shown::default();
    };
    let model = station.text("stationModel");
    let is_direct = |port: &Record| port.text("level") == "DC";
    let modem = model.contains("GW") || station.records("ports").iter().any(is_direct);
    let signal = SIGNALS
        .iter()
        .find(|(_, lte, wifi)| dbm >= if modem { *lte } else { *wifi });
    let word = signal.map_or("▂ Poor", |(word, ..)| word);
    Shown::text(word).note([&read(dbm, 0), " dBm"].concat())
}

/// What is paid, and for what.
const PRICES: [(&str, &str); 4] = [
    ("unitPricePerKWh", "per kWh"),
    ("unitPricePerHour", "per hour"),
    ("unitPricePerSession", "per session"),
    ("unitPriceForFirst", "for the beginning"),
];

/// The prices of a station, each with its time of day.
fn prices(station: &Record) -> Vec<(String, Shown)> {
    let currency = station.text("currencyCode");
    let price = |price: &Record| {
        let part = |(key, per): &(&str, &str)| {
            let amount = price.number(key)?;
            Some([&fixed(amount, 2), " ", &currency, " ", per].concat())
        };
        let parts: Vec<String> = PRICES.iter().filter_map(part).collect();
        let times =
            ["startTime", "endTime"].map(|key| price.text(key).get(..5).unwrap_or_default().to_owned());
        (
            ["Price ", &times.join("–")].concat(),
            Shown::text(parts.join(", ")),
        )
    };
    station.records("pricing").iter().map(price).collect()
}
