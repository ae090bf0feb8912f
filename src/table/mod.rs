//! The one table: what stands in it comes from [`Listed::HEADS`](domain::column::Listed), what it is asked
//! for from a [`QueryState`], and its rows from [`Rows`](crate::api::Rows).

mod address;
mod bulk;
mod cell;
mod columns;
mod cursor;
mod export;
mod fill;
mod filters;
mod foot;
mod head;
mod list;
mod painter;
mod query;
mod rows;
mod selection;
mod settings;
mod states;
mod views;

use domain::column::{Head, usual};
use domain::problem::kind::FORBIDDEN;
use web_sys::{Element, Event};

pub use address::text_of;
pub use bulk::{BulkAction, chosen_body};
pub use cell::{Cells, Shown};
pub use list::List;
pub use query::QueryState;
pub use selection::Selection;
pub use states::late;

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

/// One button at the end of rows; where there is more to do, see [`RowView`].
#[derive(Clone, Copy)]
pub struct RowAction {
    label: &'static str,
    /// What a row's record must let whoever is signed in do; empty: nothing.
    action: &'static str,
    run: Callback<Record>,
}

impl RowAction {
    pub fn new(
        label: &'static str,
        action: &'static str,
        run: impl Fn(Record) + Send + Sync + 'static,
    ) -> Self {
        Self {
            label,
            action,
            run: Callback::new(run),
        }
    }

    fn fits(self, record: &Record) -> bool {
        self.action.is_empty() || record.can(self.action)
    }
}

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
    #[prop(optional_no_strip, into)]
    href: Option<Href>,
    /// Cells that are not drawn the usual way.
    #[prop(optional)]
    cells: Cells,
    /// Columns that go without saying here, by key.
    #[prop(optional)]
    without: &'static [&'static str],
    /// A first column with checkboxes.
    #[prop(optional_no_strip, into)]
    selection: Option<Selection>,
    /// What can be done with all selected records at once.
    #[prop(optional)]
    bulk: Vec<BulkAction>,
    /// Buttons at the end of each row.
    #[prop(optional_no_strip, into)]
    row_actions: Option<RowView>,
    /// One button there, which costs no view of its own.
    #[prop(optional_no_strip, into)]
    row_action: Option<RowAction>,
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
        shown: memo(move |_| shown(query, without)),
        selection,
        actions: row_actions.is_some() || row_action.is_some(),
        building: RwSignal::new(false),
        build_at: RwSignal::new(None),
    };
    let mut painter = Painter::new(query.list.id, cells, href, row_actions, selection);
    painter.action = row_action;
    if let Some(selection) = selection {
        table.follow_query(selection);
    }
    let bulk = StoredValue::new(bulk);
    view! { <Whole table painter bulk label search tools empty /> }
}

/// The keys of the columns to show: as the address says, or as was chosen, or as usual. The first column
/// names the record: it is always there, and first.
fn shown(query: QueryState, without: &[&str]) -> Vec<String> {
    let heads = query.list.heads;
    let mut keys = query.columns();
    if keys.is_empty() {
        keys = query.settings.columns(heads);
    }
    if keys.is_empty() {
        keys = usual(heads).map(|head| head.key.to_owned()).collect();
    }
    keys.retain(|key| !without.contains(&key.as_str()));
    if let Some(first) = heads.iter().find(|head| !without.contains(&head.key)) {
        keys.retain(|key| key != first.key);
        keys.insert(0, first.key.to_owned());
    }
    keys
}

/// What the table's parts share.
#[derive(Clone, Copy)]
struct Table {
    noun: Noun,
    query: QueryState,
    page: Loaded<Rows>,
    without: &'static [&'static str],
    /// The keys of the columns that are shown, in their order.
    shown: Memo<Vec<String>>,
    selection: Option<Selection>,
    /// Rows end with buttons.
    actions: bool,
    /// The builder of filters is open.
    building: RwSignal<bool>,
    /// At the filter of this number; none: at a new one.
    build_at: RwSignal<Option<usize>>,
}

impl Table {
    /// The columns that are shown, tracked.
    fn columns(self) -> Vec<&'static Head> {
        let list = self.query.list;
        self.shown
            .with(|keys| keys.iter().filter_map(|key| list.head(key)).collect())
    }

    /// Opens the builder at a filter, or at a new one.
    fn build(self, at: Option<usize>) {
        self.build_at.set(at);
        self.building.set(true);
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
    bulk: StoredValue<Vec<BulkAction>>,
    label: String,
    search: String,
    tools: ViewFn,
    empty: ViewFn,
) -> impl IntoView {
    let Table { query, page, .. } = table;
    // Where nothing is shown, the problem itself stands there.
    let problem = move || {
        page.problem()
            .filter(|_| page.with(|page| !page.items.is_empty()) == Some(true))
    };
    // Nothing to search or to turn over: an empty list is only its words.
    let bare = move || match page.is_loaded() {
        true => table.total() == 0 && table.asks_for_all(),
        false => page.problem().is_some_and(|problem| problem.kind == FORBIDDEN),
    };
    view! {
        <div class="table" data-compact=move || query.settings.compact().then_some("true")>
            <div class="table-tools">
                <Show when=move || !bare()>
                    <SearchBox
                        label=search.clone()
                        value=Signal::derive(move || query.get().q)
                        on_search=move |text| query.search(text)
                    />
                </Show>
                <Show when=move || !bare()>
                    <filters::AddFilter table />
                    <columns::Columns table />
                    <views::Views table />
                    <export::Export table />
                </Show>
                <div class="table-actions">{move || tools.run()}</div>
            </div>
            <filters::Chips table />
            {table
                .selection
                .map(|selection| view! { <bulk::SelectionBar selection table actions=bulk /> })}
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
                on:scroll=pin
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

/// Marks the region once it is scrolled sideways: only then are a row's first cells pinned. Each pinned cell is a
/// layer of its own to the browser, and makes every frame of scrolling down dearer.
fn pin(event: Event) {
    let region = event_target::<Element>(&event);
    if region.scroll_left() != 0 {
        let _ = region.set_attribute("data-aside", "");
    }
}
