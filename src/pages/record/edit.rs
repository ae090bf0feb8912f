//! The form of a record whose fields stand in a table.

use domain::field::Field;

use super::RecordForm;
use super::fields::{Entry, Fields};
use crate::api::json::Value;
use crate::api::{Loaded, Record, Write, records};
use crate::prelude::*;

/// What is sent beside the fields of the table.
pub type More = Callback<(), Vec<(&'static str, Value)>>;

/// Creates a record, or changes the one that `record` holds: then only what differs is sent.
#[component]
pub fn EditRecord(
    /// The sheet around it.
    open: RwSignal<bool>,
    /// The list's path, or the record's own.
    #[prop(into)]
    path: String,
    fields: &'static [Field],
    /// The words on the main button.
    save: &'static str,
    /// The record to change. It is fetched anew when somebody else has changed it.
    #[prop(optional_no_strip)]
    record: Option<Loaded<Record>>,
    /// For the errors of what stands beside the table.
    #[prop(optional)]
    write: Write,
    #[prop(optional)] more: Option<More>,
    /// Which of the fields do not count, by key, as the others are entered.
    #[prop(optional)]
    without: Option<Callback<Entry, Vec<String>>>,
    on_saved: Callback<Record>,
    /// What stands beside the table.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let base = record.and_then(|record| record.with_untracked(Clone::clone));
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
                write.run(records::patch(&path, version.unwrap_or_default(), &changes), done);
            }
            None => write.run(records::post(&path, &changes), done),
        }
    };
    // After a 412 the newer version is fetched, so that saving again means it.
    effect(move || {
        if let (true, Some(record)) = (write.stale().get(), record) {
            record.reload();
        }
    });
    view! {
        <RecordForm open write save on_save>
            {children.map(|children| children())}
            <Fields entry write />
        </RecordForm>
    }
}
