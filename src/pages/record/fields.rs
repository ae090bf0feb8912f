//! A form drawn from a field table.

use domain::field::{Field, Input};
use domain::moment::{Zone, local};
use domain::problem::FieldError;

use super::control::control;
use super::permissions::capital;
use crate::api::json::Value;
use crate::api::{Record, Write};
use crate::kit::focus_wrong;
use crate::kit::format::number;
use crate::kit::time::{from_input, to_input};
use crate::prelude::*;

/// What is entered into the fields of a table: texts in their order, several values on lines of their own.
#[derive(Clone, Copy)]
pub struct Entry {
    fields: &'static [Field],
    now: RwSignal<Vec<String>>,
    before: RwSignal<Vec<String>>,
    /// What is wrong with each; empty: nothing.
    pub(super) wrong: RwSignal<Vec<String>>,
    /// The keys of those that do not count at present.
    without: Signal<Vec<String>>,
}

impl Entry {
    /// Starts with what the record says, or with nothing.
    pub fn of(fields: &'static [Field], record: Option<&Record>) -> Self {
        let text = |field: &Field| record.map(|record| said(field, record)).unwrap_or_default();
        let texts: Vec<String> = fields.iter().map(text).collect();
        Self {
            fields,
            now: RwSignal::new(texts.clone()),
            before: RwSignal::new(texts),
            wrong: RwSignal::new(vec![String::new(); fields.len()]),
            without: Signal::default(),
        }
    }

    /// The same for a new record, which starts as a copy: all of it is sent.
    pub fn copied(self) -> Self {
        self.before.set(vec![String::new(); self.fields.len()]);
        self
    }

    /// The same without the fields of these keys, for as long as they are named: they are not drawn, not
    /// checked and not sent.
    pub fn without(mut self, keys: impl Into<Signal<Vec<String>>>) -> Self {
        self.without = keys.into();
        self
    }

    /// Whether a field counts at present, tracked.
    fn counts(self, field: &Field) -> bool {
        self.without
            .with(|without| without.iter().all(|key| key != field.key))
    }

    /// What is entered into the field of that key, tracked.
    pub fn text(self, key: &str) -> String {
        let at = self.fields.iter().position(|field| field.key == key);
        at.map(|at| self.at(at)).unwrap_or_default()
    }

    pub(super) fn at(self, at: usize) -> String {
        self.now.with(|now| now[at].clone())
    }

    /// Enters a text into the field of that key.
    pub fn fill(self, key: &str, text: String) {
        if !self.now.is_disposed()
            && let Some(at) = self.fields.iter().position(|field| field.key == key)
        {
            self.put(at, text);
        }
    }

    pub(super) fn put(self, at: usize, text: String) {
        self.now.update(|now| now[at] = text);
        self.mark(at, String::new());
    }

    fn mark(self, at: usize, words: String) {
        self.wrong.update(|wrong| wrong[at] = words);
    }

    pub(super) fn check(self, at: usize) {
        // A field is left, too, when it goes with its dialog.
        if self.now.is_disposed() {
            return;
        }
        let field = &self.fields[at];
        let found = untrack(|| self.counts(field).then(|| wrong(field, &self.at(at))));
        self.mark(at, found.unwrap_or_default());
    }

    /// Checks all fields and takes the focus to the first that is wrong; whether all are right.
    pub fn is_right(self) -> bool {
        (0..self.fields.len()).for_each(|at| self.check(at));
        let right = self
            .wrong
            .with_untracked(|wrong| wrong.iter().all(String::is_empty));
        if !right {
            focus_wrong();
        }
        right
    }

    /// What differs from what the form started with, as it is sent.
    pub fn changes(self) -> Vec<(&'static str, Value)> {
        let (now, before) = (self.now.get_untracked(), self.before.get_untracked());
        let mut changes = Vec::new();
        for (at, field) in self.fields.iter().enumerate() {
            if now[at].trim() != before[at].trim() && untrack(|| self.counts(field)) {
                changes.push((field.key, value(field, &now[at])));
            }
        }
        changes
    }
}

/// Whether a field holds several values.
fn is_many(input: Input) -> bool {
    matches!(
        input,
        Input::Some(_) | Input::Lines | Input::Permissions | Input::OwnPermissions | Input::Organizations
    )
}

/// The values of a field that holds several.
pub(super) fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty())
}

fn said(field: &Field, record: &Record) -> String {
    match field.input {
        input if is_many(input) => record.texts(field.key).join("\n"),
        Input::Flag if !record.flag(field.key) => String::new(),
        Input::Pacific => local(&record.text(field.key), Zone::Pacific)
            .unwrap_or_default()
            .replace(' ', "T"),
        Input::Moment => to_input(&record.text(field.key)),
        _ => record.text(field.key),
    }
}

fn value(field: &Field, text: &str) -> Value {
    match field.input {
        input if is_many(input) => lines(text).map(str::to_owned).collect::<Vec<_>>().into(),
        Input::Flag => (!text.is_empty()).into(),
        Input::Moment => from_input(text).into(),
        _ => text.trim().into(),
    }
}

fn wrong(field: &Field, text: &str) -> String {
    let found = match field.input {
        input if is_many(input) && !text.trim().is_empty() => lines(text).find_map(|line| {
            let words = field.wrong(line)?;
            Some(format!("“{line}”: {words}"))
        }),
        Input::Flag => None,
        _ => field.wrong(text),
    };
    found.as_deref().map(sentence).unwrap_or_default()
}

/// Words as a sentence of their own.
fn sentence(words: &str) -> String {
    capital(words) + "."
}

/// What an error says of a field, of what is sent of it further inside, or of one of those that it holds.
fn told(field: &Field, error: &FieldError) -> Option<String> {
    if error.field.rsplit('.').next() == Some(field.key) {
        return Some(sentence(&error.message));
    }
    let held = error.field.strip_prefix(field.key)?.strip_prefix('[')?;
    let at: u64 = held.split(']').next()?.parse().ok()?;
    Some(["No. ", &number(at + 1), ": ", &error.message, "."].concat())
}

/// The controls of an entry. What the server finds wrong stands at its field.
#[component]
pub fn Fields(
    entry: Entry,
    write: Write,
    /// What stands beside the table's fields.
    #[prop(optional_no_strip)]
    children: Option<Children>,
    /// How many of the fields stand above that.
    #[prop(optional)]
    above: usize,
) -> impl IntoView {
    effect(move || {
        write.problem().with(|problem| {
            for error in problem.iter().flat_map(|problem| &problem.errors) {
                let mut fields = entry.fields.iter().enumerate();
                if let Some((at, words)) = fields.find_map(|(at, field)| Some((at, told(field, error)?))) {
                    entry.mark(at, words);
                }
            }
        });
    });
    let drawn = |(at, field): (usize, &'static Field)| {
        view! {
            <Show when=move || entry.counts(field)>{control(entry, at, field)}</Show>
        }
        .into_any()
    };
    let mut all: Vec<AnyView> = entry.fields.iter().enumerate().map(drawn).collect();
    if let Some(children) = children {
        all.insert(above, children());
    }
    all
}
