//! The control of a field, by what can be entered.

use domain::field::{Field, Input};

use super::fields::Entry;
use super::ticks::ticks;
use crate::kit::{self, unique_id};
use crate::prelude::*;

/// Draws the field that stands at a place of an entry.
pub fn control(entry: Entry, at: usize, field: &'static Field) -> AnyView {
    let id = unique_id("field");
    let help = format!("{id}-help");
    let error = Signal::derive(move || {
        let words = entry.wrong.with(|wrong| wrong[at].clone());
        Some(words).filter(|words| !words.is_empty())
    });
    let invalid = move || error.with(Option::is_some).then_some("true");
    // Not followed: what is half typed, a date above all, would be taken away.
    let text = untrack(|| entry.at(at));
    let required = field.required.then_some("true");
    let left = move |_| entry.check(at);
    let inner = match field.input {
        Input::Flag => {
            let words = untrack(|| entry.at(at));
            return view! {
                <div class="tick">
                    <label>
                        <input
                            type="checkbox"
                            class="switch"
                            role="switch"
                            aria-describedby=help.clone()
                            prop:checked=!words.is_empty()
                            on:change:target=move |event| {
                                entry.put(at, if event.target().checked() { "true" } else { "" }.into());
                            }
                        />
                        <span>{field.label}</span>
                    </label>
                    <p class="field-help" id=help>{field.hint}</p>
                </div>
            }
            .into_any();
        }
        Input::Some(_) | Input::Permissions | Input::OwnPermissions | Input::Organizations => {
            return ticks(entry, at, field, help, error);
        }
        Input::Note | Input::Lines => view! {
            <textarea
                id=id.clone()
                class="input"
                rows="4"
                aria-required=required
                aria-describedby=help
                aria-invalid=invalid
                prop:value=text
                on:input:target=move |event| entry.put(at, event.target().value())
                on:blur=left
            ></textarea>
        },
        Input::Choice(words) => {
            // A word that must be chosen stands for itself once it is.
            let blank = !field.required || text.is_empty();
            let option = |word: &'static str| {
                let label = if word.is_empty() && field.required {
                    "Choose…"
                } else {
                    word
                };
                view! { <option value=word prop:selected=word == text>{label}</option> }
            };
            let all = blank.then_some("").into_iter().chain(words.iter().copied());
            view! {
                <select
                    id=id.clone()
                    class="input"
                    aria-required=required
                    aria-describedby=help
                    aria-invalid=invalid
                    on:change:target=move |event| entry.put(at, event.target().value())
                    on:blur=left
                >
                    {all.map(option).collect_view()}
                </select>
            }
        }
        _ => {
            let (kind, keyboard) = match field.input {
                Input::Date => ("date", None),
                Input::Pacific | Input::Moment => ("datetime-local", None),
                Input::Number(..) => ("text", Some("numeric")),
                Input::Email => ("text", Some("email")),
                Input::Phone => ("text", Some("tel")),
                Input::Password | Input::NewPassword => ("password", None),
                _ => ("text", None),
            };
            let complete = match field.input {
                Input::Password => "current-password",
                Input::NewPassword => "new-password",
                _ => "off",
            };
            let mono = matches!(field.input, Input::Id | Input::Serial);
            let list = format!("{id}-list");
            let suggested = match field.input {
                Input::Suggested(words) => words,
                _ => &[],
            };
            let option = |word: &&'static str| view! { <option value=*word></option> };
            let options = suggested.iter().map(option).collect_view();
            view! {
                <input
                    id=id.clone()
                    class="input"
                    class:mono=mono
                    type=kind
                    inputmode=keyboard
                    list=(!suggested.is_empty()).then(|| list.clone())
                    autocomplete=complete
                    spellcheck=mono.then_some("false")
                    autofocus=at == 0
                    aria-required=required
                    aria-describedby=help
                    aria-invalid=invalid
                    prop:value=text
                    on:input:target=move |event| entry.put(at, event.target().value())
                    on:blur=left
                />
                {(!suggested.is_empty()).then(|| view! { <datalist id=list>{options}</datalist> })}
            }
        }
    };
    let hint = match field.input {
        Input::Pacific if field.hint.is_empty() => "Pacific Time",
        _ => field.hint,
    };
    view! { <kit::Field id label=field.label hint error>{inner}</kit::Field> }.into_any()
}
