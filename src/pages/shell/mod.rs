//! The frame around every page: navigation, top bar, the band that marks sandbox data.

mod header;
mod nav;
mod not_found;
mod status;
mod theme;

use std::time::Duration;

use domain::estate::ChargePointStatus;
use leptos_router::hooks::use_location;
use wasm_bindgen::JsCast;

pub use header::{Crumb, PageHeader};
pub use not_found::{NotFound, NotFoundHere};
pub use theme::{recall, remember};

use crate::api::{self, Loaded};
use crate::kit::{Icon, IconButton, Symbol};
use crate::prelude::*;

/// What the pages tell the shell, and what the shell knows for all of them.
#[derive(Clone, Copy)]
pub struct Frame {
    /// The way to the page that is shown, without the page itself.
    crumbs: RwSignal<Vec<Crumb>>,
    /// How the portal stands with ChargePoint.
    pub status: Loaded<ChargePointStatus>,
}

impl Frame {
    /// The frame around the page, if there is one.
    pub fn current() -> Option<Self> {
        use_context()
    }
}

#[component]
pub fn Shell(children: Children) -> impl IntoView {
    let frame = Frame {
        crumbs: RwSignal::new(vec![]),
        status: Loaded::new(api::chargepoint::status),
    };
    provide_context(frame);
    keep_status_fresh(frame.status);
    focus_title_after_route_change();
    view! {
        <a class="skip" href="#main" on:click=move |event| {
            event.prevent_default();
            focus_title();
        }>"Skip to the page"</a>
        <div class="frame">
            <nav::Navigation />
            <div class="frame-main">
                <header class="topbar">
                    <button
                        type="button"
                        class="button button-quiet button-icon topbar-menu"
                        aria-label="Navigation"
                        popovertarget=nav::ID
                    >
                        <Icon symbol=Symbol::Menu />
                    </button>
                    <span class="topbar-fold">
                        <IconButton icon=Symbol::Sidebar label="Fold navigation" on_press=|()| nav::fold() />
                    </span>
                    <header::Breadcrumb crumbs=frame.crumbs />
                    <status::Status status=frame.status />
                    <theme::ThemeMenu />
                </header>
                <status::SandboxBand status=frame.status />
                <main id="main" class="page">{children()}</main>
            </div>
        </div>
    }
}

/// How often the connection's state is asked for while the portal is in sight.
const STATUS_EVERY: Duration = Duration::from_secs(60);

fn keep_status_fresh(status: Loaded<ChargePointStatus>) {
    let ask = move || {
        if !document().hidden() {
            status.reload();
        }
    };
    if let Ok(handle) = set_interval_with_handle(ask, STATUS_EVERY) {
        on_cleanup(move || handle.clear());
    }
}

/// After a route change the focus goes to the page's title, as it does after a page load elsewhere.
fn focus_title_after_route_change() {
    let path = use_location().pathname;
    watch(move |before: Option<String>| {
        let path = path.get();
        if before.is_some_and(|before| before != path) {
            request_animation_frame(focus_title);
        }
        path
    });
}

fn focus_title() {
    let title = document().query_selector("main h1").ok().flatten();
    if let Some(title) = title.and_then(|title| title.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = title.focus();
    }
}
