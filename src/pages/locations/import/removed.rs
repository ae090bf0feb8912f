//! The charge tokens that a clearing import takes off the list, by name.

use domain::listing::ListQuery;

use super::buttons::small;
use super::wizard::Wizard;
use crate::api::{self, Loaded, Record, Rows};
use crate::kit::format::{count, number};
use crate::kit::{IconButton, ProblemPanel, Skeleton, Symbol};
use crate::prelude::*;

#[component]
pub fn Removed(wizard: Wizard, preview: Record) -> impl IntoView {
    let all = RwSignal::new(false);
    let removed = preview.count("removed");
    let first = move || {
        let sample = preview.records("removedSample");
        let more = (removed > sample.len() as u64).then(|| {
            let words = format!("Show all {}", number(removed));
            small(words, move |()| all.set(true))
        });
        view! {
            {entries(&sample)}
            {more}
        }
    };
    (removed > 0).then(|| {
        view! {
            <section class="removed" aria-label="Charge tokens that are removed">
                <h2>{format!("Removed: {}", count(removed, "charge token", "charge tokens"))}</h2>
                <Show when=move || all.get() fallback=first>
                    <AllRemoved wizard />
                </Show>
            </section>
        }
    })
}

fn entries(entries: &[Record]) -> AnyView {
    let row = |entry: &Record| {
        view! {
            <li>
                <span class="id">{entry.text("id")}</span>
                <span class="quiet">{entry.text("customer")}</span>
            </li>
        }
    };
    view! { <ul class="removed-list">{entries.iter().map(row).collect_view()}</ul> }.into_any()
}

/// The whole list, page by page.
#[component]
fn AllRemoved(wizard: Wizard) -> impl IntoView {
    let at = RwSignal::new(1);
    let page = Loaded::new(move || {
        let query = ListQuery {
            page: at.get(),
            ..ListQuery::default()
        };
        api::imports::removed(wizard.location.get_value(), wizard.staged.get_value(), query)
    });
    let pages = move || page.with(Rows::pages).unwrap_or(1);
    let words = move || format!("Page {} of {}", number(at.get().into()), number(pages().into()));
    view! {
        {move || match (page.get(), page.problem()) {
            (Some(page), _) => entries(&page.items),
            (None, Some(problem)) => {
                view! { <ProblemPanel problem kept=true on_retry=move |()| page.reload() /> }.into_any()
            }
            (None, None) => view! { <Skeleton lines=5 /> }.into_any(),
        }}
        <nav class="table-pages" aria-label="Pages of removed charge tokens">
            <IconButton
                icon=Symbol::ChevronLeft
                label="Previous page"
                disabled=Signal::derive(move || at.get() <= 1)
                on_press=move |()| at.update(|at| *at -= 1)
            />
            <span role="status">{words}</span>
            <IconButton
                icon=Symbol::ChevronRight
                label="Next page"
                disabled=Signal::derive(move || at.get() >= pages())
                on_press=move |()| at.update(|at| *at += 1)
            />
        </nav>
    }
}
