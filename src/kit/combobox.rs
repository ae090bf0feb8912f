//! A text field with choices below it, after the WAI-ARIA combobox pattern with a list box.

use web_sys::{KeyboardEvent, ScrollIntoViewOptions, ScrollLogicalPosition};

use super::field::Field;
use super::unique_id;
use crate::prelude::*;

/// Said of words that nothing was chosen for.
const UNMATCHED: &str = "Choose one of the list, or empty the field.";

/// One choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub key: String,
    pub label: String,
    /// Tells choices of the same label apart, or says why this one cannot be chosen.
    pub note: String,
    /// In sight, but not to be chosen.
    pub refused: bool,
}

/// Chooses one of many by typing.
#[component]
pub fn Combobox(
    #[prop(into)] label: Signal<String>,
    #[prop(optional, into)] hint: Signal<String>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    /// The label of what is chosen.
    #[prop(into)]
    chosen: Signal<Option<String>>,
    /// What matches the text that was typed last.
    #[prop(into)]
    choices: Signal<Vec<Choice>>,
    /// Gets the focus when its dialog opens.
    #[prop(optional)]
    autofocus: bool,
    /// The first choice is the one that Enter takes, without an arrow key.
    #[prop(optional)]
    eager: bool,
    #[prop(into)] on_type: Callback<String>,
    /// None: the field was emptied.
    #[prop(into)]
    on_choose: Callback<Option<Choice>>,
) -> impl IntoView {
    let id = unique_id("combobox");
    let list = format!("{id}-list");
    let help = format!("{id}-help");
    let option_id = {
        let list = list.clone();
        move |index: usize| format!("{list}-{index}")
    };
    let input = NodeRef::<web_sys::HtmlInputElement>::new();
    let open = RwSignal::new(false);
    let active = RwSignal::new(None::<usize>);
    // The key of the choice that an arrow led to.
    let led = StoredValue::new(String::new());
    // Words that were left without a choice: kept, said, and a reason for the form not to be sent.
    let unmatched = RwSignal::new(false);
    let mark = move |now: bool| {
        unmatched.set(now);
        if let Some(input) = input.get_untracked() {
            input.set_custom_validity(if now { UNMATCHED } else { "" });
        }
    };
    let show_chosen = move || {
        if let Some(input) = input.get_untracked() {
            input.set_value(&chosen.get_untracked().unwrap_or_default());
        }
        mark(false);
    };
    effect(move || {
        chosen.track();
        if input.get().is_some() {
            show_chosen();
        }
    });
    let choose = move |choice: Option<Choice>| {
        if choice.as_ref().is_some_and(|choice| choice.refused) {
            return;
        }
        open.set(false);
        active.set(None);
        on_choose.run(choice);
        show_chosen();
    };
    let typed = move |text: String| {
        led.set_value(String::new());
        active.set(eager.then_some(0));
        mark(false);
        if text.trim().is_empty() {
            on_choose.run(None);
        }
        on_type.run(text.trim().to_owned());
        open.set(true);
    };
    let key = move |event: KeyboardEvent| {
        let count = choices.with_untracked(Vec::len);
        let at = active.get_untracked();
        match event.key().as_str() {
            "ArrowDown" | "ArrowUp" if count > 0 => {
                event.prevent_default();
                let down = event.key() == "ArrowDown";
                open.set(true);
                let at = match at {
                    Some(at) if down => (at + 1) % count,
                    Some(at) => (at + count - 1) % count,
                    None if down => 0,
                    None => count - 1,
                };
                active.set(Some(at));
                led.set_value(choices.with_untracked(|choices| choices[at].key.clone()));
            }
            "Enter" if open.get_untracked() => {
                event.prevent_default();
                let choice = at.and_then(|at| choices.with_untracked(|choices| choices.get(at).cloned()));
                if choice.is_some() {
                    choose(choice);
                }
            }
            // The first Escape closes the list, not the sheet around it.
            "Escape" if open.get_untracked() => {
                event.prevent_default();
                open.set(false);
                show_chosen();
            }
            _ => {}
        }
    };
    let left = move |_| {
        // The browser says so, too, when the field goes with its dialog.
        if open.is_disposed() {
            return;
        }
        open.set(false);
        let text = input
            .get_untracked()
            .map(|input| input.value())
            .unwrap_or_default();
        let text = text.trim();
        if text.is_empty() || chosen.with_untracked(|chosen| chosen.as_deref() == Some(text)) {
            show_chosen();
        } else {
            mark(true);
        }
    };
    let error = move || {
        error
            .get()
            .or_else(|| unmatched.get().then(|| UNMATCHED.to_owned()))
    };
    let error = Signal::derive(error);
    let options = {
        let option_id = option_id.clone();
        move || {
            let line = |(index, choice): (usize, Choice)| {
                let own = choice.clone();
                view! {
                    <li
                        id=option_id(index)
                        role="option"
                        class="option"
                        aria-disabled=choice.refused.then_some("true")
                        aria-selected=move || (active.get() == Some(index)).to_string()
                        // Before the field loses the focus, which would close the list.
                        on:mousedown=move |event| {
                            event.prevent_default();
                            choose(Some(own.clone()));
                        }
                    >
                        <span>{choice.label}</span>
                        <span class="quiet id">{choice.note}</span>
                    </li>
                }
            };
            let choices = choices.get();
            // It stays where the same stands in its place: no key leads to another choice than was in sight.
            let there = active.get_untracked().and_then(|at| choices.get(at));
            if there.is_none_or(|choice| choice.key != led.get_value()) {
                active.set(eager.then_some(0));
            }
            choices.into_iter().enumerate().map(line).collect_view()
        }
    };
    let list_node = NodeRef::<web_sys::HtmlElement>::new();
    let shown = move || open.get() && choices.with(|choices| !choices.is_empty());
    // In a sheet the list may open below what is in sight; the active choice may lie outside the list.
    effect(move || {
        let Some(list) = list_node.get().filter(|_| shown()) else {
            return;
        };
        let at = active.get().and_then(|at| u32::try_from(at).ok());
        let choice = at.and_then(|at| list.children().item(at));
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        choice
            .as_ref()
            .unwrap_or(&list)
            .scroll_into_view_with_scroll_into_view_options(&options);
    });
    view! {
        <Field id=id.clone() label hint error>
            <div class="combobox">
                <input
                    id=id.clone()
                    class="input"
                    node_ref=input
                    role="combobox"
                    autocomplete="off"
                    spellcheck="false"
                    autofocus=autofocus
                    aria-autocomplete="list"
                    aria-expanded=move || shown().to_string()
                    aria-controls=list.clone()
                    aria-activedescendant=move || active.get().map(&option_id)
                    aria-describedby=help.clone()
                    aria-invalid=move || error.with(Option::is_some).then_some("true")
                    on:input:target=move |event| typed(event.target().value())
                    on:click=move |_| open.set(true)
                    on:keydown=key
                    on:blur=left
                />
                <ul id=list.clone() class="options" role="listbox" node_ref=list_node aria-label=label hidden=move || !shown()>
                    {options.clone()}
                </ul>
            </div>
        </Field>
    }
}
