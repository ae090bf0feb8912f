//! The customers on the Authorization list.

use domain::authorization::CustomerEntry;

use super::add::AddDialog;
use super::change::{Change, List, Removal};
use super::tools::ListTools;
use super::{Entries, Shared, entries};
use crate::api::{self, Record};
use crate::kit::{EmptyState, Item, Look, SplitButton, Tone};
use crate::prelude::*;
use crate::routes;
use crate::table::{self, Cells, DataTable, QueryState, Shown};

#[component]
pub fn CustomerList(shared: Shared) -> impl IntoView {
    let editor = shared.editor;
    let adding = RwSignal::new(false);
    let path = shared
        .location
        .with_value(|id| api::authorization::path(id, "/customers"));
    let query = QueryState::in_url(table::List::of::<CustomerEntry>(path), "");
    let Entries { page, selected, seen } = entries(shared, query, shared.customers);
    let cells = Cells::new()
        .with("name", |entry| {
            Shown::link(
                entry.text("customer"),
                routes::customer(&entry.text("customer.id")),
            )
        })
        .with("tokens", |entry| match entry.count("tokens") {
            0 => Shown::badge(Tone::Attention, "No charge tokens: admits nobody"),
            tokens => Shown::number(tokens),
        });
    let row_actions = move |entry: Record| {
        let details = Item::link(
            "View customer details",
            routes::customer(&entry.text("customer.id")),
        );
        let name = entry.text("customer");
        view! {
            <SplitButton
                label="Remove"
                menu_label=format!("More for {name}")
                look=Look::Quiet
                small=true
                on_press=move |()| editor.start(Change::Remove(Removal::customers(std::slice::from_ref(&entry))))
                items=vec![details]
            />
        }
        .into_any()
    };
    view! {
        <DataTable
            label="Customers on the Authorization list"
            noun=("customer", "customers")
            query
            page
            cells
            selection=shared.customers
            by_id=seen
            row_actions=Callback::new(row_actions)
            search="Search by customer name or external ID"
            tools=move || {
                let selected = Callback::new(move |()| match untrack(|| shared.customers.is_all()) {
                    true => Removal::all(List::Customers, 0),
                    false => Removal::customers(&selected.run(())),
                });
                view! { <ListTools shared list=List::Customers adding selected /> }
            }
            empty=move || view! {
                <EmptyState
                    title="No customer is listed"
                    detail="All charge tokens of a listed customer may charge here, those they get later too."
                />
            }
        />
        <AddDialog open=adding list=List::Customers shared />
    }
}
