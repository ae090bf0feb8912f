//! A location's page: title, visibility, *Edit* with *Publish* and *Unpublish*, and the tabs.

use leptos_router::hooks::use_location;

use super::authorization::AuthorizationTab;
use super::edit::EditLocation;
use super::import::ImportWizard;
use super::visibility::VisibilityBadge;
use super::{CurrentLocation, OverviewTab, StationsTab};
use crate::api::{self, Record, Write};
use crate::app::go;
use crate::kit::format::number;
use crate::kit::{Item, SplitButton, Symbol, Tab, Tabs, Tone, announce, toast::Toast};
use crate::pages::record::{History, RecordState};
use crate::pages::shell::{Crumb, PageHeader, may};
use crate::prelude::*;
use crate::routes::{self, Place};

#[component]
pub fn LocationPage() -> impl IntoView {
    let current = CurrentLocation::provide();
    let tab = Place::current().tab;
    // The wizard is a page of its own, with its own header.
    let wizard = memo(move |_| tab.get() == routes::Tab::Import);
    // The Authorization tab shows both lists and stays when the other is chosen.
    let shown = memo(move |_| match tab.get() {
        routes::Tab::Tokens | routes::Tab::NoList => routes::Tab::Customers,
        tab => tab,
    });
    view! {
        <Show when=move || !wizard.get() || current.is_missing()>
            <LocationHeader current />
        </Show>
        <RecordState record=current.record missing="There is no such charge location." />
        <Show when=move || !current.is_missing()>
            {move || match shown.get() {
                routes::Tab::Overview => view! { <OverviewTab /> }.into_any(),
                routes::Tab::Stations => view! { <StationsTab /> }.into_any(),
                routes::Tab::History => {
                    let history = move || view! { <History path="/locations" record=current.record /> };
                    view! { <Show when=move || current.record.is_loaded()>{history()}</Show> }.into_any()
                }
                routes::Tab::Authorization => {
                    go(&routes::location_authorization_customers(&current.id.get_untracked()));
                    ().into_any()
                }
                routes::Tab::Import => view! { <ImportWizard /> }.into_any(),
                _ => view! { <AuthorizationTab /> }.into_any(),
            }}
        </Show>
    }
}

#[component]
fn LocationHeader(current: CurrentLocation) -> impl IntoView {
    let record = current.record;
    let title = move || {
        record
            .with(|location| location.text("name"))
            .unwrap_or_else(|| "Charge location".into())
    };
    let missing = memo(move |_| current.is_missing());
    let state = move || {
        let visibility = record.with(|location| location.text("visibility"))?;
        Some(view! { <VisibilityBadge visibility /> })
    };
    let crumbs = vec![
        Crumb::area("CPO"),
        Crumb::page("Charge locations", routes::LOCATIONS),
    ];
    view! {
        <PageHeader title=Signal::derive(title) crumbs state actions=move || {
            (!missing.get()).then(|| view! { <EditMenu current /> })
        } />
        <Show when=move || !missing.get()>
            <Tabs label="Charge location" tabs=tabs(current) />
        </Show>
    }
}

fn tabs(current: CurrentLocation) -> Live<Vec<Tab>> {
    let path = use_location().pathname;
    Live::from(move || {
        let id = current.id.get();
        let path = path.get();
        let count = |read: fn(&Record) -> u64| current.record.with(read).map(number);
        let tab = |label: &str, href: String, current, note| Tab {
            label: label.into(),
            href,
            current,
            note,
        };
        let (overview, stations) = (routes::location(&id), routes::location_stations(&id));
        let (authorization, history) = (routes::location_authorization(&id), routes::location_history(&id));
        vec![
            tab("Overview", overview.clone(), path == overview, None),
            tab(
                "Stations",
                stations.clone(),
                path == stations,
                count(|location| location.records("stations").len() as u64),
            ),
            tab(
                "Authorization",
                routes::location_authorization_customers(&id),
                path.starts_with(&authorization),
                count(|location| location.count("customers") + location.count("tokens")),
            ),
            tab("History", history.clone(), path == history, None),
        ]
    })
}

/// *Edit*, and behind its arrow *Publish* and *Unpublish*.
#[component]
fn EditMenu(current: CurrentLocation) -> impl IntoView {
    let record = current.record;
    let editing = RwSignal::new(false);
    let write = Write::new();
    let set = move |how: &str| {
        let (id, version) = (current.id.get_untracked(), current.version());
        let done = move |location: Record| {
            let now = location.text("visibility").to_ascii_lowercase();
            announce(format!("{} is {now}.", location.text("name")));
            record.set(location);
        };
        write.run(api::locations::show(id, version, how), done);
    };
    effect(move || {
        if let Some(problem) = write.problem().get() {
            Toast::new(format!("{}. {}", problem.title, problem.detail))
                .tone(Tone::Bad)
                .show();
            record.reload();
        }
    });
    let items = move || {
        if !may("Publish:Location") {
            return vec![];
        }
        let (visibility, published) = record
            .with(|location| (location.text("visibility"), location.flag("published")))
            .unwrap_or_default();
        let publish = match visibility.as_str() {
            "Private" => Some("Clear the Authorization list first: a location with a list is private."),
            "Published" => Some("It is published."),
            _ => None,
        };
        let unpublish = match visibility.as_str() {
            "Private" => Some("It is private: apps show it to listed customers and tokens only."),
            _ if !published => Some("It is unpublished."),
            _ => None,
        };
        vec![
            Item::press("Publish", move || set("publish"))
                .icon(Symbol::Eye)
                .refused(publish),
            Item::press("Unpublish", move || set("unpublish"))
                .icon(Symbol::EyeOff)
                .refused(unpublish),
        ]
    };
    view! {
        <SplitButton
            label="Edit"
            menu_label="Publish or unpublish"
            icon=Symbol::Edit
            only_menu=Signal::derive(move || !record.can("edit"))
            disabled=Signal::derive(move || !record.is_loaded())
            on_press=move |()| editing.set(true)
            items=items
        />
        <EditLocation current open=editing />
    }
}
