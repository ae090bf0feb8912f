//! The charge tokens that a clearing import takes off the list, by name.

use domain::imports::RemovedEntry;

use super::buttons::small;
use super::wizard::Wizard;
use crate::api::{self, Loaded, Record, records};
use crate::kit::format::{count, number};
use crate::kit::{EmptyState, Time};
use crate::pages::record::RecordState;
use crate::pages::shell::PageHeader;
use crate::prelude::*;
use crate::table::{DataTable, List, QueryState};

/// Those that will go: the first, and all of them where there are more.
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
    let list = move || {
        let path = api::imports::removed(&wizard.location.get_value(), &wizard.staged.get_value());
        table(QueryState::local(List::of::<RemovedEntry>(path)))
    };
    (removed > 0).then(|| {
        view! {
            <section class="removed" aria-label="Charge tokens that are removed">
                <h2>{format!("Removed: {}", count(removed, "charge token", "charge tokens"))}</h2>
                <Show when=move || all.get() fallback=first>{list()}</Show>
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

fn table(query: QueryState) -> AnyView {
    view! {
        <DataTable
            label="Removed charge tokens"
            noun=("charge token", "charge tokens")
            query
            page=query.load()
            search="Search by Auth ID or customer"
            empty=|| view! { <EmptyState title="No charge token was removed" detail="" /> }
        />
    }
    .into_any()
}

/// A page of its own: what an import took off the list.
#[component]
pub fn RemovedPage(location: String, import: String, crumbs: Signal<Vec<String>>) -> impl IntoView {
    let path = api::imports::removed(&location, &import);
    let one = api::imports::path(&location, &format!("/{}", api::transport::segment(&import)));
    let record = Loaded::new(move || records::get(&one));
    let about = move || {
        record.with(|import| {
            let undone = import.text("state") == "undone";
            let back = undone.then_some(" The import is undone: they are back on the list.");
            view! {
                <p>
                    "Taken off the list by "{import.text("fileName")}", "<Time at=import.text("finalisedAt") />"."
                    {back}
                </p>
            }
        })
    };
    let query = QueryState::in_url(List::of::<RemovedEntry>(path), "");
    view! {
        <PageHeader title="Removed charge tokens" crumbs />
        <RecordState record missing="There is no such import." />
        <Show when=move || record.is_loaded()>
            <div class="earlier">{about}{table(query)}</div>
        </Show>
    }
}
