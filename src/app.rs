//! The app: the page that the address names, inside the shell, and the region that speaks.

use leptos_router::NavigateOptions;
use leptos_router::components::Router;
use leptos_router::hooks::{use_location, use_navigate};
use leptos_router::location::{BrowserUrl, LocationProvider};

use crate::kit::toast::ToastRegion;
use crate::pages::accounts::{AccountPage, AccountsPage};
use crate::pages::audit::AuditPage;
use crate::pages::chargepoint::ChargePointPage;
use crate::pages::connections::{ConnectionPage, ConnectionsPage};
use crate::pages::customers::{CUSTOMERS, CustomerPage};
use crate::pages::dashboard::DashboardPage;
use crate::pages::driver_requests::RequestsPage;
use crate::pages::locations::{LocationPage, LocationsPage};
use crate::pages::outline::{ListPage, Outline, RecordPage};
use crate::pages::outlined;
use crate::pages::roles::{ROLES, RolePage};
use crate::pages::shell::{Frame, NotFound, Shell, first};
use crate::pages::station_tokens::{StationTokenPage, StationTokensPage};
use crate::pages::tokens::{TOKENS, TokenPage};
use crate::pages::your_account::YourAccountPage;
use crate::prelude::*;
use crate::routes::{Address, Page, Place};

#[component]
pub fn App() -> impl IntoView {
    view! {
        <Router>
            <Shell>
                <Pages />
            </Shell>
        </Router>
        <ToastRegion />
    }
}

/// The page of the address. It stays while the address leads to another record or tab of it.
#[component]
fn Pages() -> impl IntoView {
    let path = use_location().pathname;
    let address = memo(move |_| path.with(|path| Address::of(path)));
    let page = memo(move |_| address.with(|address| address.page));
    // The router writes where a link led to into the history only now.
    if let Some(browser) = use_context::<BrowserUrl>() {
        effect(move || {
            path.track();
            browser.ready_to_complete();
        });
    }
    move || {
        let page = page.get();
        provide_context(Place::of(page, address));
        match page {
            Page::Home => {
                // Where it leads depends on what whoever is signed in may see.
                effect(move || {
                    if Frame::current().is_none_or(|frame| frame.session.is_settled()) {
                        go(first());
                    }
                });
                ().into_any()
            }
            Page::Locations => view! { <LocationsPage /> }.into_any(),
            Page::Location => view! { <LocationPage /> }.into_any(),
            Page::Customers => list(&CUSTOMERS),
            Page::Customer => view! { <CustomerPage /> }.into_any(),
            Page::Tokens => list(&TOKENS),
            Page::Token => view! { <TokenPage /> }.into_any(),
            Page::Connections => view! { <ConnectionsPage /> }.into_any(),
            Page::Connection => view! { <ConnectionPage /> }.into_any(),
            Page::Requests => view! { <RequestsPage /> }.into_any(),
            Page::StationTokens => view! { <StationTokensPage /> }.into_any(),
            Page::StationToken => view! { <StationTokenPage /> }.into_any(),
            Page::Accounts => view! { <AccountsPage /> }.into_any(),
            Page::Account => view! { <AccountPage /> }.into_any(),
            Page::Roles => list(&ROLES),
            Page::Role => view! { <RolePage /> }.into_any(),
            Page::YourAccount => view! { <YourAccountPage /> }.into_any(),
            Page::Audit => view! { <AuditPage /> }.into_any(),
            Page::Dashboard => view! { <DashboardPage /> }.into_any(),
            Page::ChargePoint => view! { <ChargePointPage /> }.into_any(),
            Page::List(at) => outlined(at).map_or_else(missing, list),
            Page::Record(at) => match outlined(at).and_then(|outline| outline.record.zip(Some(outline))) {
                Some((sheet, outline)) => view! { <RecordPage outline sheet /> }.into_any(),
                None => missing(),
            },
            Page::Unknown => missing(),
        }
    }
}

fn list(outline: &'static Outline) -> AnyView {
    view! { <ListPage outline /> }.into_any()
}

fn missing() -> AnyView {
    view! { <NotFound /> }.into_any()
}

/// Goes on without leaving a step in the history.
pub fn go(path: &str) {
    let options = NavigateOptions {
        replace: true,
        ..NavigateOptions::default()
    };
    use_navigate()(path, options);
}
