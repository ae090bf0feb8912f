//! The page of a list, and the list where it stands on another page.

use leptos_router::hooks::use_query_map;

use super::Outline;
use super::acting::Acting;
use super::dialog::ActionDialog;
use crate::api::transport::segment;
use crate::api::{Call, Loaded, Record, Rows};
use crate::kit::{EmptyState, Look};
use crate::pages::record::{RecordSheet, add_button, awaited, told};
use crate::pages::shell::{Crumb, PageHeader, follow};
use crate::prelude::*;
use crate::routes::Place;
use crate::table::{Cells, DataTable, QueryState, late};

/// The page of a list.
#[component]
pub fn ListPage(outline: &'static Outline) -> impl IntoView {
    if let Some(instead) = outline.instead {
        return view! {
            <PageHeader title=outline.title crumbs=vec![Crumb::area(outline.area)] />
            {instead()}
        }
        .into_any();
    }
    let query = QueryState::in_url(outline.at_path(asked_of(outline)), "");
    let page = query.load();
    let acting = Acting::new(outline, move |_| page.reload());
    let adding = RwSignal::new(false);
    let sheet = outline
        .kind
        .map(|kind| view! { <RecordSheet kind open=adding on_saved=kind.created() /> });
    view! {
        <PageHeader
            title=outline.title
            crumbs=vec![Crumb::area(outline.area)]
            actions=move || {
                let add = outline.kind.and_then(|kind| add_button(kind, adding, Look::Primary));
                acting.above().into_iter().chain(add).collect_view()
            }
        />
        {outline.above.map(|above| above(query))}
        <OutlinedTable acting query page without=&[] adding />
        {sheet}
    }
    .into_any()
}

/// The list's path, with what the page's address asks of the call itself.
fn asked_of(outline: &'static Outline) -> Signal<String> {
    let address = use_query_map();
    Signal::derive(move || {
        let asked = |key: &&str| Some([key, "=", &segment(&address.with(|all| all.get(key))?)].concat());
        let asked: Vec<String> = outline.asks.iter().filter_map(asked).collect();
        match asked.is_empty() {
            true => outline.path.to_owned(),
            false => [outline.path, "?", &asked.join("&")].concat(),
        }
    })
}

/// A list on the page of what its rows belong to.
#[component]
pub fn ListOf(
    outline: &'static Outline,
    /// Where that list is asked for.
    path: Signal<String>,
    /// Columns that go without saying here, by key.
    without: &'static [&'static str],
    /// Stands before the names of its parameters in the address.
    #[prop(default = "list.")]
    prefix: &'static str,
    /// Told what came of an action.
    #[prop(optional)]
    done: Option<Callback<Record>>,
) -> impl IntoView {
    let query = QueryState::in_url(outline.at_path(path), prefix);
    let page = query.load();
    let acting = Acting::new(outline, move |(_, answer)| {
        page.reload();
        if let Some(done) = done {
            done.run(answer);
        }
    });
    acting.at(&Place::current().id.get_untracked());
    // What has a page of its own is made there, and not on the page of what it is a part of.
    let tools = move || match outline.at {
        "" => acting.above(),
        _ => Vec::new(),
    };
    view! { <OutlinedTable acting query page without adding=RwSignal::new(false) tools /> }
}

/// The table of an outlined list, with what can be done in it.
#[component]
pub fn OutlinedTable(
    acting: Acting,
    query: QueryState,
    page: Loaded<Rows>,
    without: &'static [&'static str],
    /// The form of a new record is open.
    adding: RwSignal<bool>,
    /// Stands above the table.
    #[prop(optional, into)]
    tools: ViewFn,
) -> impl IntoView {
    let outline = acting.outline();
    let cells = outline.cells.iter();
    let cells = cells.fold(Cells::new(), |cells, (key, draw)| cells.with(key, *draw));
    let href = (outline.record.is_some() || outline.kind.is_some()).then(|| {
        Callback::new(move |row: Record| {
            let id = row.text(outline.id);
            outline
                .kind
                .map_or_else(|| outline.page_of(&id), |kind| (kind.page)(&id))
        })
    });
    follow(outline.live, page.status());
    let asked = memo(move |_| {
        let asked = page.with(|rows| (rows.as_of.clone(), rows.problem.clone()));
        asked.unwrap_or_default()
    });
    let (title, detail) = outline.empty;
    let mut bulk = acting.bulk();
    bulk.append(&mut (outline.bulk)());
    let selection = (!bulk.is_empty()).then_some(acting.selection);
    view! {
        {(!outline.own).then(|| told("As ChargePoint told ", true, asked))}
        {move || late(query, page).map(|words| view! { <p class="quiet told">{words}</p> })}
        <DataTable
            label=outline.title
            noun=outline.noun
            query
            page
            href
            cells
            without
            selection
            bulk
            row_actions=acting.row_actions()
            search=outline.search
            tools
            empty=move || {
                let add = outline.kind.and_then(|kind| add_button(kind, adding, Look::Plain));
                view! { <EmptyState title detail>{add}</EmptyState> }
            }
        />
        <ActionDialog acting />
    }
    .into_any()
}

/// What the rows that are listed come to, over all pages, in the order of a field of theirs.
pub fn summed(
    query: QueryState,
    path: &'static str,
    sort: impl Fn() -> &'static str + 'static,
    draw: impl Fn(Record) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let sums = Loaded::new(move || {
        let mut query = query.get();
        query.page = 1;
        query.sort = sort().to_owned();
        Call::get(path).list(&query).fetch()
    });
    awaited(sums, 2, true, Callback::new(draw))
}
