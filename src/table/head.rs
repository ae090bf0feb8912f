//! The header row: a button per column, which sorts.

use domain::column::Head;

use super::selection::PageBox;
use super::{Table, cell};
use crate::kit::{Icon, Symbol};
use crate::prelude::*;

#[component]
pub fn HeadRow(table: Table) -> impl IntoView {
    let query = table.query;
    let head = move |column: &'static Head| {
        let class = (cell::class(column.kind) == "number").then_some("number");
        if !column.filtered {
            return view! { <th scope="col" class=class>{column.label}</th> };
        }
        // Empty: not sorted by it.
        let order = move || {
            let query = query.get();
            match query.order() {
                Some((key, true)) if key == column.key => "descending",
                Some((key, false)) if key == column.key => "ascending",
                _ => "",
            }
        };
        let symbol = move || match order() {
            "descending" => Symbol::ArrowDown,
            "ascending" => Symbol::ArrowUp,
            _ => Symbol::Sort,
        };
        view! {
            <th
                scope="col"
                class=class
                aria-sort=move || Some(order()).filter(|order| !order.is_empty())
            >
                <button type="button" class="sort" on:click=move |_| query.sort(column.key)>
                    <span>{column.label}</span>
                    {move || view! { <Icon symbol=symbol() /> }}
                </button>
            </th>
        }
    };
    view! {
        <tr>
            {table.selection.map(|selection| view! { <th class="pick"><PageBox selection table /></th> })}
            {move || table.columns().into_iter().map(head).collect_view()}
            {table
                .actions
                .then(|| view! { <th class="row-actions"><span class="visually-hidden">"Actions"</span></th> })}
        </tr>
    }
}
