//! The one table: what stands in it comes from [`Listed::COLUMNS`], what it is asked for from a
//! [`QueryState`], and its rows from [`Loaded`](crate::api::Loaded) pages.

mod cell;
mod foot;
mod head;
mod line;
mod query;
mod rows;
mod selection;
mod states;

use domain::column::{Column, Listed};
use domain::listing::Page;

pub use cell::Cells;
pub use query::QueryState;
pub use selection::{Selection, SelectionBar};

use self::line::{Drawing, Figures, Heading, Line, lines};
use crate::api::{Loaded, Status};
use crate::kit::{ProblemPanel, SearchBox};
use crate::prelude::*;

/// What a table's rows may be.
pub trait Row: Listed + Clone + PartialEq + Send + Sync {}

impl<T: Listed + Clone + PartialEq + Send + Sync> Row for T {}

/// How one record and many of them are called: `("customer", "customers")`.
pub type Noun = (&'static str, &'static str);

/// What a row leads to.
pub type Href<T> = Callback<T, String>;

/// A view of a row: its actions.
pub type RowView<T> = Callback<T, AnyView>;

/// A table of one page of records, with search box, sorting, paging and all its states.
#[component]
pub fn DataTable<T: Row>(
    /// The table's name for readers: "Charge locations".
    #[prop(into)]
    label: String,
    /// How its records are called.
    noun: Noun,
    /// What it is asked for. The fetcher behind `page` must read `query.get()`.
    query: QueryState,
    page: Loaded<Page<T>>,
    /// Where the link in the first cell, and a click on the row, lead.
    #[prop(optional, into)]
    href: Option<Href<T>>,
    /// Cells that are not drawn the usual way.
    #[prop(optional)]
    cells: Cells<T>,
    /// Columns that go without saying here, by key.
    #[prop(optional)]
    without: &'static [&'static str],
    /// Columns that the list cannot be ordered by, by key.
    #[prop(optional)]
    unsorted: &'static [&'static str],
    /// A first column with checkboxes.
    #[prop(optional)]
    selection: Option<Selection>,
    /// Buttons at the end of each row.
    #[prop(optional, into)]
    row_actions: Option<RowView<T>>,
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
    let columns: Vec<&'static Column<T>> = T::COLUMNS
        .iter()
        .filter(|column| column.shown && !without.contains(&column.key))
        .collect();
    let heading = |column: &&'static Column<T>| Heading {
        key: column.key,
        label: column.label,
        kind: column.kind,
        sorts: !unsorted.contains(&column.key),
    };
    let table = Table {
        noun,
        query,
        status: page.status(),
        figures: memo(move |_| page.with(Figures::of)),
        headings: StoredValue::new(columns.iter().map(heading).collect()),
        selection,
        actions: row_actions.is_some(),
        lines: lines(
            page,
            Drawing {
                columns,
                cells,
                href,
                actions: row_actions,
            },
        ),
    };
    view! { <Whole table label search tools empty /> }
}

/// A table whatever its records are.
#[derive(Clone, Copy)]
struct Table {
    noun: Noun,
    query: QueryState,
    status: Status,
    /// None: nothing came yet.
    figures: Memo<Option<Figures>>,
    lines: Memo<Vec<Line>>,
    headings: StoredValue<Vec<Heading>>,
    selection: Option<Selection>,
    /// Rows end with buttons.
    actions: bool,
}

#[component]
fn Whole(table: Table, label: String, search: String, tools: ViewFn, empty: ViewFn) -> impl IntoView {
    let Table {
        query,
        status,
        figures,
        ..
    } = table;
    let problem = move || status.problem().filter(|_| figures.get().is_some());
    // Nothing to search or to turn over: an empty list is only its words.
    let bare = move || figures.get().is_some_and(|figures| figures.total == 0) && query.get().q.is_empty();
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
                Some(view! { <ProblemPanel problem kept=true on_retry=move |()| status.reload() /> })
            }}
            <div
                class="table-region"
                role="region"
                tabindex="0"
                aria-label=label.clone()
                aria-busy=move || status.pending().to_string()
                data-old=move || problem().is_some().then_some("true")
            >
                <table>
                    <caption class="visually-hidden">{label.clone()}</caption>
                    <thead><head::Head table /></thead>
                    <rows::Rows table />
                </table>
                <states::Instead table empty />
            </div>
            <foot::Foot table />
        </div>
    }
    .into_any()
}
