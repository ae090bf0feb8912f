//! The header row: a button per column, which sorts.

use domain::column::Column;
use domain::listing::Page;
use leptos::prelude::*;

use super::selection::PageBox;
use super::{QueryState, Row, Selection, cell};
use crate::api::Loaded;
use crate::kit::{Icon, Symbol};

#[component]
pub fn Head<T: Row>(
    columns: Vec<&'static Column<T>>,
    unsorted: &'static [&'static str],
    query: QueryState,
    page: Loaded<Page<T>>,
    selection: Option<Selection>,
    actions: bool,
) -> impl IntoView {
    let head = move |column: &'static Column<T>| {
        let class = cell::class(column.kind);
        if unsorted.contains(&column.key) {
            return view! { <th scope="col" class=class>{column.label}</th> }.into_any();
        }
        let order = Memo::new(move |_| {
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
        .into_any()
    };
    view! {
        <tr>
            {selection.map(|selection| view! { <th class="pick"><PageBox selection page /></th> })}
            {columns.into_iter().map(head).collect_view()}
            {actions.then(|| view! { <th class="row-actions"><span class="visually-hidden">"Actions"</span></th> })}
        </tr>
    }
    .into_any()
}
