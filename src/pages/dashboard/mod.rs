//! The dashboard: how things stand, each part on its own, each number a link to what it counts.

use crate::api::{Call, Loaded, Record};
use crate::kit::format::{number, read};
use crate::kit::time::{self, ago};
use crate::kit::{Figure, Tone, figures};
use crate::pages::record::awaited;
use crate::pages::shell::{PageHeader, may};
use crate::prelude::*;
use crate::routes;

/// The parts: what the server calls them, their titles, and the permissions that they take.
const PARTS: [(&str, &str, &str); 8] = [
    ("ports", "Ports", "View:Station"),
    ("stations", "Stations", "View:Station"),
    ("energy", "Today", "View:Session"),
    ("load", "Load now", "View:Station"),
    ("alarms", "Open alarms", "View:Station"),
    ("requests", "Requests waiting", "View:Connection"),
    ("locations", "Charge locations", "View:Location"),
    ("tokens", "Charge tokens", "View:Token"),
];

#[component]
pub fn DashboardPage() -> impl IntoView {
    let part = |&(part, title, needs): &(&'static str, &'static str, &'static str)| {
        may(needs).then(|| view! { <section class="card"><h2>{title}</h2>{card(part)}</section> })
    };
    view! {
        <PageHeader title="Dashboard" crumbs=vec![] />
        <div class="cards">{move || PARTS.iter().map(part).collect_view()}</div>
    }
    .into_any()
}

fn card(part: &'static str) -> AnyView {
    let path = ["/dashboard/", part].concat();
    let part = Loaded::new(move || {
        let call = Call::get(&path);
        // When today began is a matter of the reader's zone.
        let call = if part == "energy" {
            call.param("zone", &time::zone_here())
        } else {
            call
        };
        call.fetch().known_as(path.clone())
    });
    awaited(part, 3, true, Callback::new(all))
}

fn all(part: Record) -> AnyView {
    let figures = figures(part.records("figures").iter().map(figure).collect());
    let problem = part.text("problem.detail");
    let age = part
        .has("asOf")
        .then(|| format!("As of {}. ", ago(&part.text("asOf"))));
    let old = (!problem.is_empty()).then(|| view! { <p class="quiet">{age}{problem}</p> });
    view! { {figures}{old} }.into_any()
}

fn figure(figure: &Record) -> Figure {
    let value = figure.number("value").unwrap_or_default();
    let shown = match value.fract() == 0.0 && value >= 0.0 {
        true => number(value as u64),
        false => read(value, 1),
    };
    let unit = figure.text("unit");
    let of = figure.number("of").filter(|of| *of > 0.0);
    Figure {
        label: figure.text("label"),
        value: [shown.as_str(), " ", &unit].concat(),
        tone: Tone::of(&figure.text("tone")),
        bar: of.map(|of| (0, (value / of * 100.0) as u64)),
        href: page(&figure.text("list"))
            .map(|page| [page, "?", &figure.text("query")].concat())
            .unwrap_or_default(),
    }
}

/// The page of a list that a figure names.
fn page(list: &str) -> Option<&'static str> {
    Some(match list {
        "stations" => routes::STATIONS,
        "sessions" => routes::SESSIONS,
        "alarms" => routes::ALARMS,
        "load" => routes::LOAD,
        "requests" => routes::REQUESTS,
        "locations" => routes::LOCATIONS,
        "tokens" => routes::TOKENS,
        _ => return None,
    })
}
