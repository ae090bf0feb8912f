//! The queue of requests.

use domain::driver_requests::DriverRequest;
use leptos_router::hooks::use_location;

use super::PATH;
use super::table::RequestsTable;
use crate::app::go;
use crate::kit::format::number;
use crate::kit::{EmptyState, LinkButton, Tab, Tabs};
use crate::pages::shell::{Crumb, Frame, PageHeader};
use crate::prelude::*;
use crate::routes;
use crate::table::{List, QueryState};

/// What the page shows unless its address says otherwise.
const PENDING: &str = "status:is:Pending";
/// Says nothing that is not usual, and so is not the bare address, which leads to what is pending.
const ALL: &str = "match=all";

#[component]
pub fn RequestsPage() -> impl IntoView {
    let pending = format!("{}?filter={PENDING}", routes::REQUESTS);
    if use_location().search.get_untracked().is_empty() {
        go(&pending);
    }
    let query = QueryState::in_url(List::of::<DriverRequest>(PATH), "");
    let page = query.load();
    let frame = Frame::current();
    let waiting = move || frame.map(Frame::waiting).filter(|waiting| *waiting > 0);
    let only_pending = move || query.get().filter == [PENDING];
    let tabs = move || {
        let tab = |label: &str, href: &str, note, current| Tab {
            label: label.into(),
            href: href.into(),
            note,
            current,
        };
        let all = format!("{}?{ALL}", routes::REQUESTS);
        vec![
            tab("Pending", &pending, waiting().map(number), only_pending()),
            tab("All", &all, None, query.get().filter.is_empty()),
        ]
    };
    let caught_up = memo(move |_| {
        let none = page.with(|rows| rows.total == 0 && rows.problem.is_empty());
        none.unwrap_or_default() && only_pending() && query.get().q.is_empty() && page.problem().is_none()
    });
    view! {
        <PageHeader title="Requests" crumbs=vec![Crumb::area("Driver management")] />
        <Tabs label="Requests" tabs=tabs />
        <Show when=move || !caught_up.get() fallback=|| nothing("No request waits for a decision")>
            <RequestsTable query page empty=|| nothing("No requests yet") />
        </Show>
    }
    .into_any()
}

fn nothing(title: &'static str) -> AnyView {
    view! {
        <EmptyState
            title
            detail="Drivers ask to join through the link, the QR code or the search code of a connection."
        >
            <LinkButton href=routes::CONNECTIONS>"Connections"</LinkButton>
        </EmptyState>
    }
    .into_any()
}
