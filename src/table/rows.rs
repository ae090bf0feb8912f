//! The rows, and grey ones while the first page is on its way.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::ev::{Event, MouseEvent};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};

use super::painter::Painter;
use super::{Table, cursor};
use crate::prelude::*;

/// Rows that stand in for those on their way.
const WAITING_ROWS: u32 = 12;

#[component]
pub fn Rows(table: Table, painter: Painter) -> impl IntoView {
    let body = NodeRef::<web_sys::HtmlElement>::new();
    let linked = painter.href.is_some();
    let action = painter.action;
    let painter = Rc::new(RefCell::new(painter));
    let (own, pressed) = (painter.clone(), painter.clone());
    effect(move || {
        let columns = table.columns();
        if let Some(body) = body.get() {
            table.page.with(|rows| {
                let mut painter = own.borrow_mut();
                painter.draw(&body, &rows.items, columns);
                untrack(|| painter.mark());
            });
        }
    });
    if let Some(selection) = table.selection {
        effect(move || {
            selection.track();
            untrack(|| painter.borrow_mut().mark());
        });
    }
    let pick = move |event: Event| {
        let input = event
            .target()
            .and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        let picked =
            input.and_then(|input| Some((row_of(&input)?.get_attribute("data-id")?, input.checked())));
        if let (Some((id, on)), Some(selection)) = (picked, table.selection) {
            if untrack(|| selection.is_all()) {
                selection.set_all(&untrack(|| table.page_ids()), true);
            }
            selection.set(&id, on);
        }
    };
    let waiting = move || {
        let width =
            table.columns().len() + usize::from(table.selection.is_some()) + usize::from(table.actions);
        let rows = table.query.get().page_size.min(WAITING_ROWS);
        view! {
            <tr class="waiting" aria-hidden="true">
                <td colspan=width.to_string()><span class="skeleton" style=format!("--rows:{rows}")></span></td>
            </tr>
        }
    };
    let wait = move || !table.page.is_loaded() && table.page.problem().is_none();
    view! {
        <Show when=wait><tbody>{waiting}</tbody></Show>
        <tbody
            node_ref=body
            on:mouseover=move |event| cursor::over(&event)
            on:keydown=move |event| cursor::key(&event)
            on:click=move |event| {
                if let Some((action, id)) = action.zip(pressed_in(&event)) {
                    let record = pressed.borrow().record(&id);
                    if let Some(record) = record {
                        action.run.run(record);
                    }
                } else if !cursor::clicked(&event) && linked {
                    follow(&event);
                }
            }
            on:change=pick
        ></tbody>
    }
}

/// The id of the row whose button was pressed.
fn pressed_in(event: &MouseEvent) -> Option<String> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let button = target.closest(".row-action").ok().flatten()?;
    row_of(&button)?.get_attribute("data-id")
}

fn row_of(element: &Element) -> Option<Element> {
    element.closest("tr").ok().flatten()
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
    if on_control || cursor::marking() || event.ctrl_key() || event.meta_key() {
        return;
    }
    let link = row_of(&target).and_then(|row| row.query_selector("th a").ok().flatten());
    if let Some(link) = link.and_then(|link| link.dyn_into::<HtmlElement>().ok()) {
        // Not from within this click, whose handler the second one passes through as well.
        queue_microtask(move || link.click());
    }
}
