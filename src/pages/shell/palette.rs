//! Ctrl-K: to any page, and to any record by a part of its name or by any of its ids.

use std::time::Duration;

use leptos_router::hooks::use_navigate;
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

use super::nav;
use crate::api::{Call, Loaded, Record};
use crate::kit::format::lower;
use crate::kit::time::local_and_there;
use crate::kit::{Choice, Combobox, Dialog, IconButton, Symbol};
use crate::prelude::*;
use crate::routes;

/// How long the typing rests before it is searched for.
const REST: Duration = Duration::from_millis(150);

/// The button in the top bar, and the dialog.
#[component]
pub fn Palette() -> impl IntoView {
    let open = RwSignal::new(false);
    let key = window_event_listener_untyped("keydown", move |event| {
        let key: KeyboardEvent = event.unchecked_into();
        if (key.ctrl_key() || key.meta_key()) && key.key() == "k" {
            key.prevent_default();
            open.update(|open| *open = !*open);
        }
    });
    on_cleanup(move || key.remove());
    view! {
        <IconButton icon=Symbol::Search label="Go to (Ctrl K)" on_press=move |()| open.set(true) />
        <Dialog open title="Go to">
            <div class="dialog-body palette">{search(open)}</div>
        </Dialog>
    }
}

fn search(open: RwSignal<bool>) -> AnyView {
    let text = RwSignal::new(String::new());
    let found: Loaded<Record> =
        Loaded::new(move || Call::get("/find").param("q", &text.get()).fetch().after(REST));
    let choices = move || {
        let typed = lower(&text.get());
        let pages = nav::offered().filter(|(label, _)| lower(label).contains(&typed));
        let mut all: Vec<Choice> = pages
            .map(|(label, href)| choice(label.to_owned(), href.to_owned(), "Page", false))
            .collect();
        if !typed.is_empty() {
            let hits = found.with(|found| found.records("items")).unwrap_or_default();
            // What other words found stays in sight until the answer is there, and cannot be chosen.
            let stale = found.is_stale();
            all.extend(hits.iter().filter_map(|found| hit(found, stale)));
        }
        all
    };
    let navigate = use_navigate();
    let go = move |chosen: Option<Choice>| {
        if let Some(chosen) = chosen {
            open.set(false);
            navigate(&chosen.key, Default::default());
        }
    };
    let said = move || match found.problem() {
        Some(problem) => problem.detail,
        None if choices().is_empty() && !found.pending() => {
            ["Nothing found for “", &text.get(), "”"].concat()
        }
        None => "Pages and records, by name or by any of their ids".into(),
    };
    view! {
        <Combobox
            label="Search"
            hint=Signal::derive(said)
            chosen=Signal::derive(|| None)
            choices=Signal::derive(choices)
            on_type=move |typed| text.set(typed)
            on_choose=go
            autofocus=true
            eager=true
        />
    }
    .into_any()
}

fn choice(label: String, key: String, note: &str, refused: bool) -> Choice {
    Choice {
        key,
        label,
        note: note.to_owned(),
        refused,
    }
}

/// What can be found: the list, what one of its records is called, and the address of their pages.
const KINDS: [(&str, &str, &str); 11] = [
    ("locations", "Location", routes::LOCATIONS),
    ("chargestations", "Charge station", routes::STATIONS),
    ("customers", "Customer", routes::CUSTOMERS),
    ("tokens", "Charge token", routes::TOKENS),
    ("sessions", "Session", routes::SESSIONS),
    ("station_tokens", "Station token", routes::STATION_TOKENS),
    ("connections", "Connection", routes::CONNECTIONS),
    ("drivers", "Driver", routes::DRIVERS),
    ("station-groups", "Station group", routes::STATION_GROUPS),
    ("organizations", "Organization", ""),
    ("driver_requests", "Request", routes::REQUESTS),
];

/// A record that was found, if it has a page.
fn hit(hit: &Record, stale: bool) -> Option<Choice> {
    let (id, kind, label) = (hit.text("id"), hit.text("kind"), hit.text("label"));
    let (_, noun, at) = KINDS.iter().find(|(list, ..)| *list == kind)?;
    let page = match kind.as_str() {
        "organizations" => routes::organization(&id),
        "driver_requests" => [at, "?q=", &label].concat(),
        _ => routes::below(at, &id),
    };
    let (detail, at) = (hit.text("detail"), hit.text("at"));
    let at = match at.is_empty() {
        true => at,
        false => local_and_there(&at, &hit.text("timeZone")),
    };
    let mut note = (*noun).to_owned();
    for part in [detail, at].iter().filter(|part| !part.is_empty()) {
        note += " · ";
        note += part;
    }
    Some(choice(label, page, &note, stale))
}
