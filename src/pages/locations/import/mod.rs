//! *Import charge tokens*, a page of its own within the location: file, check, preview, done.

mod address;
mod bad_rows;
mod buttons;
mod check;
mod detected;
mod done;
mod figures;
mod file;
mod finalise;
mod fingerprint;
mod going;
mod history;
mod preview;
mod problems;
pub mod read;
mod refused;
mod removed;
mod rows;
pub mod send;
mod stage;
mod steps;
mod turn;
mod undo;
pub mod wizard;
mod words;

use crate::prelude::*;

pub use steps::WizardSteps;

use leptos_router::hooks::use_query_map;

use self::history::Earlier;
use self::removed::RemovedPage;
use self::wizard::Wizard;
use super::CurrentLocation;
use crate::pages::shell::{Crumb, Forbidden, Frame, PageHeader, may};
use crate::routes;

/// The wizard, with its own page header, or what an import removed. Made anew for each location.
#[component]
pub fn ImportWizard() -> impl IntoView {
    let current = CurrentLocation::get();
    let crumbs = move || {
        let id = current.id.get();
        let name = current
            .record
            .with(|location| location.text("name"))
            .unwrap_or_else(|| "Location".into());
        vec![
            Crumb::area("CPO"),
            Crumb::page("Charge locations", routes::LOCATIONS),
            Crumb::page(name, routes::location(&id)),
            Crumb::page("Authorization", routes::location_authorization_tokens(&id)),
        ]
    };
    let query = use_query_map();
    let removed_by = memo(move |_| {
        query
            .with(|query| query.get(routes::REMOVED_BY))
            .unwrap_or_default()
    });
    move || {
        let (location, import) = (current.id.get(), removed_by.get());
        if !import.is_empty() {
            let crumbs = Signal::derive(move || {
                let mut crumbs = crumbs();
                crumbs.push(Crumb::page(TITLE, routes::location_import(&current.id.get())));
                crumbs
            });
            return view! { <RemovedPage location import crumbs /> }.into_any();
        }
        let wizard = Wizard::new(location);
        address::follow(wizard);
        // An import may change the location's visibility, which its page shows.
        watch(move |before: Option<u64>| {
            let changes = wizard.imports_changed.get();
            if before.is_some() {
                current.record.reload();
            }
            changes
        });
        view! {
            <PageHeader title=TITLE crumbs=Signal::derive(crumbs) />
            <Show when=|| may(CHANGE) fallback=move || only_looking(wizard)>
                <WizardSteps wizard />
            </Show>
        }
        .into_any()
    }
}

/// What those see who may not import.
fn only_looking(wizard: Wizard) -> AnyView {
    let known = || Frame::current().is_some_and(|frame| frame.session.is_loaded());
    view! {
        <Show when=known>
            <Forbidden permission=CHANGE />
            <Earlier wizard />
        </Show>
    }
    .into_any()
}

/// The permission to import.
const CHANGE: &str = "Manage:Location";
const TITLE: &str = "Import charge tokens";
