//! Rows that are selected, over all pages of a list.

use std::collections::BTreeSet;

use super::{Noun, Table};
use crate::api::Record;
use crate::kit::format::count;
use crate::kit::{Button, Look};
use crate::prelude::*;

/// The ids of the selected records.
#[derive(Clone, Copy, Default)]
pub struct Selection {
    ids: RwSignal<BTreeSet<String>>,
}

impl Selection {
    pub fn new() -> Self {
        Self::default()
    }

    /// The selected ids, tracked.
    pub fn ids(self) -> Vec<String> {
        self.ids.with(|ids| ids.iter().cloned().collect())
    }

    /// How many are selected, tracked.
    pub fn len(self) -> usize {
        self.ids.with(BTreeSet::len)
    }

    /// Whether none is selected, tracked.
    pub fn is_empty(self) -> bool {
        self.ids.with(BTreeSet::is_empty)
    }

    /// Whether that record is selected, tracked.
    pub fn contains(self, id: &str) -> bool {
        self.ids.with(|ids| ids.contains(id))
    }

    /// Selects a record or takes it out.
    pub fn set(self, id: &str, selected: bool) {
        self.ids.update(|ids| {
            if selected {
                ids.insert(id.to_owned());
            } else {
                ids.remove(id);
            }
        });
    }

    /// Selects records or takes them out.
    pub fn set_all(self, ids: &[String], selected: bool) {
        self.ids.update(|all| {
            for id in ids {
                if selected {
                    all.insert(id.clone());
                } else {
                    all.remove(id);
                }
            }
        });
    }

    /// Which of these are selected, tracked.
    pub fn of<'i>(self, ids: impl Iterator<Item = &'i str>) -> Vec<bool> {
        self.ids.with(|all| ids.map(|id| all.contains(id)).collect())
    }

    /// Follows every change.
    pub fn track(self) {
        self.ids.track();
    }

    /// Selects none.
    pub fn clear(self) {
        self.ids.try_update(BTreeSet::clear);
    }
}

/// The checkbox above the rows: all of this page, some, or none.
#[component]
pub fn PageBox(selection: Selection, table: Table) -> impl IntoView {
    let ids = move || {
        let id = |record: &Record| record.text(table.query.list.id);
        table
            .page
            .with(|page| page.items.iter().map(id).collect::<Vec<_>>())
    };
    let ids = memo(move |_| ids().unwrap_or_default());
    // How many of the page's rows are selected, and how many there are.
    let state = move || {
        selection.track();
        ids.with(|ids| {
            let of = untrack(|| selection.of(ids.iter().map(String::as_str)));
            (of.iter().filter(|selected| **selected).count(), ids.len())
        })
    };
    let all = move || {
        let (selected, rows) = state();
        rows > 0 && selected == rows
    };
    let some = move || {
        let (selected, rows) = state();
        selected > 0 && selected < rows
    };
    view! {
        <input
            type="checkbox"
            class="checkbox"
            aria-label="Select all rows of this page"
            prop:checked=all
            prop:indeterminate=some
            on:change:target=move |event| selection.set_all(&ids.get_untracked(), event.target().checked())
        />
    }
}

/// Says how many are selected, and unselects them.
#[component]
pub fn SelectionBar(selection: Selection, noun: Noun) -> impl IntoView {
    let words = move || format!("{} selected", count(selection.len() as u64, noun.0, noun.1));
    view! {
        <div class="selected" role="status">
            <Show when=move || !selection.is_empty()>
                <span>{words}</span>
                <Button look=Look::Quiet small=true on_press=move |()| selection.clear()>"Unselect"</Button>
            </Show>
        </div>
    }
}
