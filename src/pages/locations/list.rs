//! The list of charge locations, with *Sync from ChargePoint*.

use domain::locations::Location;

use super::sync::SyncReport;
use super::visibility::visibility_cell;
use crate::api::{self, Record, Write};
use crate::kit::{Button, EmptyState, Look, ProblemLine, Symbol, announce};
use crate::pages::shell::{Crumb, Frame, PageHeader, may};
use crate::prelude::*;
use crate::routes;
use crate::table::{Cells, DataTable, List, QueryState};

#[component]
pub fn LocationsPage() -> impl IntoView {
    let query = QueryState::in_url(List::of::<Location>("/locations"), "");
    let page = query.load();
    let write = Write::new();
    let report = RwSignal::new(None::<Record>);
    let sync = move || {
        report.set(None);
        write.run(api::locations::sync(), move |result| {
            announce("Synced from ChargePoint.");
            report.try_set(Some(result));
            page.reload();
        });
    };
    // Whether it worked or not, more is known of ChargePoint now.
    watch(move |before: Option<bool>| {
        let pending = write.pending().get();
        if let (Some(true), false, Some(frame)) = (before, pending, Frame::current()) {
            frame.status.reload();
        }
        pending
    });
    let cells = Cells::new().with("visibility", |location| {
        visibility_cell(&location.text("visibility"))
    });
    let sync_button = move |look: Look| {
        may("Sync:Location").then(|| {
            view! {
                <Button look icon=Symbol::Refresh busy=write.pending() on_press=move |()| sync()>
                    "Sync from ChargePoint"
                </Button>
            }
        })
    };
    view! {
        <PageHeader
            title="Charge locations"
            crumbs=vec![Crumb::area("CPO")]
            actions=move || sync_button(Look::Primary)
        />
        <ProblemLine problem=write.problem() />
        {move || report.get().map(|result| view! { <SyncReport result on_close=move |()| report.set(None) /> })}
        <DataTable
            label="Charge locations"
            noun=("charge location", "charge locations")
            query
            page
            href=Callback::new(|location: Record| routes::location(&location.text("id")))
            cells
            search="Search by name, address or country"
            empty=move || {
                view! {
                    <EmptyState
                        title="No charge locations yet"
                        detail="Locations are made from ChargePoint's stations, grouped by site."
                    >
                        {sync_button(Look::Plain)}
                    </EmptyState>
                }
            }
        />
    }
    .into_any()
}
