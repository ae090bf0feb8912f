//! The customers on the Authorization list.

use std::collections::HashMap;

use domain::authorization::CustomerEntry;
use domain::column::Listed;

use super::add::AddDialog;
use super::change::{Change, List, Removal};
use super::tools::ListTools;
use super::{Shared, keep_focus};
use crate::api::{self, Loaded};
use crate::kit::format::number;
use crate::kit::{Badge, EmptyState, Item, Look, SplitButton, Tone};
use crate::prelude::*;
use crate::routes;
use crate::table::{Cells, DataTable, QueryState};

#[component]
pub fn CustomerList(shared: Shared) -> impl IntoView {
    let editor = shared.editor;
    let adding = RwSignal::new(false);
    let query = QueryState::in_url("");
    let page = Loaded::new(move || {
        editor.changes.track();
        api::authorization::customers(shared.location.get_value(), query.get())
    });
    keep_focus(editor, page);
    // The selection reaches over pages; what was seen of the entries can be put back.
    let seen = StoredValue::new(HashMap::<String, CustomerEntry>::new());
    effect(move || {
        page.with(|page| {
            let entries = page
                .items
                .iter()
                .map(|entry| (entry.id().to_owned(), entry.clone()));
            seen.update_value(|seen| seen.extend(entries));
        });
    });
    let selected = Callback::new(move |()| {
        let ids = shared.customers.ids();
        let entries = seen.with_value(|seen| {
            ids.iter()
                .filter_map(|id| seen.get(id).cloned())
                .collect::<Vec<_>>()
        });
        Removal::customers(&entries)
    });
    let cells = Cells::new()
        .with("name", |entry: &CustomerEntry| {
            view! { <a href=routes::customer(&entry.customer.id)>{entry.customer.name.clone()}</a> }
        })
        .with("tokens", |entry: &CustomerEntry| match entry.tokens {
            0 => view! { <Badge tone=Tone::Attention word="No charge tokens: admits nobody" /> }.into_any(),
            tokens => number(tokens).into_any(),
        });
    let row_actions = move |entry: CustomerEntry| {
        let details = Item::link("View customer details", routes::customer(&entry.customer.id));
        let name = entry.customer.name.clone();
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
            row_actions=Callback::new(row_actions)
            search="Search by customer name or external ID"
            tools=move || view! { <ListTools shared list=List::Customers adding selected /> }
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
