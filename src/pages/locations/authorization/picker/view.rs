//! The picker's combobox and listbox, after the WAI-ARIA pattern: the focus stays in the search box.

use web_sys::{ScrollIntoViewOptions, ScrollLogicalPosition};

use super::super::list::List;
use super::offer::Offer;
use super::state::Picker;
use crate::api::{Loaded, Record};
use crate::kit::format::number;
use crate::kit::{Badge, Field, Icon, IconButton, ProblemLine, Symbol, Tone, unique_id};
use crate::prelude::*;

/// A search box, what it finds, and what was picked.
#[component]
pub fn PickerBox(
    picker: Picker,
    /// The answer to its words.
    found: Loaded<Record>,
    list: List,
    /// Why the words themselves cannot be added.
    #[prop(into)]
    refused: Signal<Option<String>>,
) -> impl IntoView {
    let id = unique_id("picker");
    let options = StoredValue::new(format!("{id}-options"));
    let option_id = move |at: usize| options.with_value(|options| format!("{options}-{at}"));
    let any = move || picker.offers.with(|offers| !offers.is_empty());
    effect(move || {
        let option = picker
            .active
            .get()
            .and_then(|at| document().get_element_by_id(&option_id(at)));
        if let Some(option) = option {
            let nearest = ScrollIntoViewOptions::new();
            nearest.set_block(ScrollLogicalPosition::Nearest);
            option.scroll_into_view_with_scroll_into_view_options(&nearest);
        }
    });
    let problem = move || found.problem().filter(|_| !found.pending());
    let (label, hint) = list.words().pick;
    view! {
        <div class="picker">
            <Field id=id.clone() label hint>
                <input
                    id=id.clone()
                    class="input"
                    type="text"
                    role="combobox"
                    autocomplete="off"
                    spellcheck="false"
                    autofocus
                    aria-autocomplete="list"
                    aria-describedby=format!("{id}-help")
                    aria-expanded=move || any().to_string()
                    aria-controls=move || any().then(|| options.get_value())
                    aria-activedescendant=move || picker.active.get().map(option_id)
                    prop:value=picker.query
                    on:input:target=move |event| picker.typed(event.target().value())
                    on:keydown=move |event| {
                        if !event.is_composing() && picker.key(&event.key()) {
                            event.prevent_default();
                        }
                    }
                />
            </Field>
            <Picked picker />
            <p class="picker-found" role="status">{move || said(picker, found, list)}</p>
            <ProblemLine problem=Signal::derive(problem) />
            {move || refused.get().map(|why| view! { <p class="picker-refused">{why}</p> })}
            <Show when=any>
                <ul
                    class="picker-options"
                    id=options.get_value()
                    role="listbox"
                    aria-multiselectable="true"
                    aria-label="Search results"
                >
                    {move || {
                        let offers = picker.offers.get().into_iter().enumerate();
                        offers.map(|(at, offer)| option(picker, option_id(at), at, offer)).collect_view()
                    }}
                </ul>
            </Show>
        </div>
    }
}

/// What the search found, in words.
fn said(picker: Picker, found: Loaded<Record>, list: List) -> String {
    if found.pending() {
        return "Searching…".into();
    }
    if found.problem().is_some() {
        return String::new();
    }
    let shown = picker.offers.with(Vec::len) as u64;
    let total = found.with(|result| result.count("total")).unwrap_or_default();
    match total {
        0 => format!("No {} matches.", list.words().noun),
        total if total > shown => format!(
            "The first {} of {}. Type more to narrow them down.",
            number(shown),
            list.count(total)
        ),
        total => format!("{}.", list.count(total)),
    }
}

fn option(picker: Picker, id: String, at: usize, offer: Offer) -> impl IntoView {
    let own = StoredValue::new(offer.id.clone());
    let picked = move || own.with_value(|id| picker.is_picked(id));
    let listed = offer.listed;
    let warnings = offer.warnings.clone().into_iter();
    let (title, detail) = (offer.title.clone(), offer.detail.clone());
    view! {
        <li
            id=id
            class="picker-option"
            role="option"
            aria-selected=move || picked().to_string()
            aria-disabled=listed.then_some("true")
            data-active=move || (picker.active.get() == Some(at)).then_some("true")
            // The focus stays in the search box.
            on:mousedown=|event| event.prevent_default()
            on:click=move |_| {
                picker.active.set(Some(at));
                picker.toggle(&offer);
            }
        >
            <span class="picker-tick" aria-hidden="true">
                {move || (listed || picked()).then(|| view! { <Icon symbol=Symbol::Check /> })}
            </span>
            <span class="picker-words">
                <span class="picker-title">{title}</span>
                <span class="picker-detail">{detail}</span>
                {warnings.map(|word| view! { <Badge tone=Tone::Attention word /> }).collect_view()}
            </span>
            {listed.then(|| view! { <Badge tone=Tone::Neutral word="Already listed" /> })}
        </li>
    }
}

/// What was picked so far; it stays while the words change.
#[component]
fn Picked(picker: Picker) -> impl IntoView {
    let chip = move |offer: Offer| {
        let name = offer.name().to_owned();
        view! {
            <li class="chip">
                <span>{name.clone()}</span>
                <IconButton
                    icon=Symbol::Close
                    label=format!("Do not add {name}")
                    on_press=move |()| picker.toggle(&offer)
                />
            </li>
        }
    };
    view! {
        <Show when=move || picker.picked.with(|picked| !picked.is_empty())>
            <ul class="chips" aria-label="To be added">
                {move || picker.picked.get().into_iter().map(chip).collect_view()}
            </ul>
        </Show>
    }
}
