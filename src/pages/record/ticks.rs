//! Check boxes for a field that holds several values.

use domain::access::{PERMISSIONS, Permission, RESOURCES};
use domain::field::{Field, Input};

use super::awaited;
use super::fields::{Entry, lines};
use super::permissions::capital;
use crate::api::{Loaded, Record, records};
use crate::pages::shell::Frame;
use crate::prelude::*;

/// All that an account can be limited to; more than a page of them is not offered.
pub fn organizations() -> Loaded<Record> {
    Loaded::new(|| records::get("/organizations?pageSize=500"))
}

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
            let own = |word: &&str| ((*word).to_owned(), (*word).to_owned());
            all(entry, at, words.iter().map(own).collect())
        }
        Input::Organizations => {
            let drawn = move |known: Record| limits(entry, at, &known);
            awaited(organizations(), 2, true, Callback::new(drawn))
        }
        _ => {
            let group = |resource: &(&str, &'static str)| permits(entry, at, field, resource);
            RESOURCES.iter().filter_map(group).collect_view().into_any()
        }
    };
    let class = match field.input {
        Input::Some(_) => "field choices",
        Input::Organizations => "field choices limits",
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

/// The organizations that there are, by their names.
fn limits(entry: Entry, at: usize, known: &Record) -> AnyView {
    let named = |one: Record| {
        let id = one.text("id");
        (id.clone(), format!("{} ({id})", one.text("name")))
    };
    let mut known: Vec<(String, String)> = known.records("items").into_iter().map(named).collect();
    // What is gone, or not among the first, stays until somebody takes it away.
    for own in lines(&untrack(|| entry.at(at))) {
        if known.iter().all(|(id, _)| id != own) {
            known.push((own.to_owned(), own.to_owned()));
        }
    }
    all(entry, at, known)
}

/// All that can be ticked: values with their words.
fn all(entry: Entry, at: usize, all: Vec<(String, String)>) -> AnyView {
    let values: Vec<String> = all.iter().map(|(value, _)| value.clone()).collect();
    let draw = |(value, words)| tick(entry, at, value, words, values.clone());
    all.into_iter().map(draw).collect_view().into_any()
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
        let all = PERMISSIONS.iter().map(|permission| permission.key.to_owned());
        tick(
            entry,
            at,
            permission.key.to_owned(),
            capital(permission.words),
            all.collect(),
        )
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
fn tick(entry: Entry, at: usize, value: String, words: String, all: Vec<String>) -> AnyView {
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
                    let is_on = |other: &&str| match *other == value {
                        true => on,
                        false => lines(&now).any(|line| line == *other),
                    };
                    let all: Vec<&str> = all.iter().map(String::as_str).filter(is_on).collect();
                    entry.put(at, all.join("\n"));
                }
            />
            <span>{words}</span>
        </label>
    }
    .into_any()
}
