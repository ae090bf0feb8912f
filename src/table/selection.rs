//! Rows that are selected, over all pages of a list.

use std::collections::BTreeSet;

use domain::column::Cell;
use leptos::html;

use super::Noun;
use super::line::Line;
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

    /// Selects none.
    pub fn clear(self) {
        self.ids.try_update(BTreeSet::clear);
    }
}

/// The checkbox above the rows: all of this page, some, or none.
#[component]
pub fn PageBox(selection: Selection, lines: Memo<Vec<Line>>) -> impl IntoView {
    // How many of the page's rows are selected, and how many there are.
    let state = memo(move |_| {
        lines.with(|lines| {
            let selected = lines.iter().filter(|line| selection.contains(&line.id));
            (selected.count(), lines.len())
        })
    });
    let all = move || state.with(|(selected, rows)| *rows > 0 && selected == rows);
    let some = move || state.with(|(selected, rows)| *selected > 0 && selected < rows);
    let change = move |on: bool| {
        lines.with_untracked(|lines| lines.iter().for_each(|line| selection.set(&line.id, on)));
    };
    view! {
        <input
            type="checkbox"
            class="checkbox"
            aria-label="Select all rows of this page"
            prop:checked=all
            prop:indeterminate=some
            on:change:target=move |event| change(event.target().checked())
        />
    }
}

/// The checkbox of a row.
#[component]
pub fn RowBox(selection: Selection, id: String, name: Option<Cell>) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let label = match name {
        Some(Cell::Text(name)) => format!("Select {name}"),
        _ => "Select row".to_owned(),
    };
    let own = id.clone();
    view! {
        <input
            type="checkbox"
            class="checkbox"
            node_ref=input
            aria-label=label
            prop:checked=move || selection.contains(&own)
            on:change=move |_| {
                if let Some(input) = input.get_untracked() {
                    selection.set(&id, input.checked());
                }
            }
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
