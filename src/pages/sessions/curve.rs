//! What a session drew, in parts of 15 minutes: as a picture, and as a table that can be exported.

use crate::api::{Call, Loaded, Record, records};
use crate::kit::time::local_and_there;
use crate::kit::{Curve, Step, one_of};
use crate::pages::outline::{ListOf, Outline};
use crate::pages::record::awaited;
use crate::prelude::*;

static INTERVALS: Outline = Outline {
    title: "Parts of 15 minutes",
    noun: ("part", "parts"),
    list: domain::app!(INTERVALS),
    id: "stationTime",
    search: "Search by time",
    empty: (
        "No parts yet",
        "ChargePoint tells a part when its 15 minutes are over, where the rights allow it.",
    ),
    ..Outline::USUAL
};

/// What the curve can show: words, unit, and the field of a part.
const SHOWN: [(&str, &str, &str); 4] = [
    ("Mean power", "kW", "rollingPowerAvg"),
    ("Highest power", "kW", "peakPower"),
    ("Energy so far", "kWh", "energyConsumed"),
    ("Energy in each part", "kWh", "energy"),
];

/// The curve of a session, and below it its parts.
pub fn draw(session: Loaded<Record>) -> AnyView {
    let id = memo(move |_| {
        session
            .with(|session| session.text("sessionId"))
            .unwrap_or_default()
    });
    let path = Signal::derive(move || records::path("/sessions", &id.get(), "/intervals"));
    let parts = Loaded::new(move || Call::get(&path.get()).param("pageSize", "500").fetch());
    let shown = RwSignal::new("0".to_owned());
    let curve = move |page: Record| {
        let ends = session.with(|session| (session.text("endTime"), session.text("timeZone")));
        let (end, zone) = ends.unwrap_or_default();
        curve(&page, (&end, &zone), shown.get().parse().unwrap_or_default())
    };
    view! {
        <section class="section">
            {one_of("Curve", shown, SHOWN.map(|(words, ..)| words))}
            {awaited(parts, 4, true, Callback::new(curve))}
            <Show when=move || parts.is_loaded()>
                <details>
                    <summary>"Parts of 15 minutes as a table"</summary>
                    <ListOf outline=&INTERVALS path without=&[] />
                </details>
            </Show>
        </section>
    }
    .into_any()
}

fn curve(page: &Record, (end, zone): (&str, &str), at: usize) -> AnyView {
    let parts = page.records("items");
    let (label, unit, field) = SHOWN[at.min(SHOWN.len() - 1)];
    let begin = |part: &Record| js_sys::Date::new(&part.text("stationTime").into()).get_time();
    let last = js_sys::Date::new(&end.into()).get_time();
    let step = |(at, part): (usize, &Record)| -> Step {
        let from = begin(part);
        // The last part of a session that goes on ends with its 15 minutes, or is under way.
        let whole = (from + 900_000.0).min(js_sys::Date::now().max(from + 60_000.0));
        let to = match parts.get(at + 1) {
            Some(next) => begin(next),
            None if last > from => last.min(from + 900_000.0),
            None => whole,
        };
        (from, to, part.number(field).unwrap_or_default())
    };
    let steps: Vec<Step> = parts.iter().enumerate().map(step).collect();
    let moment = |at: &str| local_and_there(at, zone);
    let first = parts.first().map(|part| moment(&part.text("stationTime")));
    match first {
        Some(first) => {
            let last = match end.is_empty() {
                _ if page.count("total") > parts.len() as u64 => "and more, in the table".to_owned(),
                true => "goes on".to_owned(),
                false => moment(end),
            };
            view! { <Curve label=label.to_owned() unit steps ends=(first, last) /> }.into_any()
        }
        None => view! { <p class="quiet">"ChargePoint tells nothing of its course yet."</p> }.into_any(),
    }
}
