//! A row of the builder: field, condition, value.

use domain::filter::{Condition, Operand};

use super::draft::{Draft, lines};
use crate::kit::format::count;
use crate::kit::{IconButton, SelectField, Symbol, TextArea, TextField};
use crate::prelude::*;

#[component]
pub fn Row(
    draft: Draft,
    /// Rows that are still blank are wrong, too.
    strict: RwSignal<bool>,
    /// Gets the focus.
    first: bool,
    on_remove: Callback<()>,
) -> impl IntoView {
    let heads = draft.heads.iter().filter(|head| head.filtered);
    let fields: Vec<_> = heads
        .map(|head| (head.key.to_owned(), head.label.to_owned()))
        .collect();
    let conditions = move || {
        Condition::of_kind(draft.kind())
            .map(|condition| (condition.word().to_owned(), condition.label().to_owned()))
            .collect::<Vec<_>>()
    };
    watch(move |before: Option<String>| {
        let field = draft.field.get();
        if before.is_some_and(|before| before != field) {
            draft.refit();
        }
        field
    });
    // The control fits both; it is drawn anew only when one of them changes.
    let shape = memo(move |_| draft.field.get() + &draft.condition.get());
    let value = move || {
        shape.with(|_| ());
        untrack(|| view! { <ValueField draft strict first /> })
    };
    view! {
        <div class="filter" role="group" aria-label="Filter">
            <SelectField label="Field" value=draft.field options=fields />
            <SelectField label="Condition" value=draft.condition options=conditions />
            <div class="filter-value">{value}</div>
            <IconButton icon=Symbol::Close label="Remove this filter" on_press=on_remove />
        </div>
    }
}

#[component]
fn ValueField(draft: Draft, strict: RwSignal<bool>, first: bool) -> impl IntoView {
    let operand = draft.condition().operand();
    let choices = draft.choices();
    let error = Signal::derive(move || draft.wrong().filter(|_| strict.get() || !draft.is_blank()));
    let kind = if draft.takes_days() { "date" } else { "text" };
    match operand {
        Operand::None => ().into_any(),
        Operand::Many if !choices.is_empty() => view! { <Several draft choices error /> }.into_any(),
        Operand::Many => {
            let hint = move || match draft.value.with(|text| lines(text).len()) {
                0 => "One per line; a column pasted from a spreadsheet will do".to_owned(),
                values => count(values as u64, "value", "values"),
            };
            view! { <TextArea label="Values" value=draft.value mono=true hint=Signal::derive(hint) error /> }
                .into_any()
        }
        Operand::Two => view! {
            <div class="field-row">
                <TextField label="From" value=draft.value kind error autofocus=first />
                <TextField label="To" value=draft.second kind />
            </div>
        }
        .into_any(),
        Operand::One if !choices.is_empty() => {
            let blank = std::iter::once((String::new(), "Choose".to_owned()));
            let words = choices.iter().map(|word| (word.to_string(), word.to_string()));
            let options: Vec<_> = blank.chain(words).collect();
            view! { <SelectField label="Value" value=draft.value options error /> }.into_any()
        }
        Operand::One => {
            view! { <TextField label="Value" value=draft.value kind error autofocus=first /> }.into_any()
        }
    }
}

/// Several of a few fixed values.
#[component]
fn Several(draft: Draft, choices: &'static [&'static str], error: Signal<Option<String>>) -> impl IntoView {
    let value = draft.value;
    let tick = move |word: &'static str| {
        let chosen = move || value.with(|text| lines(text).iter().any(|line| line == word));
        let change = move |on: bool| {
            let mut now = lines(&value.get_untracked());
            now.retain(|line| line != word);
            if on {
                now.push(word.to_owned());
            }
            value.set(now.join("\n"));
        };
        view! {
            <label>
                <input
                    type="checkbox"
                    class="checkbox"
                    prop:checked=chosen
                    on:change:target=move |event| change(event.target().checked())
                />
                <span>{word}</span>
            </label>
        }
    };
    view! {
        <fieldset class="fieldset filter-choices">
            <legend>"Values"</legend>
            <div class="tick">{choices.iter().map(|word| tick(word)).collect_view()}</div>
            <p class="field-help">{move || error.get()}</p>
        </fieldset>
    }
}
