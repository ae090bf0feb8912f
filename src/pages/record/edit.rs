//! The form of a record whose fields stand in a table.

use domain::field::Field;

use super::fields::{Entry, Fields};
use super::{Form, Kind, RecordForm};
use crate::api::json::Value;
use crate::api::{Record, Write, records};
use crate::prelude::*;

/// What is sent beside the fields of the table.
pub type More = Callback<(), Vec<(&'static str, Value)>>;

/// Creates a record, or changes the one of the form: then only what differs is sent.
#[component]
pub fn EditRecord(
    kind: &'static Kind,
    form: Form,
    fields: &'static [Field],
    /// What a new record starts with, in JSON, and the server takes as given too.
    #[prop(optional)]
    start: &'static str,
    /// For the errors of what stands beside the table.
    #[prop(optional)]
    write: Write,
    #[prop(optional)] more: Option<More>,
    /// Which of the fields do not count, by key, as the others are entered.
    #[prop(optional)]
    without: Option<Callback<Entry, Vec<String>>>,
    /// What stands beside the table.
    #[prop(optional)]
    children: Option<Children>,
    /// How many of the table's fields stand above that.
    #[prop(optional)]
    above: usize,
) -> impl IntoView {
    let Form {
        open,
        record,
        on_saved,
    } = form;
    let base = form.base().or_else(|| Record::parse(start));
    let id = base.as_ref().map(|base| base.text("id")).unwrap_or_default();
    let mut entry = Entry::of(fields, base.as_ref());
    if let Some(without) = without {
        let all = entry;
        entry = entry.without(Signal::derive(move || without.run(all)));
    }
    let on_save = move |()| {
        if !entry.is_right() {
            return;
        }
        let mut changes = entry.changes();
        changes.extend(more.map(|more| more.run(())).into_iter().flatten());
        let done = move |saved| {
            open.try_set(false);
            on_saved.run(saved);
        };
        match record {
            Some(_) if changes.is_empty() => open.set(false),
            Some(record) => {
                let version = record.with_untracked(|record| record.count("version"));
                let change = records::patch(&kind.at(&id, ""), version.unwrap_or_default(), &changes);
                write.run(change, done);
            }
            None => write.run(records::post(kind.path, &changes), done),
        }
    };
    if let Some(record) = record {
        write.refetch(record);
    }
    let save = if record.is_some() { "Save" } else { kind.save };
    view! {
        <RecordForm open write save on_save>
            <Fields entry write children above />
        </RecordForm>
    }
}
