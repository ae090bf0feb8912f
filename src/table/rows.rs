//! The rows, and grey ones while the first page is on its way.

use leptos::ev::MouseEvent;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::line::{Drawn, Line};
use super::selection::RowBox;
use super::{Table, cell};
use crate::prelude::*;

/// Rows that stand in for those on their way.
const WAITING_ROWS: u32 = 12;

#[component]
pub fn Rows(table: Table) -> impl IntoView {
    let Table { lines, selection, .. } = table;
    let width =
        table.headings.with_value(Vec::len) + usize::from(selection.is_some()) + usize::from(table.actions);
    let draw = move |line: Line| {
        let Drawn {
            name,
            cells,
            href,
            actions,
        } = (line.draw)();
        let linked = href.is_some();
        let cell = |(index, inside): (usize, AnyView)| match (index, &href) {
            (0, Some(href)) => view! { <th scope="row"><a href=href.clone()>{inside}</a></th> },
            (0, None) => view! { <th scope="row">{inside}</th> },
            _ => {
                let kind = table
                    .headings
                    .with_value(|headings| headings.get(index).and_then(|heading| cell::class(heading.kind)));
                view! { <td class=kind>{inside}</td> }
            }
        };
        let drawn = cells.into_iter().enumerate().map(cell).collect_view();
        let picked = line.id.clone();
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
                {selection.map(|selection| view! { <td class="pick"><RowBox selection id=line.id name /></td> })}
                {drawn}
                {actions.map(|actions| view! { <td class="row-actions">{actions}</td> })}
            </tr>
        }
    };
    let waiting = move || {
        let cells = || std::iter::repeat_with(|| view! { <td><span class="skeleton"></span></td> });
        let row =
            |_| view! { <tr class="waiting" aria-hidden="true">{cells().take(width).collect_view()}</tr> };
        (0..table.query.get().page_size.min(WAITING_ROWS))
            .map(row)
            .collect_view()
    };
    let drawn = move || {
        let item = |line: Line| Keyed {
            key: line.number,
            draw: Box::new(move || draw(line).into_any()),
        };
        lines.get().into_iter().map(item).collect()
    };
    let wait = move || table.figures.get().is_none() && table.status.problem().is_none();
    view! {
        <tbody>
            <Show when=wait>{waiting}</Show>
            {each(drawn)}
        </tbody>
    }
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
