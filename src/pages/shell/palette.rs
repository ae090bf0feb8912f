//! Ctrl-K: to any page, and to any record by a part of its name or by any of its ids.

use std::time::Duration;

use leptos_router::hooks::use_navigate;
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

use super::nav;
use crate::api::{Call, Loaded, Record};
use crate::kit::format::lower;
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
            .map(|(label, href)| choice(label.to_owned(), href.to_owned(), "Page"))
            .collect();
        if !typed.is_empty() {
            let hits = found.with(|found| found.records("items")).unwrap_or_default();
            all.extend(hits.iter().filter_map(hit));
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
        None => "A page, a location, a station, a customer, a token, a session: by name or by any of its ids"
            .into(),
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

fn choice(label: String, key: String, note: &str) -> Choice {
    Choice {
        key,
        label,
        note: note.to_owned(),
        refused: false,
    }
}

/// A record that was found, if it has a page.
fn hit(hit: &Record) -> Option<Choice> {
    let id = hit.text("id");
    let (kind, page) = match hit.text("kind").as_str() {
        "locations" => ("Location", routes::location(&id)),
        "chargestations" => ("Charge station", routes::below(routes::STATIONS, &id)),
        "customers" => ("Customer", routes::customer(&id)),
        "tokens" => ("Charge token", routes::token(&id)),
        "sessions" => ("Session", routes::below(routes::SESSIONS, &id)),
        "station_tokens" => ("Station token", routes::station_token(&id)),
        "connections" => ("Connection", routes::connection(&id)),
        "drivers" => ("Driver", routes::below(routes::DRIVERS, &id)),
        "station-groups" => ("Station group", routes::below(routes::STATION_GROUPS, &id)),
        "organizations" => ("Organization", routes::organization(&id)),
        "driver_requests" => ("Request", [routes::REQUESTS, "?q=", &hit.text("label")].concat()),
        _ => return None,
    };
    let detail = hit.text("detail");
    let note = match detail.is_empty() {
        true => kind.to_owned(),
        false => [kind, " · ", &detail].concat(),
    };
    Some(choice(hit.text("label"), page, &note))
}
