//! A location's Stations tab: what each port is doing.

use std::time::Duration;

use super::CurrentLocation;
use crate::api::{self, Loaded, Record};
use crate::kit::{Button, EmptyState, ProblemPanel, Skeleton, Symbol};
use crate::pages::chargestations::{known, port_line};
use crate::pages::record::aged;
use crate::pages::shell::follow;
use crate::prelude::*;

/// How often the status is asked for while the tab is open and in sight.
const EVERY: Duration = Duration::from_secs(30);

#[component]
pub fn StationsTab() -> impl IntoView {
    let current = CurrentLocation::get();
    // Set by a press: the next answer is to be ChargePoint's own, not one kept by the server.
    let fresh = StoredValue::new(false);
    let stations = Loaded::of(current.id, move |id| {
        api::locations::stations(id, fresh.try_update_value(std::mem::take).unwrap_or_default())
    });
    follow(&["port"], stations.status());
    if let Ok(handle) = set_interval_with_handle(
        move || {
            if !document().hidden() {
                stations.reload();
            }
        },
        EVERY,
    ) {
        on_cleanup(move || handle.clear());
    }
    let retry = move |()| {
        fresh.set_value(true);
        stations.reload();
    };
    // ChargePoint's problem, or that the portal itself did not answer.
    let problem = move || stations.problem().or_else(|| stations.with(Record::problem)?);
    let old = move || problem().is_some();
    let age = move || {
        stations.with(|stations| match stations.has("asOf") {
            true => format!("Status from ChargePoint, {}", aged(&stations.text("asOf"))),
            false => "ChargePoint has given no status yet".into(),
        })
    };
    view! {
        <div class="stations-head">
            <p class="quiet" role="status">{age}</p>
            <Button icon=Symbol::Refresh busy=Signal::derive(move || stations.pending()) on_press=retry>
                "Refresh"
            </Button>
        </div>
        {move || {
            // Above old stations *Refresh* is the way to try again.
            let kept = stations.is_loaded();
            problem().map(|problem| match kept {
                true => view! { <ProblemPanel problem kept /> }.into_any(),
                false => view! { <ProblemPanel problem on_retry=retry /> }.into_any(),
            })
        }}
        {move || match stations.with(|stations| stations.records("items")) {
            Some(items) if items.is_empty() => {
                view! {
                    <EmptyState
                        title="No stations here"
                        detail="ChargePoint reports none at this location. Sync from ChargePoint in the list to look again."
                    />
                }
                    .into_any()
            }
            Some(items) => {
                view! {
                    <ul class="stations" data-old=move || old().then_some("true")>
                        {items.into_iter().map(card).collect_view()}
                    </ul>
                }
                    .into_any()
            }
            None if old() => ().into_any(),
            None => view! { <Skeleton lines=6 /> }.into_any(),
        }}
    }
    .into_any()
}

fn card(station: Record) -> impl IntoView {
    let id = station.text("stationId");
    let name = station.text("name");
    let name = if name.is_empty() { id.clone() } else { name };
    view! {
        <li class="station">
            <header>
                <h2>{name}</h2>
                <span class="quiet">{known(&station, &["manufacturer", "model"], " ")}</span>
            </header>
            {station.records("ports").iter().map(|port| port_line(port, "powerKw", "statusAt", "")).collect_view()}
            <p class="quiet"><small class="id">{id}</small></p>
        </li>
    }
}
