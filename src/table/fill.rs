//! The elements of a row.

use domain::column::Head;
use wasm_bindgen::JsCast;
use web_sys::{Element, Node};

use super::cell::{Shown, class};
use crate::kit::time::exact;

/// An empty cell of a column; the first one heads the row.
pub fn cell(head: &Head, first: bool) -> Element {
    let cell = element(if first { "th" } else { "td" });
    if first {
        cell.set_attribute("scope", "row").ok();
    }
    let class = class(head.kind);
    if !class.is_empty() {
        cell.set_class_name(class);
    }
    cell
}

/// A copy with all that stands in it.
pub fn copy(node: &Element) -> Element {
    let copy = node.clone_node_with_deep(true);
    copy.map_or_else(|_| element("td"), Node::unchecked_into)
}

/// Puts into a cell what it shows.
pub fn fill(cell: &Element, shown: &Shown) {
    if shown.text.is_empty() {
        cell.set_text_content(Some("–"));
        cell.set_class_name(if cell.class_name() == "number" {
            "number quiet"
        } else {
            "quiet"
        });
        return;
    }
    if let Some(tone) = shown.tone {
        let (badge, dot) = (element("span"), element("span"));
        badge.set_class_name("badge");
        badge.set_attribute("data-tone", tone.key()).ok();
        dot.set_class_name("dot");
        append(&badge, &dot);
        badge.append_with_str_1(&shown.text).ok();
        append(cell, &badge);
        cell.set_class_name("state");
    } else if !shown.href.is_empty() {
        let link = element("a");
        link.set_attribute("href", &shown.href).ok();
        link.set_text_content(Some(&shown.text));
        append(cell, &link);
    } else if !shown.at.is_empty() {
        let time = element("time");
        time.set_attribute("datetime", &shown.at).ok();
        time.set_attribute("title", &exact(&shown.at)).ok();
        time.set_text_content(Some(&shown.text));
        append(cell, &time);
    } else {
        cell.set_text_content(Some(&shown.text));
    }
    if let Some(part) = shown.part {
        let bar = element("meter");
        bar.set_attribute("max", "100").ok();
        bar.set_attribute("value", &part.to_string()).ok();
        bar.set_attribute("aria-hidden", "true").ok();
        append(cell, &bar);
    }
    if !shown.note.is_empty() {
        let note = element("span");
        note.set_class_name("quiet");
        note.set_text_content(Some(&format!(" {}", shown.note)));
        append(cell, &note);
    }
}

/// A new element. HTML has all the names that are asked for.
pub fn element(name: &str) -> Element {
    leptos::tachys::renderer::Rndr::create_element(name, None)
}

pub fn append(parent: &Element, child: &Element) {
    let _ = parent.append_child(child);
}
