//! A location's Stations tab: what each port is doing.

use std::time::Duration;

use domain::estate::{Port, PortStatus, Station};

use super::CurrentLocation;
use crate::api::{self, Loaded};
use crate::kit::format::rounded;
use crate::kit::time::ago;
use crate::kit::{Badge, Button, EmptyState, ProblemPanel, Skeleton, Symbol, Tone};
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
    let problem = move || {
        stations
            .problem()
            .or_else(|| stations.with(|stations| stations.problem.clone())?)
    };
    let old = move || problem().is_some();
    let age = move || {
        stations.with(|stations| match &stations.as_of {
            Some(at) => format!("Status from ChargePoint, {}", ago(at)),
            None => "ChargePoint has given no status yet".into(),
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
        {move || match stations.with(|stations| stations.items.clone()) {
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
                let card = |station| view! { <StationCard station /> };
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

#[component]
fn StationCard(station: Station) -> impl IntoView {
    let about = [station.manufacturer, station.model]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ");
    let id = station.station_id;
    let name = if station.name.is_empty() {
        id.clone()
    } else {
        station.name
    };
    view! {
        <li class="station">
            <header>
                <h2>{name}</h2>
                <span class="quiet">{about}</span>
            </header>
            {station.ports.into_iter().map(|port| view! { <PortLine port /> }).collect_view()}
            <p class="quiet"><small class="id">{id}</small></p>
        </li>
    }
}

#[component]
fn PortLine(port: Port) -> impl IntoView {
    let tone = match port.status {
        PortStatus::Available => Tone::Good,
        PortStatus::InUse => Tone::Active,
        PortStatus::Unreachable => Tone::Bad,
        PortStatus::Unknown => Tone::Neutral,
    };
    let since = port
        .status_at
        .as_deref()
        .map(|at| format!("Since {}", crate::kit::time::local(at)));
    let about = what(&port);
    view! {
        <div class="port" title=since>
            <span class="quiet">{format!("Port {}", port.port_number)}</span>
            <Badge tone word=port.status.word() />
            <span class="quiet">{about}</span>
            {port.fault_reason.map(|reason| view! { <small class="fault">{reason}</small> })}
        </div>
    }
}

/// Connector, level and power, as far as they are known.
fn what(port: &Port) -> String {
    let power = port.power_kw.map(|kw| format!("{} kW", rounded(kw, 1)));
    let parts = [port.connector.clone(), port.level.clone(), power];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
