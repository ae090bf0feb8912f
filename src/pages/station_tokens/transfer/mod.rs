//! *Transfer tokens*: to whom, then what can move and what not, then all of it or nothing.

mod ask;
mod found;

use domain::field::{Field, Input};

use self::ask::Ask;
use self::found::{Found, done};
use super::PATH;
use crate::api::json::{Value, body};
use crate::api::{Record, Write, records};
use crate::kit::Sheet;
use crate::kit::format::count;
use crate::pages::record::Entry;
use crate::prelude::*;
use crate::view::IntoChild;

const FIELDS: &[Field] = &[
    Field::new("orgId", "Org ID", Input::Id).required(),
    Field::new("orgName", "Org Name", Input::Line).required(),
    Field::new("reference", "Reference", Input::Line).hint("For example the order; it stands in the history"),
];

/// Which tokens are to be moved.
#[derive(Clone, Copy)]
pub struct Moving {
    open: RwSignal<bool>,
    /// The choice as it is sent; empty: serial numbers are pasted.
    chosen: RwSignal<String>,
    count: RwSignal<u64>,
}

impl Moving {
    pub fn new() -> Self {
        Self {
            open: RwSignal::new(false),
            chosen: RwSignal::new(String::new()),
            count: RwSignal::new(0),
        }
    }

    /// Asks for the serial numbers.
    pub fn pasted(self) {
        self.start(String::new(), 0);
    }

    /// Moves the tokens of these ids.
    pub fn selected(self, ids: &[String]) {
        let count = ids.len() as u64;
        self.start(
            body(&[("ids", ids.to_vec().into()), ("count", count.into())]),
            count,
        );
    }

    /// Moves what the choice means, which are so many.
    pub fn start(self, chosen: String, count: u64) {
        self.chosen.set(chosen);
        self.count.set(count);
        self.open.set(true);
    }
}

/// "1 token", "240 tokens".
pub fn tokens(value: u64) -> String {
    count(value, "token", "tokens")
}

#[component]
pub fn TransferTokens(moving: Moving, on_done: Callback<()>) -> impl IntoView {
    view! {
        <Sheet open=moving.open title="Transfer tokens">
            <Steps moving on_done />
        </Sheet>
    }
}

/// What was entered, and how far it is.
#[derive(Clone, Copy)]
struct Transfer {
    moving: Moving,
    pasted: RwSignal<String>,
    to: RwSignal<Option<Record>>,
    /// The receiving organization is none that the portal knows.
    other: RwSignal<bool>,
    entry: Entry,
    write: Write,
    /// What the server found.
    checked: RwSignal<Option<Record>>,
    /// What cannot move is left out.
    without_refused: RwSignal<bool>,
    done: RwSignal<bool>,
}

impl Transfer {
    fn serials(self) -> Vec<String> {
        let text = self.pasted.get();
        let all = text.split(['\n', '\t', ',', ';']).map(str::trim);
        all.filter(|serial| !serial.is_empty())
            .map(str::to_owned)
            .collect()
    }

    fn fields(self) -> Vec<(&'static str, Value)> {
        let mut all = self.entry.changes();
        match self.moving.chosen.get_untracked() {
            chosen if chosen.is_empty() => all.push(("tokenSns", untrack(|| self.serials()).into())),
            chosen => all.push(("chosen", Value::Json(chosen))),
        }
        if !self.other.get_untracked() {
            let id = self.to.get_untracked().map(|to| to.text("id"));
            all.push(("orgId", id.unwrap_or_default().into()));
        }
        all
    }

    fn check(self) {
        let found = move |found| {
            self.without_refused.try_set(false);
            self.checked.try_set(Some(found));
        };
        if self.entry.is_right() {
            let path = format!("{PATH}/transfers/check");
            self.write.run(records::post(&path, &self.fields()), found);
        }
    }

    /// Moves what was found, unless anything of it has changed since.
    fn run(self, found: &Record, on_done: Callback<()>) {
        let mut fields = self.fields();
        if self.without_refused.get_untracked() {
            fields.push(("onlyMovable", found.count("moves").into()));
        }
        let moved = move |moved| {
            self.done.try_set(true);
            self.checked.try_set(Some(moved));
            on_done.try_run(());
        };
        let path = format!("{PATH}/transfers");
        self.write
            .run(records::post_for(&path, found.count("version"), &fields), moved);
    }
}

#[component]
fn Steps(moving: Moving, on_done: Callback<()>) -> impl IntoView {
    let other = RwSignal::new(false);
    let without = move || match other.get() {
        true => vec![],
        false => vec!["orgId".to_owned(), "orgName".to_owned()],
    };
    let transfer = Transfer {
        moving,
        pasted: RwSignal::new(String::new()),
        to: RwSignal::new(None),
        other,
        entry: Entry::of(FIELDS, None).without(Signal::derive(without)),
        write: Write::new(),
        checked: RwSignal::new(None),
        without_refused: RwSignal::new(false),
        done: RwSignal::new(false),
    };
    let step = move || match transfer.checked.get() {
        None => view! { <Ask transfer /> }.into_any(),
        Some(found) if transfer.done.get() => done(transfer, &found),
        Some(found) => view! { <Found transfer found on_done /> }.into_any(),
    };
    step.into_child()
}
