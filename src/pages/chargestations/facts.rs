//! What a station's page says of it, in the server's words.

use crate::api::{Loaded, Record};
use crate::kit::time::elsewhere;
use crate::pages::record::{awaited, facts};
use crate::prelude::*;
use crate::routes;
use crate::table::Shown;

/// The facts in their order.
pub fn draw(station: Loaded<Record>) -> AnyView {
    let all = |station: Record| facts(station.records("facts").iter().map(fact).collect());
    awaited(station, 6, false, Callback::new(all))
}

fn fact(fact: &Record) -> (String, Shown) {
    let id = fact.text("id");
    let at = fact.text("at");
    let shown = match id.as_str() {
        "" if at.is_empty() => Shown::text(fact.text("text")).note(fact.text("note")),
        "" => Shown::moment(at.clone()).note(elsewhere(&at, &fact.text("timeZone"), true)),
        id if fact.text("kind") == "locations" => Shown::link(fact.text("text"), routes::location(id)),
        id => Shown::link(fact.text("text"), routes::organization(id)),
    };
    let shown = match fact.number("part") {
        Some(percent) => shown.part(percent),
        None => shown,
    };
    (fact.text("label"), shown)
}
