//! Rows that are selected, over all pages of a list, or all that match.

use domain::export::Chosen;
use domain::listing::DEFAULT_PAGE_SIZE;

use super::Table;
use super::address::{text_of, write};
use crate::api::Record;
use crate::prelude::*;

/// The selected records: ids, or all that a query means. Copies point to the same state.
#[derive(Clone, Copy)]
pub struct Selection {
    /// In their order.
    ids: RwSignal<Vec<String>>,
    /// The query of which all are selected.
    all: RwSignal<Option<String>>,
    /// How many those are.
    count: RwSignal<u64>,
    /// When the page was read on which the first was selected, or all.
    as_of: RwSignal<String>,
}

impl Default for Selection {
    fn default() -> Self {
        Self::new()
    }
}

impl Selection {
    pub fn new() -> Self {
        Self {
            ids: RwSignal::new(Vec::new()),
            all: RwSignal::new(None),
            count: RwSignal::new(0),
            as_of: RwSignal::new(String::new()),
        }
    }

    /// The selected ids, tracked; of all that match, those that were selected one by one before.
    pub fn ids(self) -> Vec<String> {
        self.ids.get()
    }

    /// Whether all that match are selected, tracked.
    pub fn is_all(self) -> bool {
        self.all.with(Option::is_some)
    }

    /// How many are selected, tracked.
    pub fn len(self) -> u64 {
        match self.is_all() {
            true => self.count.get(),
            false => self.ids.with(Vec::len) as u64,
        }
    }

    /// Whether none is selected, tracked.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// Whether that record is selected, tracked.
    pub fn contains(self, id: &str) -> bool {
        self.of(std::iter::once(id)) == [true]
    }

    /// Which of these are selected, tracked.
    pub fn of<'i>(self, ids: impl Iterator<Item = &'i str>) -> Vec<bool> {
        let all = self.is_all();
        self.ids
            .with(|own| ids.map(|id| all || find(own, id).is_ok()).collect())
    }

    /// Follows every change.
    pub fn track(self) {
        self.ids.track();
        self.all.track();
    }

    /// Selects a record or takes it out.
    pub fn set(self, id: &str, selected: bool) {
        self.set_all(&[id.to_owned()], selected);
    }

    /// Selects records or takes them out.
    pub fn set_all(self, ids: &[String], selected: bool) {
        self.all.try_set(None);
        self.ids.try_update(|all| {
            for id in ids {
                match find(all, id) {
                    Ok(at) if !selected => drop(all.remove(at)),
                    Err(at) if selected => all.insert(at, id.clone()),
                    _ => {}
                }
            }
        });
    }

    /// Selects all that a query means.
    fn take_all(self, query: String, count: u64, as_of: String) {
        self.as_of.set(as_of);
        self.count.set(count);
        self.all.set(Some(query));
    }

    /// Selects none.
    pub fn clear(self) {
        self.all.try_set(None);
        self.ids.try_set(Vec::new());
    }

    /// What is selected, for a change of many.
    pub fn chosen(self) -> Chosen {
        untrack(|| {
            let query = self.all.get();
            Chosen {
                ids: if query.is_some() { Vec::new() } else { self.ids() },
                query,
                count: self.len(),
                as_of: Some(self.as_of.get()),
            }
        })
    }
}

/// Where an id stands among others, or would.
fn find(ids: &[String], id: &str) -> Result<usize, usize> {
    ids.binary_search_by(|own| own.as_str().cmp(id))
}

impl Table {
    /// The ids of the page's rows, tracked.
    pub(super) fn page_ids(self) -> Vec<String> {
        let id = |record: &Record| record.text(self.query.list.id);
        let ids = self.page.with(|page| page.items.iter().map(id).collect());
        ids.unwrap_or_default()
    }

    /// The query without its page, as a text.
    pub(super) fn asked(self) -> String {
        let mut query = self.query.get();
        query.page = 1;
        query.page_size = DEFAULT_PAGE_SIZE;
        let own = text_of(&write(&query, &[]));
        // What the list is always asked with stands in its path.
        match self.query.list.path.get().split_once('?') {
            Some((_, fixed)) => [&own, "&", fixed].concat(),
            None => own,
        }
    }

    /// Selects all that match.
    pub(super) fn select_all(self, selection: Selection) {
        untrack(|| selection.take_all(self.asked(), self.total(), self.as_of()));
    }

    /// When the page's rows were read, tracked.
    fn as_of(self) -> String {
        self.page.with(|page| page.as_of.clone()).unwrap_or_default()
    }

    /// A selection is of one query: asked for something else, it goes. It is as old as the page on which it
    /// was begun.
    pub(super) fn follow_query(self, selection: Selection) {
        effect(move || {
            let as_of = self.as_of();
            if selection.is_empty() {
                selection.as_of.set(as_of);
            }
        });
        watch(move |before: Option<String>| {
            let mut query = self.query.get();
            query.sort = String::new();
            (query.page, query.page_size) = (1, 1);
            let now = write(&query, &[]).join("&");
            if before.is_some_and(|before| before != now) {
                selection.clear();
            }
            now
        });
    }
}

/// The checkbox above the rows: all of this page, some, or none.
#[component]
pub fn PageBox(selection: Selection, table: Table) -> impl IntoView {
    let ids = memo(move |_| table.page_ids());
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
