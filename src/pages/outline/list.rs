//! The page of a list, and the list where it stands on another page.

use super::Outline;
use super::action::{Acting, ActionDialog};
use crate::api::{Loaded, Record, Rows};
use crate::kit::time::ago;
use crate::kit::{Banner, EmptyState, Tone};
use crate::pages::shell::{Crumb, Frame, PageHeader};
use crate::prelude::*;
use crate::table::{Cells, DataTable, QueryState, Selection};

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
    let query = QueryState::in_url(outline.at_path(outline.path), "");
    let page = query.load();
    let acting = Acting::new(outline, move |_| page.reload());
    view! {
        <PageHeader
            title=outline.title
            crumbs=vec![Crumb::area(outline.area)]
            actions=move || acting.above().collect_view()
        />
        {outline.above.map(|above| above(query))}
        <OutlinedTable acting query page without=&[] />
    }
    .into_any()
}

/// A list on the page of what its rows belong to.
#[component]
pub fn ListOf(
    outline: &'static Outline,
    /// Where that list is asked for.
    path: Signal<String>,
    /// Columns that go without saying here, by key.
    without: &'static [&'static str],
) -> impl IntoView {
    let query = QueryState::in_url(outline.at_path(path), "");
    let page = query.load();
    let acting = Acting::new(outline, move |_| page.reload());
    view! { <OutlinedTable acting query page without /> }
}

/// The table of an outlined list, with what can be done in it.
#[component]
pub fn OutlinedTable(
    acting: Acting,
    query: QueryState,
    page: Loaded<Rows>,
    without: &'static [&'static str],
) -> impl IntoView {
    let outline = acting.outline();
    let cells = outline.cells.iter();
    let cells = cells.fold(Cells::new(), |cells, (key, draw)| cells.with(key, *draw));
    let href = outline
        .record
        .map(|_| Callback::new(move |row: Record| outline.page_of(&row.text(outline.id))));
    if let Some(frame) = Frame::current().filter(|_| !outline.live.is_empty()) {
        frame.live.on(outline.live, move || page.reload());
    }
    let (title, detail) = outline.empty;
    let bulk = acting.bulk();
    let selection = (!bulk.is_empty()).then(Selection::new);
    view! {
        {move || told(page)}
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
            row_action=acting.row_action()
            row_actions=acting.row_actions()
            search=outline.search
            empty=move || view! { <EmptyState title detail /> }
        />
        <ActionDialog acting />
    }
    .into_any()
}

/// How old ChargePoint's answer is, and why it is not newer.
fn told(page: Loaded<Rows>) -> Option<AnyView> {
    let (as_of, why) = page.with(|rows| (rows.as_of.clone(), rows.problem.clone()))?;
    let said = format!("As ChargePoint told {}", ago(&as_of));
    Some(match why.is_empty() {
        true => view! { <p class="quiet told">{said}</p> }.into_any(),
        false => view! {
            <div class="problem-kept" role="status">
                <Banner tone=Tone::Attention>
                    <strong>{said}</strong>
                    ". "
                    {why}
                </Banner>
            </div>
        }
        .into_any(),
    })
}
