//! The one table: what stands in it comes from [`Listed::HEADS`](domain::column::Listed), what it is asked
//! for from a [`QueryState`], and its rows from [`Rows`](crate::api::Rows).

mod address;
mod cell;
mod foot;
mod head;
mod list;
mod painter;
mod query;
mod rows;
mod selection;
mod states;

use domain::column::Head;

pub use cell::{Cells, Shown};
pub use list::List;
pub use query::QueryState;
pub use selection::{Selection, SelectionBar};

use self::painter::Painter;
use crate::api::{Loaded, Record, Rows};
use crate::kit::{ProblemPanel, SearchBox};
use crate::prelude::*;

/// How one record and many of them are called: `("customer", "customers")`.
pub type Noun = (&'static str, &'static str);

/// What a row leads to.
pub type Href = Callback<Record, String>;

/// A view of a row: its actions.
pub type RowView = Callback<Record, AnyView>;

/// A table of one page of records, with search box, sorting, paging and all its states.
#[component]
pub fn DataTable(
    /// The table's name for readers: "Charge locations".
    #[prop(into)]
    label: String,
    /// How its records are called.
    noun: Noun,
    /// The list, and what it is asked for.
    query: QueryState,
    /// The answer: `query.load()`, or what fetches `query.fetch()`.
    page: Loaded<Rows>,
    /// Where the link in the first cell, and a click on the row, lead.
    #[prop(optional, into)]
    href: Option<Href>,
    /// Cells that are not drawn the usual way.
    #[prop(optional)]
    cells: Cells,
    /// Columns that go without saying here, by key.
    #[prop(optional)]
    without: &'static [&'static str],
    /// A first column with checkboxes.
    #[prop(optional)]
    selection: Option<Selection>,
    /// Buttons at the end of each row.
    #[prop(optional, into)]
    row_actions: Option<RowView>,
    /// What the search box says: "Search by name, address or city".
    #[prop(into)]
    search: String,
    /// What stands beside the search box: actions on the list.
    #[prop(optional, into)]
    tools: ViewFn,
    /// What stands instead of rows when there are none at all: an `EmptyState`.
    #[prop(into)]
    empty: ViewFn,
) -> impl IntoView {
    let table = Table {
        noun,
        query,
        page,
        without,
        selection,
        actions: row_actions.is_some(),
    };
    let painter = Painter::new(query.list.id, cells, href, row_actions, selection);
    view! { <Whole table painter label search tools empty /> }
}

/// What the table's parts share.
#[derive(Clone, Copy)]
struct Table {
    noun: Noun,
    query: QueryState,
    page: Loaded<Rows>,
    without: &'static [&'static str],
    selection: Option<Selection>,
    /// Rows end with buttons.
    actions: bool,
}

impl Table {
    /// The columns that are shown, tracked.
    fn columns(self) -> Vec<&'static Head> {
        let list = self.query.list;
        let chosen = self.query.columns();
        let heads = list.heads.iter().filter(|head| !self.without.contains(&head.key));
        if chosen.is_empty() {
            return heads.filter(|head| head.shown).collect();
        }
        // The first column names the record and always comes first.
        let first = heads
            .take(1)
            .chain(chosen.iter().filter_map(|key| list.head(key)));
        let mut all = Vec::new();
        for head in first.filter(|head| !self.without.contains(&head.key)) {
            if !all.contains(&head) {
                all.push(head);
            }
        }
        all
    }

    /// How many rows match, tracked; 0 until that is known.
    fn total(self) -> u64 {
        self.page.with(|page| page.total).unwrap_or_default()
    }

    /// Nothing narrows the list, tracked.
    fn asks_for_all(self) -> bool {
        let query = self.query.get();
        query.q.is_empty() && query.filter.is_empty()
    }
}

#[component]
fn Whole(
    table: Table,
    painter: Painter,
    label: String,
    search: String,
    tools: ViewFn,
    empty: ViewFn,
) -> impl IntoView {
    let Table { query, page, .. } = table;
    let problem = move || page.problem().filter(|_| page.is_loaded());
    // Nothing to search or to turn over: an empty list is only its words.
    let bare = move || page.is_loaded() && table.total() == 0 && table.asks_for_all();
    view! {
        <div class="table">
            <div class="table-tools">
                <Show when=move || !bare()>
                    <SearchBox
                        label=search.clone()
                        value=Signal::derive(move || query.get().q)
                        on_search=move |text| query.search(text)
                    />
                </Show>
                {table.selection.map(|selection| view! { <SelectionBar selection noun=table.noun /> })}
                <div class="table-actions">{move || tools.run()}</div>
            </div>
            {move || {
                let problem = problem()?;
                Some(view! { <ProblemPanel problem kept=true on_retry=move |()| page.reload() /> })
            }}
            <div
                class="table-region"
                role="region"
                tabindex="0"
                aria-label=label.clone()
                aria-busy=move || page.pending().to_string()
                data-old=move || problem().is_some().then_some("true")
            >
                <table>
                    <caption class="visually-hidden">{label.clone()}</caption>
                    <thead><head::HeadRow table /></thead>
                    <rows::Rows table painter />
                </table>
                <states::Instead table empty />
            </div>
            <foot::Foot table />
        </div>
    }
    .into_any()
}
