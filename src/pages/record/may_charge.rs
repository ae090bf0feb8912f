//! The locations at which a customer or a token is listed, with the reason.

use domain::authorization::MayChargeAt;
use domain::listing::Page;
use domain::privacy::{Decision, Via};

use crate::api::Loaded;
use crate::kit::{Badge, EmptyState, Tone};
use crate::prelude::*;
use crate::routes;
use crate::table::{Cells, DataTable, QueryState};

/// *May charge at*.
#[component]
pub fn MayChargeTable(
    query: QueryState,
    page: Loaded<Page<MayChargeAt>>,
    /// The reasons in the words of the page: what "directly" and "through" mean here.
    why: fn(&Via) -> String,
    /// How this record comes to stand here.
    #[prop(into)]
    how: String,
) -> impl IntoView {
    let cells = Cells::new().with("decision", move |at: &MayChargeAt| {
        let tone = if at.decision.allowed() {
            Tone::Good
        } else {
            Tone::Bad
        };
        let word = match &at.decision {
            Decision::Listed(via) => why(via),
            decision => decision.reason().to_owned(),
        };
        view! { <Badge tone word /> }
    });
    view! {
        <DataTable
            label="May charge at"
            noun=("private location", "private locations")
            query
            page
            href=Callback::new(|at: MayChargeAt| routes::location_authorization(&at.location_id))
            cells
            unsorted=&["decision"]
            search="Search by location, city or country"
            empty=move || view! { <EmptyState title="Listed at no private location" detail=how.clone() /> }
        />
        <p class="quiet"><small>"Locations that are not private are open to every valid charge token."</small></p>
    }
}
