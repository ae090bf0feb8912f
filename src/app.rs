//! The app: routes inside the shell, and the region that speaks.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::components::{ParentRoute, Redirect, Route, Router, Routes};
use leptos_router::hooks::use_params_map;
use leptos_router::path;

use crate::kit::toast::ToastRegion;
use crate::pages::customers::{CustomerPage, CustomersPage};
use crate::pages::locations::authorization::AuthorizationTab;
use crate::pages::locations::import::ImportWizard;
use crate::pages::locations::{LocationPage, LocationsPage, OverviewTab, StationsTab};
use crate::pages::shell::{NotFound, Shell};
use crate::pages::tokens::{TokenPage, TokensPage};
use crate::routes;

#[component]
pub fn App() -> impl IntoView {
    view! {
        <Router>
            <Shell>
                <Routes fallback=NotFound>
                    <Route path=path!("/") view=|| go(routes::LOCATIONS.into()) />
                    <Route path=path!("/cpo/charge-locations") view=LocationsPage />
                    <ParentRoute path=path!("/cpo/charge-locations/:id") view=LocationPage>
                        <Route path=path!("") view=OverviewTab />
                        <Route path=path!("stations") view=StationsTab />
                        <Route path=path!("authorization") view=ToCustomers />
                        <Route path=path!("authorization/import") view=ImportWizard />
                        <Route path=path!("authorization/:list") view=AuthorizationTab />
                    </ParentRoute>
                    <Route path=path!("/customers") view=CustomersPage />
                    <Route path=path!("/customers/:id") view=CustomerPage />
                    <Route path=path!("/tokens") view=TokensPage />
                    <Route path=path!("/tokens/:id") view=TokenPage />
                </Routes>
            </Shell>
        </Router>
        <ToastRegion />
    }
}

/// The Authorization tab opens with the customers.
#[component]
fn ToCustomers() -> impl IntoView {
    let id = use_params_map().read_untracked().get("id").unwrap_or_default();
    go(routes::location_authorization_customers(&id))
}

/// Goes on without leaving a step in the history.
fn go(path: String) -> impl IntoView {
    let options = NavigateOptions {
        replace: true,
        ..NavigateOptions::default()
    };
    view! { <Redirect path options /> }
}
