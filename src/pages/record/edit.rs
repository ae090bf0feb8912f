//! The form of a record whose fields stand in a table.

use domain::field::Field;

use super::fields::{Entry, Fields};
use super::picker::Other;
use super::{Form, Kind, RecordForm};
use crate::api::json::Value;
use crate::api::{Record, Write, records};
use crate::kit::focus_wrong;
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
    /// What a new record is a copy of.
    #[prop(optional_no_strip)]
    copied: Option<Record>,
    /// Does something with the record instead, when there is anything to send: the words on the button, and
    /// where below the record.
    #[prop(optional)]
    act: Option<(&'static str, &'static str)>,
    /// For the errors of what stands beside the table.
    #[prop(optional)]
    write: Write,
    #[prop(optional)] more: Option<More>,
    /// What must be chosen beside the table.
    #[prop(optional, into)]
    needs: Option<Other>,
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
    let mut entry = match &copied {
        Some(copied) => Entry::of(fields, Some(copied)).copied(),
        None => Entry::of(fields, base.as_ref()),
    };
    if let Some(without) = without {
        let all = entry;
        entry = entry.without(Signal::derive(move || without.run(all)));
    }
    let on_save = move |()| {
        let right = entry.is_right();
        if !needs.is_none_or(Other::is_there) {
            return focus_wrong();
        }
        if !right {
            return;
        }
        let mut changes = entry.changes();
        if let Some(more) = more {
            changes.append(&mut more.run(()));
        }
        let now = form.base();
        if now.is_some() && changes.is_empty() {
            if act.is_none() {
                open.set(false);
            }
            return;
        }
        let (_, rest) = act.unwrap_or_default();
        let change = match now.map(|record| record.count("version")) {
            None => records::post(kind.path, &changes),
            Some(version) if act.is_some() => records::post_for(&kind.at(&id, rest), version, &changes),
            Some(version) => records::patch(&kind.at(&id, rest), version, &changes),
        };
        write.run(change, move |saved| {
            open.try_set(false);
            // The page may have been left meanwhile.
            on_saved.try_run(saved);
        });
    };
    if let Some(record) = record {
        write.refetch(record);
    }
    let save = match (act, record) {
        (Some((words, _)), _) => words,
        (None, Some(_)) => "Save",
        (None, None) => kind.save,
    };
    view! {
        <RecordForm open write save on_save>
            <Fields entry write children above />
        </RecordForm>
    }
}
