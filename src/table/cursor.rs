//! Moving over cells and copying them. Links, boxes and buttons are reached by Tab as everywhere; from one
//! of them, or from a cell, the arrow keys go on to the next cell, and Ctrl-C copies the cell.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent, MouseEvent};

use crate::kit::copy;
use crate::prelude::*;

const COPY: &str = "copy-cell";

/// A key in the body of a table.
pub fn key(event: &KeyboardEvent) {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    let Some(target) = target.filter(|_| !event.default_prevented()) else {
        return;
    };
    let within = |selector: &str| target.closest(selector).ok().flatten();
    let Some(cell) = within("td, th").filter(|_| within("[popover], dialog").is_none()) else {
        return;
    };
    let key = event.key();
    // Large with Caps Lock on.
    if matches!(key.as_str(), "c" | "C") && (event.ctrl_key() || event.meta_key()) && !event.shift_key() {
        if !marking() {
            event.prevent_default();
            copy_cell(&cell);
        }
        return;
    }
    let next = match key.as_str() {
        "ArrowLeft" => cell.previous_element_sibling(),
        "ArrowRight" => cell.next_element_sibling(),
        "ArrowUp" => beside(&cell, Element::previous_element_sibling),
        "ArrowDown" => beside(&cell, Element::next_element_sibling),
        _ => return,
    };
    let plain = !event.ctrl_key() && !event.alt_key() && !event.meta_key() && !event.shift_key();
    if let Some(next) = next.filter(|_| plain) {
        event.prevent_default();
        let control = next.query_selector("a, input, button").ok().flatten();
        let focus = control.unwrap_or_else(|| {
            next.set_attribute("tabindex", "-1").ok();
            next
        });
        let _ = focus.unchecked_into::<HtmlElement>().focus();
    }
}

/// The cell of the same column in the row above or below.
fn beside(cell: &Element, step: fn(&Element) -> Option<Element>) -> Option<Element> {
    let row = cell.parent_element()?;
    let mut at = 0;
    let mut before = cell.previous_element_sibling();
    while let Some(one) = before {
        at += 1;
        before = one.previous_element_sibling();
    }
    step(&row)?.children().item(at)
}

/// Whether text is marked, which Ctrl-C means then.
pub fn marking() -> bool {
    let marked = window().get_selection().ok().flatten();
    marked.is_some_and(|marked| !marked.is_collapsed())
}

/// The mouse came over a cell: what is cut off is told in full, and an id gets the button that copies it. There
/// is one for all.
pub fn over(event: &MouseEvent) {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    let Some(cell) = target.and_then(|target| target.closest("td, th").ok().flatten()) else {
        return;
    };
    if cell.scroll_width() > cell.client_width()
        && !cell.has_attribute("title")
        && let Some(text) = cell.text_content()
    {
        cell.set_attribute("title", &text).ok();
    }
    let cell = Some(cell).filter(|cell| cell.class_list().contains("id"));
    let Some(cell) = cell else { return };
    let body = cell.closest("tbody").ok().flatten();
    let button = body.and_then(|body| body.query_selector(&format!(".{COPY}")).ok().flatten());
    let button = button.or_else(|| {
        let button = document().create_element("button").ok()?;
        for (name, value) in [
            ("type", "button"),
            ("class", COPY),
            ("tabindex", "-1"),
            ("aria-label", "Copy"),
            ("title", "Copy"),
        ] {
            button.set_attribute(name, value).ok()?;
        }
        Some(button)
    });
    if let Some(button) = button.filter(|button| !cell.contains(Some(button))) {
        let _ = cell.append_child(&button);
    }
}

/// A click in the body of a table: whether it was on the button that copies.
pub fn clicked(event: &MouseEvent) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    let cell = target
        .filter(|target| target.class_list().contains(COPY))
        .and_then(|target| target.parent_element());
    match cell {
        Some(cell) => {
            copy_cell(&cell);
            true
        }
        None => false,
    }
}

fn copy_cell(cell: &Element) {
    let text = cell.first_child().and_then(|inside| inside.text_content());
    if let Some(text) = text.filter(|text| text != "–") {
        let said = format!("{text} is copied.");
        copy(text, said);
    }
}
