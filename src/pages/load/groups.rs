//! What station groups draw, of what their stations could.

use crate::api::{Call, Loaded, Record};
use crate::kit::format::{count, exact};
use crate::kit::{Figure, Tone, figures, share};
use crate::pages::record::awaited;
use crate::pages::shell::follow;
use crate::prelude::*;
use crate::routes;
use crate::table::QueryState;

/// As many as can be looked at beside the stations.
const MOST: usize = 12;

/// Those that draw the most; each leads to its stations.
pub fn draw(_: QueryState) -> AnyView {
    drawn(Signal::derive(String::new))
}

/// The one whose page this is: its record does not tell its id.
pub fn one(_: Loaded<Record>) -> AnyView {
    drawn(routes::Place::current().id.into())
}

/// Of one group or, without an id, of all.
fn drawn(id: Signal<String>) -> AnyView {
    let sums = Loaded::new(move || {
        let (call, id) = (Call::get("/load/groups"), id.get());
        match id.is_empty() {
            true => call.fetch(),
            false => call.param("sgId", &id).fetch(),
        }
    });
    follow(&["port", "books"], sums.status());
    awaited(sums, 1, true, Callback::new(all))
}

fn all(sums: Record) -> AnyView {
    let groups = sums.records("items");
    let rest = groups.len().saturating_sub(MOST) as u64;
    let figure = |group: &Record| {
        let kw = |key: &str| group.number(key).unwrap_or_default();
        let (load, capacity) = (kw("load"), kw("capacity"));
        Figure {
            label: group.text("sgName"),
            value: [&exact(load, 1), " of ", &exact(capacity, 1), " kW"].concat(),
            tone: Tone::Active,
            bar: share(load, capacity),
            href: routes::below(routes::STATION_GROUPS, &group.text("sgId")) + "/load",
        }
    };
    let all = figures(groups.iter().take(MOST).map(figure).collect());
    let rest = (rest > 0).then(|| {
        let words = ["And ", &count(rest, "group", "groups"), " that draw less"].concat();
        view! { <p class="quiet">{words}</p> }
    });
    view! {
        <div class="table-above">
            <h2>"Load of station groups"</h2>
            {all}
            {rest}
        </div>
    }
    .into_any()
}
