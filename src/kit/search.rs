//! The search box.

use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;

use super::icon::{Icon, Symbol};
use crate::prelude::*;

/// How long the typing rests before it is searched for.
const REST: Duration = Duration::from_millis(200);

/// Free text that is searched for when the typing rests, on Enter at once, and emptied by Escape.
#[component]
pub fn SearchBox(
    /// Its name, and the words in it while it is empty.
    #[prop(into)]
    label: Signal<String>,
    /// The text that is searched for now; the box follows it.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the trimmed text when it differs from `value`.
    #[prop(into)]
    on_search: Callback<String>,
    /// Gets the focus when its dialog opens.
    #[prop(optional)]
    autofocus: bool,
) -> impl IntoView {
    let input = NodeRef::<web_sys::HtmlInputElement>::new();
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || {
        if let Some(Some(handle)) = waiting.try_update_value(Option::take) {
            handle.clear();
        }
    };
    let search = move || {
        waiting.set_value(None);
        let Some(input) = input.get_untracked() else {
            return;
        };
        let text = input.value().trim().to_owned();
        if text != value.get_untracked() {
            on_search.run(text);
        }
    };
    let typed = move || {
        stop();
        waiting.set_value(set_timeout_with_handle(search, REST).ok());
    };
    let now = move || {
        stop();
        search();
    };
    let clear = move || {
        if let Some(input) = input.get_untracked() {
            input.set_value("");
            now();
            let _ = input.focus();
        }
    };
    on_cleanup(stop);
    // Follows the address, but never pulls the text from under somebody who types.
    effect(move || {
        let value = value.get();
        let typing = waiting.with_value(Option::is_some);
        if let Some(input) = input
            .get()
            .filter(|input| !typing && input.value().trim() != value)
        {
            input.set_value(&value);
        }
    });
    view! {
        <div class="search" role="search" aria-label=label>
            <Icon symbol=Symbol::Search />
            <input
                type="search"
                class="input"
                node_ref=input
                aria-label=label
                placeholder=label
                autocomplete="off"
                spellcheck="false"
                autofocus=autofocus
                on:input=move |_| typed()
                on:keydown=move |event| {
                    match event.key().as_str() {
                        "Enter" => {
                            event.prevent_default();
                            now();
                        }
                        "Escape" if !value.get_untracked().is_empty() => {
                            event.prevent_default();
                            clear();
                        }
                        _ => {}
                    }
                }
            />
        </div>
    }
}
