//! The dashboard: how things stand, each part on its own, each number a link to what it counts.

use crate::api::{Call, Loaded, Record};
use crate::kit::format::{number, read};
use crate::kit::time;
use crate::kit::{Figure, Tone, figures, share};
use crate::pages::record::awaited;
use crate::pages::shell::{PageHeader, follow, may};
use crate::prelude::*;
use crate::routes;

/// A part: what the server calls it, its title, the permission that it takes, and the events after which it is another.
type Part = (&'static str, &'static str, &'static str, &'static [&'static str]);

const PARTS: [Part; 8] = [
    ("ports", "Ports", "View:Station", &["port"]),
    ("stations", "Stations", "View:Station", &["port", "books"]),
    ("energy", "Today", "View:Session", &["port"]),
    ("load", "Load now", "View:Station", &["port", "books"]),
    ("alarms", "Open alarms", "View:Station", &["alarm", "books"]),
    ("requests", "Requests waiting", "View:Connection", &["request"]),
    ("locations", "Charge locations", "View:Location", &["books"]),
    ("tokens", "Charge tokens", "View:Token", &["books"]),
];

#[component]
pub fn DashboardPage() -> impl IntoView {
    let part = |&(part, title, needs, live): &Part| {
        may(needs).then(|| view! { <section class="card"><h2>{title}</h2>{card(part, live)}</section> })
    };
    view! {
        <PageHeader title="Dashboard" crumbs=vec![] />
        <div class="cards">{move || PARTS.iter().map(part).collect_view()}</div>
    }
    .into_any()
}

fn card(part: &'static str, live: &'static [&'static str]) -> AnyView {
    let path = ["/dashboard/", part].concat();
    let part = Loaded::new(move || {
        let call = Call::get(&path);
        // When today began is a matter of the reader's zone.
        let call = if part == "energy" {
            call.param("today", &time::midnight(0))
                .param("before", &time::midnight(7))
        } else {
            call
        };
        call.fetch().known_as(path.clone())
    });
    follow(live, part.status());
    awaited(part, 3, true, Callback::new(all))
}

fn all(part: Record) -> AnyView {
    figures(part.records("figures").iter().map(figure).collect())
}

fn figure(figure: &Record) -> Figure {
    let value = figure.number("value").unwrap_or_default();
    let shown = match value.fract() == 0.0 && value >= 0.0 {
        true => number(value as u64),
        false => read(value, 1),
    };
    let unit = figure.text("unit");
    let of = figure.number("of");
    Figure {
        label: figure.text("label"),
        value: [shown.as_str(), " ", &unit].concat(),
        tone: Tone::of(&figure.text("tone")),
        bar: of.and_then(|of| share(value, of)),
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
