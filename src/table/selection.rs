//! Rows that are selected, over all pages of a list, or all that match.

use domain::export::Chosen;
use domain::limits::MAX_CHOSEN;
use domain::listing::{DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE};
use domain::problem::Problem;

use super::Table;
use super::address::{text_of, write};
use crate::api::Record;
use crate::api::transport::Answer;
use crate::kit::format::number;
use crate::kit::{Toast, Tone};
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
    fn take_all(self, query: String, count: u64) {
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
        text_of(&write(&query, &[]))
    }

    /// Selects all that match.
    pub(super) fn select_all(self, selection: Selection) {
        match self.by_id.filter(|_| !untrack(|| self.asks_for_all())) {
            None => selection.take_all(untrack(|| self.asked()), untrack(|| self.total())),
            Some(seen) => spawn_local(async move {
                if let Err(problem) = self.select_by_id(selection, seen).await {
                    let words = format!("Not all could be selected. {}. {}", problem.title, problem.detail);
                    Toast::new(words).tone(Tone::Bad).show();
                }
            }),
        }
    }

    /// Selects all that match by their ids.
    async fn select_by_id(self, selection: Selection, seen: Callback<Vec<Record>>) -> Answer<()> {
        let mut query = untrack(|| self.query.get());
        query.page_size = MAX_PAGE_SIZE;
        let most = MAX_CHOSEN as u32 / MAX_PAGE_SIZE;
        for page in 1..=most {
            query.page = page;
            let rows = untrack(|| self.query.list.ask(&query)).await?;
            let ids: Vec<String> = rows
                .items
                .iter()
                .map(|record| record.text(self.query.list.id))
                .collect();
            let last = page >= rows.pages();
            seen.try_run(rows.items);
            selection.set_all(&ids, true);
            if last {
                return Ok(());
            }
        }
        Err(Problem {
            title: format!("More than {} match", number(MAX_CHOSEN as u64)),
            detail: "The first of them are selected. Filter for less to select the rest.".into(),
            ..Problem::default()
        })
    }

    /// A selection is of one query: asked for something else, it goes.
    pub(super) fn follow_query(self, selection: Selection) {
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
