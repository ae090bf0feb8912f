//! The frame around every page: navigation, top bar, the band that marks sandbox data.

mod account;
mod ended;
mod forbidden;
mod header;
mod nav;
mod not_found;
mod palette;
mod status;
mod theme;

use std::time::Duration;

use leptos_router::hooks::use_location;
use wasm_bindgen::JsCast;

pub use forbidden::Forbidden;
pub use header::{Crumb, PageHeader};
pub use nav::first;
pub use not_found::{NotFound, NotFoundHere};
pub use theme::{recall, remember};

use crate::api::{Call, Live, Loaded, Record, Status, records};
use crate::kit::{Icon, IconButton, Symbol};
use crate::prelude::*;

/// What the pages tell the shell, and what the shell knows for all of them.
#[derive(Clone, Copy)]
pub struct Frame {
    /// The way to the page that is shown, without the page itself.
    crumbs: RwSignal<Vec<String>>,
    /// How the portal stands with ChargePoint.
    pub status: Loaded<Record>,
    /// Who is signed in.
    pub session: Loaded<Record>,
    /// What they may do; [`UNKNOWN`] as long as it is not known who that is. It changes with that alone, not
    /// whenever the session is read again: tools and menus in use stay.
    held: Memo<Vec<String>>,
    /// How many requests wait for a decision.
    pub pending: Loaded<Record>,
    /// What happens elsewhere.
    pub live: Live,
    /// Set every minute.
    pub minute: RwSignal<()>,
}

/// Stands for what somebody may do who is not known yet.
const UNKNOWN: &str = "?";

impl Frame {
    /// The frame around the page, if there is one.
    pub fn current() -> Option<Self> {
        use_context()
    }

    /// Whether whoever is signed in may, tracked; as long as it is not known who that is, they may.
    pub fn may(self, permission: &str) -> bool {
        self.holds(permission, true)
    }

    /// What is not known yet is answered with `unknown`.
    fn holds(self, permission: &str, unknown: bool) -> bool {
        self.held.with(|held| match held.first() {
            Some(first) if first == UNKNOWN => unknown,
            _ => permission.is_empty() || held.iter().any(|key| key == permission),
        })
    }

    /// How many requests wait for a decision, tracked; 0 until that is known.
    pub fn waiting(self) -> u64 {
        self.pending
            .with(|pending| pending.count("count"))
            .unwrap_or_default()
    }
}

/// Whether whoever is signed in may, tracked; not before it is known who that is. What is one's own takes no
/// permission: an empty one.
pub fn may(permission: &str) -> bool {
    Frame::current().is_none_or(|frame| frame.holds(permission, false))
}

/// Fetches again whenever such events come; without names never.
pub fn follow(names: &'static [&'static str], what: Status) {
    if let Some(frame) = Frame::current().filter(|_| !names.is_empty()) {
        frame.live.on(names, what);
    }
}

#[component]
pub fn Shell(children: Children) -> impl IntoView {
    let session: Loaded<Record> = Loaded::new(|| Call::get("/session").alone().fetch());
    let frame = Frame {
        crumbs: RwSignal::new(vec![]),
        status: Loaded::new(|| records::get("/chargepoint")),
        session,
        held: memo(move |_| {
            let held = session.with(|session| session.texts("permissions"));
            held.unwrap_or_else(|| vec![UNKNOWN.to_owned()])
        }),
        pending: Loaded::new(|| records::get("/driver_requests/pending")),
        live: Live::listen(),
        minute: RwSignal::new(()),
    };
    frame.live.on(&["request"], frame.pending.status());
    frame.live.on(&["chargepoint"], frame.status.status());
    provide_context(frame);
    keep_fresh(frame);
    after_route_change(frame);
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
                    <palette::Palette />
                    <status::Status status=frame.status live=frame.live />
                    <theme::ThemeMenu />
                    <account::AccountMenu session=frame.session />
                </header>
                <status::SandboxBand status=frame.status />
                <main id="main" class="page">{children()}</main>
            </div>
        </div>
        <ended::Ended frame />
    }
}

/// How often the state of the connection to ChargePoint and the count of requests are asked for while the portal is in sight.
const FRESH_EVERY: Duration = Duration::from_secs(60);

fn keep_fresh(frame: Frame) {
    let ask = move || {
        frame.minute.set(());
        if !document().hidden() {
            frame.status.reload();
            if untrack(|| frame.may("View:Connection")) {
                frame.pending.reload();
            }
            frame.session.reload();
        }
    };
    if let Ok(handle) = set_interval_with_handle(ask, FRESH_EVERY) {
        on_cleanup(move || handle.clear());
    }
}

/// After a route change the focus goes to the page's title, as it does after a page load elsewhere. What one
/// may do may be another thing by now.
fn after_route_change(frame: Frame) {
    let path = use_location().pathname;
    watch(move |before: Option<String>| {
        let path = path.get();
        if before.is_some_and(|before| before != path) {
            request_animation_frame(focus_title);
            frame.session.reload();
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
