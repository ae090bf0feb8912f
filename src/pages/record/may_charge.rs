//! The locations at which a customer or a token is listed, with the reason.

use domain::authorization::MayChargeAt;
use domain::column::Listed;

use crate::api::Record;
use crate::kit::Tone;
use crate::pages::outline::{ListOf, Outline};
use crate::prelude::*;
use crate::routes;
use crate::table::Shown;

/// *May charge at*, without anything of its own: why, in the words of the page.
pub const MAY_CHARGE_AT: Outline = Outline {
    title: "May charge at",
    noun: ("private location", "private locations"),
    list: (MayChargeAt::NAME, MayChargeAt::PACKED),
    id: "locationId",
    search: "Search by location, city or country",
    own: true,
    ..Outline::USUAL
};

/// The list below its heading; `of`: the path of the customer or the token.
pub fn may_charge_at(outline: &'static Outline, of: Signal<String>) -> AnyView {
    let path = Signal::derive(move || format!("{}/locations", of.get()));
    view! {
        <section class="section">
            <h2>{outline.title}</h2>
            <ListOf outline path prefix="at." without=&[] />
            <p class="quiet"><small>"Locations that are not private are open to every valid charge token."</small></p>
        </section>
    }
    .into_any()
}

/// The location, which leads to its list.
pub fn location(at: &Record) -> Shown {
    Shown::link(
        at.text("name"),
        routes::location_authorization(&at.text("locationId")),
    )
}

/// Why, where it is listed itself or through the customer of that name.
pub fn why(at: &Record, direct: &str, through: &dyn Fn(String) -> String) -> Shown {
    let reason = at.text("decision.reason");
    match (reason.as_str(), at.text("decision.through") == "customer") {
        ("listed", true) => Shown::badge(Tone::Good, through(at.text("decision.name"))),
        ("listed", false) => Shown::badge(Tone::Good, direct),
        ("blocked", _) => Shown::badge(Tone::Bad, "Refused: blocked"),
        ("expired", _) => Shown::badge(Tone::Bad, "Refused: expired"),
        ("open", _) => Shown::badge(Tone::Good, "Open to everybody"),
        _ => Shown::badge(Tone::Bad, "Not listed"),
    }
}
