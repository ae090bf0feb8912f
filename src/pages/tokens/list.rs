//! The list of charge tokens.

use domain::tokens::Token;

use super::KIND;
use super::state::token_cells;
use crate::api::Record;
use crate::kit::{EmptyState, Look};
use crate::pages::record::{RecordSheet, add_button};
use crate::pages::shell::PageHeader;
use crate::prelude::*;
use crate::routes;
use crate::table::{BulkAction, DataTable, List, QueryState, Selection};

#[component]
pub fn TokensPage() -> impl IntoView {
    let query = QueryState::in_url(List::of::<Token>(KIND.path), "");
    let page = query.load();
    let adding = RwSignal::new(false);
    let selection = Selection::new();
    let bulk = vec![
        BulkAction::post("Block", KIND.needs, "/tokens/block", "blocked"),
        BulkAction::post("Unblock", KIND.needs, "/tokens/unblock", "unblocked"),
        BulkAction::post("Delete", KIND.needs, "/tokens/delete", "deleted").asking(
            "They go, and are taken off every Authorization list. This cannot be undone. To keep them but refuse \
             them, block them.",
        ),
    ];
    view! {
        <PageHeader
            title="Charge tokens"
            crumbs=KIND.areas()
            actions=move || add_button(&KIND, adding, Look::Primary)
        />
        <DataTable
            label="Charge tokens"
            noun=("charge token", "charge tokens")
            query
            page
            href=Callback::new(|token: Record| routes::token(&token.text("id")))
            cells=token_cells()
            selection
            bulk
            search="Search by Auth ID, Chip ID, Visual ID or customer"
            empty=move || {
                view! {
                    <EmptyState title="No charge tokens yet" detail="RFID cards and other tokens that drivers hold to the reader.">
                        {add_button(&KIND, adding, Look::Plain)}
                    </EmptyState>
                }
            }
        />
        <RecordSheet kind=&KIND open=adding on_saved=KIND.created() />
    }
    .into_any()
}
