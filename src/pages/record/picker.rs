//! Chooses a record by searching its list.

use domain::listing::ListQuery;

use crate::api::json::{Value, body};
use crate::api::transport::Call;
use crate::api::{Loaded, Record, Rows, Write};
use crate::kit::{Choice, Combobox};
use crate::prelude::*;

/// How many are offered at once.
const OFFERED: u32 = 8;

#[component]
pub fn RecordPicker(
    label: &'static str,
    #[prop(optional)] hint: &'static str,
    /// The list: `/organizations`.
    #[prop(into)]
    path: String,
    /// How a record is offered.
    choice: fn(&Record) -> Choice,
    /// Gets the focus when its dialog opens.
    #[prop(optional)]
    autofocus: bool,
    chosen: RwSignal<Option<Record>>,
    #[prop(optional, into)] error: Signal<Option<String>>,
) -> impl IntoView {
    let text = RwSignal::new(String::new());
    let found: Loaded<Rows> = Loaded::new(move || {
        let query = ListQuery {
            q: text.get(),
            page_size: OFFERED,
            ..ListQuery::default()
        };
        Call::get(&path).list(&query).fetch()
    });
    let rows = move || found.get().map(|rows| rows.items);
    // What other words found stays in sight until the answer is there, and cannot be chosen.
    let choices = move || {
        let stale = found.is_stale();
        let offered = |record: &Record| {
            let mut choice = choice(record);
            choice.refused |= stale;
            choice
        };
        rows().iter().flatten().map(offered).collect::<Vec<_>>()
    };
    let choose = move |picked: Option<Choice>| {
        let picked = picked.and_then(|picked| {
            let is_it = |record: &Record| choice(record).key == picked.key;
            untrack(rows)?.into_iter().find(is_it)
        });
        chosen.set(picked);
    };
    let said = move || {
        let none = rows().is_some_and(|rows| rows.is_empty());
        match found.problem() {
            Some(problem) => format!("{}. {}", problem.title, problem.detail),
            None if none && !found.pending() => "Nothing matches.".to_owned(),
            None => hint.to_owned(),
        }
    };
    view! {
        <Combobox
            label
            hint=Signal::derive(said)
            chosen=Signal::derive(move || chosen.get().map(|record| choice(&record).label))
            choices=Signal::derive(choices)
            on_type=move |typed| text.set(typed)
            on_choose=choose
            autofocus
            error
        />
    }
}

/// A record that another one names, as a form may change it.
#[derive(Clone, Copy)]
pub struct Other {
    key: &'static str,
    before: StoredValue<String>,
    pub chosen: RwSignal<Option<Record>>,
    /// It was asked for in vain.
    missing: RwSignal<bool>,
}

impl Other {
    /// As `base` names it, by the paths of its id and its name. It is sent as `key`.
    pub fn of(base: Option<&Record>, key: &'static str, id: &str, name: &str) -> Self {
        let text = |path: &str| base.map(|base| base.text(path)).unwrap_or_default();
        let before = text(id);
        let named = body(&[("id", before.clone().into()), ("name", text(name).into())]);
        let chosen = Record::parse(&named).filter(|_| !before.is_empty());
        Self {
            key,
            before: StoredValue::new(before),
            chosen: RwSignal::new(chosen),
            missing: RwSignal::new(false),
        }
    }

    /// Whether one is chosen; if not, `wrong` says so from now on.
    pub(super) fn is_there(self) -> bool {
        let there = self.chosen.with_untracked(Option::is_some);
        self.missing.set(!there);
        there
    }

    /// What is wrong: what the server said of it, or these words while none is chosen that must be.
    pub fn wrong(self, write: Write, words: &'static str) -> Signal<Option<String>> {
        let refused = write.field(self.key);
        let none = move || self.missing.get() && self.chosen.with(Option::is_none);
        Signal::derive(move || refused.get().or_else(|| none().then(|| words.to_owned())))
    }

    /// The id of what is chosen; empty: nothing.
    pub fn id(self) -> String {
        let id = self
            .chosen
            .with_untracked(|record| record.as_ref().map(|record| record.text("id")));
        id.unwrap_or_default()
    }

    /// What is sent, if it is another one now.
    pub fn change(self) -> Option<(&'static str, Value)> {
        let now = self.id();
        (now != self.before.get_value()).then(|| (self.key, now.into()))
    }
}

/// How a customer is offered.
pub fn customer_choice(record: &Record) -> Choice {
    Choice {
        key: record.text("id"),
        label: record.text("name"),
        note: record.text("externalId"),
        refused: false,
    }
}
