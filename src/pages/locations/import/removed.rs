//! The charge tokens that a clearing import takes off the list, by name.

use domain::imports::RemovedEntry;
use domain::listing::ListQuery;

use super::wizard::Wizard;
use crate::api::{self, Loaded, Record, Rows};
use crate::kit::format::{count, number};
use crate::kit::{Button, IconButton, ProblemPanel, Skeleton, Symbol};
use crate::prelude::*;

#[component]
pub fn Removed(wizard: Wizard, removed: u64, sample: Vec<RemovedEntry>) -> impl IntoView {
    let all = RwSignal::new(false);
    let shown = sample.len() as u64;
    let named = |entry: RemovedEntry| (entry.id, entry.customer.unwrap_or_default());
    let sample = StoredValue::new(sample.into_iter().map(named).collect::<Vec<_>>());
    let more = move || {
        (removed > shown).then(|| {
        view! {
            <Button small=true on_press=move |()| all.set(true)>{format!("Show all {}", number(removed))}</Button>
        }
    })
    };
    (removed > 0).then(|| {
        view! {
            <section class="removed" aria-label="Charge tokens that are removed">
                <h2>{format!("Removed: {}", count(removed, "charge token", "charge tokens"))}</h2>
                <Show
                    when=move || all.get()
                    fallback=move || view! { <Entries entries=sample.get_value() /> {more} }
                >
                    <AllRemoved wizard />
                </Show>
            </section>
        }
    })
}

#[component]
fn Entries(
    /// Each id with the name of its customer.
    entries: Vec<(String, String)>,
) -> impl IntoView {
    let row = |(id, customer): (String, String)| {
        view! { <li><span class="id">{id}</span><span class="quiet">{customer}</span></li> }
    };
    view! { <ul class="removed-list">{entries.into_iter().map(row).collect_view()}</ul> }
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
        let import = wizard
            .staged
            .with_untracked(|staged| staged.as_ref().map(|import| import.id.clone()));
        api::imports::removed(wizard.location.get_value(), import.unwrap_or_default(), query)
    });
    let pages = move || page.with(Rows::pages).unwrap_or(1);
    let words = move || format!("Page {} of {}", number(at.get().into()), number(pages().into()));
    view! {
        {move || match (page.get(), page.problem()) {
            (Some(page), _) => {
                let named = |entry: &Record| (entry.text("id"), entry.text("customer"));
                let entries = page.items.iter().map(named).collect();
                view! { <Entries entries /> }.into_any()
            }
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
