//! The clipboard.

use wasm_bindgen::JsCast;
use web_sys::{HtmlDocument, HtmlElement, HtmlTextAreaElement};

use super::{Toast, Tone, announce};
use crate::prelude::*;

/// Puts a text on the clipboard and says so; works without a secure connection, too.
pub fn copy(text: String, said: impl Into<String>) {
    if put(&text).unwrap_or_default() {
        announce(said);
    } else {
        let words = format!("The browser refused to copy. It is: {text}");
        Toast::new(words).tone(Tone::Bad).show();
    }
}

/// Copies what is marked on the page; whether the browser did.
pub fn copy_marked() -> Option<bool> {
    let document = document().dyn_into::<HtmlDocument>().ok()?;
    document.exec_command("copy").ok()
}

fn put(text: &str) -> Option<bool> {
    let document = document();
    let before = document.active_element();
    let field: HtmlTextAreaElement = document.create_element("textarea").ok()?.unchecked_into();
    field.set_class_name("visually-hidden");
    field.set_value(text);
    document.body()?.append_child(&field).ok()?;
    field.select();
    let done = copy_marked();
    field.remove();
    if let Some(before) = before.and_then(|before| before.dyn_into::<HtmlElement>().ok()) {
        let _ = before.focus();
    }
    done
}
