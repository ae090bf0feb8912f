//! What stands in place of rows: why there are none, and the way on.

use domain::column::Kind;

use crate::prelude::*;

use super::{QueryState, Table};
use crate::api::{Loaded, Rows};
use crate::kit::{Button, EmptyState, ProblemPanel};
use crate::view::IntoChild;

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Rows, or rows on their way.
    Rows,
    Failed,
    /// The list is empty.
    Empty,
    /// Nothing matches the search.
    NoMatch,
    /// The page lies behind the last row.
    PastEnd,
}

/// What is said of a list that holds the last day only, since nothing else was asked for; tracked.
pub fn late(query: QueryState, page: Loaded<Rows>) -> Option<String> {
    let when = query
        .list
        .heads
        .iter()
        .find(|head| head.shown && head.kind == Kind::Time)?;
    page.with(|rows| rows.late)?.then(|| {
        [
            "Only the last day is listed. Filter by ",
            when.label,
            " for more.",
        ]
        .concat()
    })
}

#[component]
pub fn Instead(table: Table, empty: ViewFn) -> impl IntoView {
    let Table {
        noun, query, page, ..
    } = table;
    let state = memo(move |_| {
        let found = page.with(|page| (page.items.is_empty(), page.total));
        match found {
            None | Some((true, _)) if page.problem().is_some() => State::Failed,
            Some((true, 0)) if table.asks_for_all() => State::Empty,
            Some((true, 0)) => State::NoMatch,
            Some((true, _)) => State::PastEnd,
            _ => State::Rows,
        }
    });
    let instead = move || match state.get() {
        State::Rows => ().into_any(),
        State::Empty => empty.run(),
        State::Failed => page
            .problem()
            .map(|problem| view! { <ProblemPanel problem on_retry=move |()| page.reload() /> })
            .into_any(),
        State::NoMatch => {
            let words = move || query.get().q;
            let filtered = move || query.with(|query| !query.filter.is_empty());
            let title = move || match words() {
                words if words.is_empty() => format!("No {} matches the filters", noun.0),
                words if filtered() => format!("No {} matches “{words}” and the filters", noun.0),
                words => format!("No {} matches “{words}”", noun.0),
            };
            let detail = move || {
                late(query, page).unwrap_or_else(|| "Change or clear what the list is asked for.".into())
            };
            view! {
                <EmptyState title=Signal::derive(title) detail=Signal::derive(detail)>
                    <Show when=move || !words().is_empty()>
                        <Button on_press=move |()| query.search(String::new())>"Clear search"</Button>
                    </Show>
                    <Show when=filtered>
                        <Button on_press=move |()| query.filter(Vec::new(), false)>"Clear filters"</Button>
                    </Show>
                </EmptyState>
            }
            .into_any()
        }
        State::PastEnd => {
            let last = move |()| query.turn(page.with_untracked(Rows::pages).unwrap_or(1));
            view! {
                <EmptyState title="This page lies behind the last row" detail="Rows may have gone since.">
                    <Button on_press=last>"Go to the last page"</Button>
                </EmptyState>
            }
            .into_any()
        }
    };
    instead.into_child()
}
