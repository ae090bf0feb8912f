//! A text to take along: a link, a code.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::button::Button;
use super::copy::copy_marked;
use super::field::Field;
use super::icon::Symbol;
use super::toast::announce;
use super::unique_id;
use crate::prelude::*;

/// A text that cannot be changed, with *Copy*.
#[component]
pub fn CopyField(
    /// What it is: "Link". Said when it is copied.
    label: &'static str,
    #[prop(into)] hint: String,
    text: String,
    /// For codes that are read out or typed: large, with space between the characters.
    #[prop(optional)]
    large: bool,
) -> impl IntoView {
    let id = unique_id("copy");
    let input = NodeRef::<web_sys::HtmlInputElement>::new();
    let refused = RwSignal::new(false);
    let copy = move |()| {
        let before = document().active_element();
        if let Some(input) = input.get_untracked() {
            let _ = input.focus();
            input.select();
        }
        // Not by `copy`: what lies outside a dialog cannot be marked while it is open.
        let done = copy_marked().unwrap_or_default();
        refused.set(!done);
        if let (true, Some(Ok(before))) = (done, before.map(|before| before.dyn_into::<HtmlElement>())) {
            let _ = before.focus();
        }
        if done {
            announce(format!("{label} copied."));
        }
    };
    let error = move || {
        let words = "The browser does not let the portal copy. The text is selected: copy it with Ctrl-C.";
        refused.get().then(|| words.to_owned())
    };
    view! {
        <Field id=id.clone() label hint error=Signal::derive(error)>
            <div class="copy">
                <input
                    id=id.clone()
                    class="input mono"
                    class:copy-large=large
                    node_ref=input
                    readonly=true
                    aria-describedby=format!("{id}-help")
                    prop:value=text
                />
                <Button icon=Symbol::Copy on_press=copy>"Copy"<span class="visually-hidden">{format!(" {label}")}</span></Button>
            </div>
        </Field>
    }
}
