//! The header row: a button per column, which sorts.

use super::line::Heading;
use super::selection::PageBox;
use super::{Table, cell};
use crate::kit::{Icon, Symbol};
use crate::prelude::*;

#[component]
pub fn Head(table: Table) -> impl IntoView {
    let query = table.query;
    let head = move |column: Heading| {
        let class = cell::class(column.kind);
        if !column.sorts {
            return view! { <th scope="col" class=class>{column.label}</th> };
        }
        let order = memo(move |_| {
            let query = query.get();
            query
                .order()
                .filter(|(key, _)| *key == column.key)
                .map(|(_, descending)| descending)
        });
        let sorted = move || {
            order
                .get()
                .map(|descending| if descending { "descending" } else { "ascending" })
        };
        let symbol = Signal::derive(move || match order.get() {
            Some(true) => Symbol::ArrowDown,
            Some(false) => Symbol::ArrowUp,
            None => Symbol::Sort,
        });
        view! {
            <th scope="col" class=class aria-sort=sorted>
                <button type="button" class="sort" on:click=move |_| query.sort(column.key)>
                    <span>{column.label}</span>
                    <Icon symbol />
                </button>
            </th>
        }
    };
    view! {
        <tr>
            {table.selection.map(|selection| view! { <th class="pick"><PageBox selection lines=table.lines /></th> })}
            {table.headings.get_value().into_iter().map(head).collect_view()}
            {table
                .actions
                .then(|| view! { <th class="row-actions"><span class="visually-hidden">"Actions"</span></th> })}
        </tr>
    }
}
