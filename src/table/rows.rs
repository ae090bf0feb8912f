//! The rows, and grey ones while the first page is on its way.

use domain::column::Column;
use domain::listing::Page;
use leptos::ev::MouseEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::selection::RowBox;
use super::{Cells, Href, QueryState, Row, RowView, Selection, cell};
use crate::api::Loaded;

/// Rows that stand in for those on their way.
const WAITING_ROWS: u32 = 12;

/// A record, with a number that changes when the record does, so that unchanged rows stay in place.
#[derive(Clone, PartialEq)]
struct Numbered<T> {
    number: u64,
    record: T,
}

#[component]
pub fn Rows<T: Row>(
    columns: Vec<&'static Column<T>>,
    query: QueryState,
    page: Loaded<Page<T>>,
    cells: Cells<T>,
    href: Option<Href<T>>,
    selection: Option<Selection>,
    row_actions: Option<RowView<T>>,
) -> impl IntoView {
    let width = columns.len() + usize::from(selection.is_some()) + usize::from(row_actions.is_some());
    let next = StoredValue::new(0_u64);
    let rows = Memo::new(move |before: Option<&Vec<Numbered<T>>>| {
        let number = |record: &T| {
            let same = before.and_then(|rows| rows.iter().find(|row| row.record == *record));
            same.map_or_else(
                || {
                    next.update_value(|next| *next += 1);
                    next.get_value()
                },
                |row| row.number,
            )
        };
        let numbered = |record: &T| Numbered {
            number: number(record),
            record: record.clone(),
        };
        page.with(|page| page.items.iter().map(numbered).collect())
            .unwrap_or_default()
    });
    let columns = StoredValue::new(columns);
    let cells = StoredValue::new(cells);
    let draw = move |row: Numbered<T>| {
        let record = row.record;
        let id = record.id().to_owned();
        let link = href.map(|href| href.run(record.clone()));
        let linked = link.is_some();
        let cell = |(index, column): (usize, &&'static Column<T>)| {
            let inside = cells.with_value(|cells| cells.draw(column, &record));
            match (index, &link) {
                (0, Some(href)) => {
                    view! { <th scope="row"><a href=href.clone()>{inside}</a></th> }.into_any()
                }
                (0, None) => view! { <th scope="row">{inside}</th> }.into_any(),
                _ => view! { <td class=cell::class(column.kind)>{inside}</td> }.into_any(),
            }
        };
        let name = columns.with_value(|columns| columns.first().map(|column| (column.get)(&record)));
        let drawn = columns.with_value(|columns| columns.iter().enumerate().map(cell).collect_view());
        let picked = id.clone();
        view! {
            <tr
                class:row-linked=linked
                aria-selected=selection.map(|selection| move || selection.contains(&picked).to_string())
                on:click=move |event| {
                    if linked {
                        follow(&event);
                    }
                }
            >
                {selection.map(|selection| view! { <td class="pick"><RowBox selection id name /></td> })}
                {drawn}
                {row_actions.map(|actions| view! { <td class="row-actions">{actions.run(record)}</td> })}
            </tr>
        }
    };
    let waiting = move || {
        let cells = || std::iter::repeat_with(|| view! { <td><span class="skeleton"></span></td> });
        let row =
            |_| view! { <tr class="waiting" aria-hidden="true">{cells().take(width).collect_view()}</tr> };
        (0..query.get().page_size.min(WAITING_ROWS))
            .map(row)
            .collect_view()
    };
    view! {
        <tbody>
            <Show when=move || !page.is_loaded() && page.problem().is_none()>{waiting}</Show>
            <For each=move || rows.get() key=|row| row.number children=draw />
        </tbody>
    }
    .into_any()
}

/// A click anywhere on the row is a click on its link, but not one on a control, and not the end of
/// marking text.
fn follow(event: &MouseEvent) {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    let Some(target) = target else { return };
    let on_control = target
        .closest("a, button, input, label, [popover]")
        .ok()
        .flatten()
        .is_some();
    let marking = window()
        .get_selection()
        .ok()
        .flatten()
        .is_some_and(|marked| !marked.is_collapsed());
    if on_control || marking || event.ctrl_key() || event.meta_key() {
        return;
    }
    let row = target.closest("tr").ok().flatten();
    let link = row.and_then(|row| row.query_selector("th a").ok().flatten());
    if let Some(link) = link.and_then(|link| link.dyn_into::<HtmlElement>().ok()) {
        // Not from within this click, whose handler the second one passes through as well.
        queue_microtask(move || link.click());
    }
}
