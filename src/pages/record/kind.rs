//! What the pages of a kind of record say and do alike.

use leptos_router::hooks::use_navigate;

use crate::api::{Loaded, Record, records};
use crate::kit::{Button, Look, Sheet, Symbol, announce};
use crate::pages::shell::{Crumb, may};
use crate::prelude::*;

/// A kind of record, with a list, a page for each record, and a form.
pub struct Kind {
    /// Where the records are, under `/api/v1`.
    pub path: &'static str,
    /// "Customers & tokens".
    pub areas: &'static [&'static str],
    /// "Charge tokens".
    pub records: &'static str,
    /// "Charge token".
    pub record: &'static str,
    /// The key of what a record is called by.
    pub name: &'static str,
    /// Stands before that in sentences: "Charge token ".
    pub before: &'static str,
    /// The permission that making one takes.
    pub needs: &'static str,
    /// The words for making one: "New connection".
    pub create: &'static str,
    /// The words on the button that makes it: "Create charge token".
    pub save: &'static str,
    /// What is said of a new one: "created".
    pub created: &'static str,
    /// The page of their list.
    pub list: &'static str,
    /// The page of the record with that id.
    pub page: fn(&str) -> String,
    /// Makes a record, or changes the one that is given.
    pub form: fn(Form) -> AnyView,
}

/// What a form is given.
#[derive(Clone, Copy)]
pub struct Form {
    /// The sheet around it.
    pub open: RwSignal<bool>,
    /// None: a new one.
    pub record: Option<Loaded<Record>>,
    pub on_saved: Callback<Record>,
}

impl Form {
    /// The record to change, as it is now.
    pub fn base(self) -> Option<Record> {
        self.record.and_then(|record| record.with_untracked(Clone::clone))
    }
}

impl Kind {
    /// "charge token".
    pub fn noun(&self) -> String {
        self.record.to_ascii_lowercase()
    }

    /// The path of the record with that id, with what follows it.
    pub fn at(&self, id: &str, rest: &str) -> String {
        records::path(self.path, id, rest)
    }

    /// The record of a page, or what follows its path.
    pub fn load(&'static self, id: Memo<String>, rest: &'static str) -> Loaded<Record> {
        Loaded::of(id, move |id| records::get(&self.at(&id, rest)))
    }

    pub(super) fn crumbs(&self) -> Vec<String> {
        let mut crumbs = self.areas();
        crumbs.push(Crumb::page(self.records, self.list));
        crumbs
    }

    /// The way to the list.
    pub fn areas(&self) -> Vec<String> {
        self.areas.iter().map(|area| Crumb::area(area)).collect()
    }

    fn say(&self, record: &Record, what: &str) {
        announce(format!("{}{} is {what}.", self.before, record.text(self.name)));
    }

    /// Says that a record was made and goes to its page.
    pub fn created(&'static self) -> Callback<Record> {
        let navigate = use_navigate();
        Callback::new(move |record: Record| {
            self.say(&record, self.created);
            navigate(&(self.page)(&record.text("id")), Default::default());
        })
    }

    /// Says that the record of a page was changed and shows it.
    pub fn saved(&'static self, record: Loaded<Record>) -> Callback<Record> {
        Callback::new(move |saved: Record| {
            self.say(&saved, "saved");
            record.set(saved);
        })
    }
}

/// The button that opens the form of a new record, for those who may make one.
pub fn add_button(kind: &'static Kind, adding: RwSignal<bool>, look: Look) -> Option<AnyView> {
    may(kind.needs).then(|| {
        view! { <Button look icon=Symbol::Plus on_press=move |()| adding.set(true)>{kind.create}</Button> }
            .into_any()
    })
}

/// The form in its sheet.
#[component]
pub fn RecordSheet(
    kind: &'static Kind,
    open: RwSignal<bool>,
    /// None: a new one.
    #[prop(optional_no_strip)]
    record: Option<Loaded<Record>>,
    on_saved: Callback<Record>,
) -> impl IntoView {
    let title = match record {
        Some(_) => format!("Edit {}", kind.noun()),
        None => kind.create.to_owned(),
    };
    let form = Form {
        open,
        record,
        on_saved,
    };
    view! {
        <Sheet open title>
            {(kind.form)(form)}
        </Sheet>
    }
}
