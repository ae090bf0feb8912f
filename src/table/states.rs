//! What stands in place of rows: why there are none, and the way on.

use crate::prelude::*;

use super::Table;
use crate::api::Rows;
use crate::kit::{Button, EmptyState, ProblemPanel};

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

#[component]
pub fn Instead(table: Table, empty: ViewFn) -> impl IntoView {
    let Table {
        noun, query, page, ..
    } = table;
    let state = memo(move |_| {
        let found = page.with(|page| (page.items.is_empty(), page.total));
        match found {
            None if page.problem().is_some() => State::Failed,
            Some((true, 0)) if table.asks_for_all() => State::Empty,
            Some((true, 0)) => State::NoMatch,
            Some((true, _)) => State::PastEnd,
            _ => State::Rows,
        }
    });
    move || match state.get() {
        State::Rows => ().into_any(),
        State::Empty => empty.run(),
        State::Failed => page
            .problem()
            .map(|problem| view! { <ProblemPanel problem on_retry=move |()| page.reload() /> })
            .into_any(),
        State::NoMatch => {
            let title = Signal::derive(move || format!("No {} matches “{}”", noun.0, query.get().q));
            view! {
                <EmptyState title detail="Search for less, or for another word.">
                    <Button on_press=move |()| query.search(String::new())>"Clear search"</Button>
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
    }
}
