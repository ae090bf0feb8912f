//! Check boxes for a field that holds several values.

use domain::access::{PERMISSIONS, Permission, RESOURCES};
use domain::field::{Field, Input};

use super::fields::{Entry, lines};
use super::permissions::capital;
use crate::pages::shell::Frame;
use crate::prelude::*;

/// The values that can be ticked; permissions in groups, in words.
pub(super) fn ticks(
    entry: Entry,
    at: usize,
    field: &'static Field,
    help: String,
    error: Signal<Option<String>>,
) -> AnyView {
    let inside = match field.input {
        Input::Some(words) => {
            let all = || words.iter().copied();
            let tick = |word| tick(entry, at, word, word.to_owned(), all().collect());
            all().map(tick).collect_view().into_any()
        }
        _ => {
            let group = |resource: &(&str, &'static str)| permits(entry, at, field, resource);
            RESOURCES.iter().filter_map(group).collect_view().into_any()
        }
    };
    let class = match field.input {
        Input::Some(_) => "field choices",
        _ => "field fieldset",
    };
    view! {
        <fieldset class=class aria-describedby=help.clone() data-invalid=move || error.with(Option::is_some).then_some("true")>
            <legend>{field.label}</legend>
            {inside}
            <p class="field-help" id=help.clone()>{move || error.get().unwrap_or_else(|| field.hint.into())}</p>
        </fieldset>
    }
    .into_any()
}

/// The permissions about one resource, if any are offered.
fn permits(
    entry: Entry,
    at: usize,
    field: &Field,
    &(resource, label): &(&str, &'static str),
) -> Option<AnyView> {
    let frame = Frame::current().filter(|_| field.input == Input::OwnPermissions);
    let is_offered = |permission: &&Permission| {
        let may = || frame.is_none_or(|frame| untrack(|| frame.may(permission.key)));
        permission.resource() == resource && may()
    };
    let mut offered = PERMISSIONS.iter().filter(is_offered).peekable();
    offered.peek()?;
    let tick = |permission: &Permission| {
        let all = PERMISSIONS.iter().map(|permission| permission.key).collect();
        tick(entry, at, permission.key, capital(permission.words), all)
    };
    let view = view! {
        <fieldset class="choices permits">
            <legend>{label}</legend>
            {offered.map(tick).collect_view()}
        </fieldset>
    };
    Some(view.into_any())
}

/// One of them; `all` are the values in the order in which they are sent, whatever the order of ticking.
fn tick(entry: Entry, at: usize, value: &'static str, words: String, all: Vec<&'static str>) -> AnyView {
    let on = untrack(|| lines(&entry.at(at)).any(|line| line == value));
    view! {
        <label class="radio">
            <input
                type="checkbox"
                class="checkbox"
                prop:checked=on
                on:change:target=move |event| {
                    let on = event.target().checked();
                    let now = untrack(|| entry.at(at));
                    let is_on = |other: &&&str| match **other == value {
                        true => on,
                        false => lines(&now).any(|line| line == **other),
                    };
                    let all: Vec<&str> = all.iter().filter(is_on).copied().collect();
                    entry.put(at, all.join("\n"));
                }
            />
            <span>{words}</span>
        </label>
    }
    .into_any()
}
