//! The locations at which a customer or a token is listed, with the reason.

use domain::authorization::MayChargeAt;

use crate::api::Record;
use crate::kit::{EmptyState, Tone};
use crate::prelude::*;
use crate::routes;
use crate::table::{Cells, DataTable, List, QueryState, Shown};

/// *May charge at*.
#[component]
pub fn MayChargeTable(
    /// The path of the customer or the token.
    of: Signal<String>,
    /// The reason in the words of the page: listed itself, or through the customer of that name.
    why: fn(Option<String>) -> String,
    /// How this record comes to stand here.
    #[prop(into)]
    how: String,
) -> impl IntoView {
    let list = List::of::<MayChargeAt>(Signal::derive(move || format!("{}/locations", of.get())));
    let query = QueryState::in_url(list, "at.");
    let cells = Cells::new().with("decision", move |at| {
        let reason = at.text("decision.reason");
        match (reason.as_str(), at.text("decision.through") == "customer") {
            ("listed", true) => Shown::badge(Tone::Good, why(Some(at.text("decision.name")))),
            ("listed", false) => Shown::badge(Tone::Good, why(None)),
            ("blocked", _) => Shown::badge(Tone::Bad, "Refused: blocked"),
            ("expired", _) => Shown::badge(Tone::Bad, "Refused: expired"),
            ("open", _) => Shown::badge(Tone::Good, "Open to everybody"),
            _ => Shown::badge(Tone::Bad, "Not listed"),
        }
    });
    view! {
        <DataTable
            label="May charge at"
            noun=("private location", "private locations")
            query
            page=query.load()
            href=Callback::new(|at: Record| routes::location_authorization(&at.text("locationId")))
            cells
            search="Search by location, city or country"
            empty=move || view! { <EmptyState title="Listed at no private location" detail=how.clone() /> }
        />
        <p class="quiet"><small>"Locations that are not private are open to every valid charge token."</small></p>
    }
}
