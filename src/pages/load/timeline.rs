//! What is planned, one event below the other: from now, or from when the first that runs began, until the last ends.

use domain::text::isolated;

use crate::api::{Call, Loaded, Record};
use crate::kit::format::count;
use crate::kit::time::local_and_there;
use crate::kit::{Figure, Tone, figures};
use crate::pages::record::awaited;
use crate::pages::shell::follow;
use crate::prelude::*;
use crate::table::QueryState;

/// The events that run or will; the list below has all of them. Read again when that is.
pub fn draw(query: QueryState) -> AnyView {
    let events = Loaded::new(move || {
        query.with(|_| ());
        let call = Call::get("/load/events").param("filter", "state:in:Planned,Running");
        call.param("sort", "eventStartTime")
            .param("pageSize", "25")
            .fetch()
    });
    follow(&["books"], events.status());
    awaited(events, 2, false, Callback::new(all))
}

fn all(page: Record) -> AnyView {
    let events = page.records("items");
    let at = |event: &Record, key: &str| js_sys::Date::new(&event.text(key).into()).get_time();
    let from = events
        .iter()
        .map(|event| at(event, "eventStartTime"))
        .fold(js_sys::Date::now(), f64::min);
    let to = events
        .iter()
        .map(|event| at(event, "eventEndTime"))
        .fold(0.0, f64::max);
    let rest = page.count("total").saturating_sub(events.len() as u64);
    let rest = (rest > 0).then(|| {
        let words = ["And ", &count(rest, "event", "events"), " later."].concat();
        view! { <p class="quiet">{words}</p> }
    });
    let percent = |time: f64| (time / (to - from).max(1.0) * 100.0) as u64;
    let figure = |event: &Record| {
        let (begin, end) = (at(event, "eventStartTime"), at(event, "eventEndTime"));
        let moment = |key: &str| local_and_there(&event.text(key), &event.text("timeZone"));
        let (starts, ends) = (moment("eventStartTime"), moment("eventEndTime"));
        // On the same day the time says enough.
        let ends = match ends.split_once(", ") {
            Some((day, time)) if starts.starts_with(day) => time,
            _ => &ends,
        };
        Figure {
            label: [&isolated(&event.text("name")), ", ", &event.text("held")].concat(),
            value: [&starts, " – ", ends].concat(),
            tone: match event.text("state") == "Running" {
                true => Tone::Active,
                false => Tone::Neutral,
            },
            // However short, it is to be seen.
            bar: Some((percent(begin - from).min(99), percent(end - begin).max(1))),
            href: String::new(),
        }
    };
    match events.is_empty() {
        true => ().into_any(),
        false => {
            view! { <div class="table-above timeline">{figures(events.iter().map(figure).collect())} {rest}</div> }
                .into_any()
        }
    }
}
