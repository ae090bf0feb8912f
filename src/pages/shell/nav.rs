//! The navigation at the left. It folds to icons, and is a drawer on phones.

use leptos_router::hooks::use_location;
use wasm_bindgen::JsCast;

use super::{Frame, account};
use crate::kit::format::number;
use crate::kit::{Icon, Symbol};
use crate::prelude::*;
use crate::routes;

/// The navigation's id, for the button that opens the drawer.
pub const ID: &str = "navigation";

/// An area and its pages. An area appears when its first page does.
struct Area {
    label: &'static str,
    pages: &'static [Page],
}

struct Page {
    label: &'static str,
    href: &'static str,
    symbol: Symbol,
    /// The permission without which there is nothing to see.
    needs: &'static str,
    /// How many things wait there to be done, tracked; none for a page where nothing does.
    waiting: Option<fn(Frame) -> u64>,
}

const fn page(label: &'static str, href: &'static str, symbol: Symbol, needs: &'static str) -> Page {
    Page {
        label,
        href,
        symbol,
        needs,
        waiting: None,
    }
}

const AREAS: &[Area] = &[
    Area {
        label: "",
        pages: &[page("Dashboard", routes::DASHBOARD, Symbol::Gauge, "")],
    },
    Area {
        label: "CPO",
        pages: &[
            page(
                "Charge locations",
                routes::LOCATIONS,
                Symbol::Pin,
                "View:Location",
            ),
            page("Charge stations", routes::STATIONS, Symbol::Plug, "View:Station"),
            page(
                "Station groups",
                routes::STATION_GROUPS,
                Symbol::Tree,
                "View:Station",
            ),
            page("Sessions", routes::SESSIONS, Symbol::Clock, "View:Session"),
            page(
                "Transactions",
                routes::TRANSACTIONS,
                Symbol::Receipt,
                "View:Session",
            ),
            page("Alarms", routes::ALARMS, Symbol::Alert, "View:Station"),
            page("Load", routes::LOAD, Symbol::Bolt, "View:Station"),
            page(
                "Load events",
                routes::LOAD_EVENTS,
                Symbol::Calendar,
                "View:Station",
            ),
        ],
    },
    Area {
        label: "Driver management",
        pages: &[
            page(
                "Connections",
                routes::CONNECTIONS,
                Symbol::Link,
                "View:Connection",
            ),
            Page {
                waiting: Some(Frame::waiting),
                ..page("Requests", routes::REQUESTS, Symbol::Inbox, "View:Connection")
            },
            page("Drivers", routes::DRIVERS, Symbol::Person, "View:Connection"),
        ],
    },
    Area {
        label: "Customers & tokens",
        pages: &[
            page("Customers", routes::CUSTOMERS, Symbol::People, "View:Customer"),
            page("Charge tokens", routes::TOKENS, Symbol::Card, "View:Token"),
        ],
    },
    Area {
        label: "Fleet",
        pages: &[
            page("Vehicles", routes::VEHICLES, Symbol::Car, "View:Fleet"),
            page("Usage", routes::USAGE, Symbol::Bars, "View:Fleet"),
        ],
    },
    Area {
        label: "Organizations",
        pages: &[
            page(
                "Organizations",
                routes::ORGANIZATIONS,
                Symbol::Building,
                "View:Station",
            ),
            page("Networks", routes::NETWORKS, Symbol::Globe, "View:Station"),
            page(
                "Inventory",
                routes::STATION_TOKENS,
                Symbol::Box,
                "View:StationToken",
            ),
        ],
    },
    Area {
        label: "Settings",
        pages: &[
            page("Accounts", routes::ACCOUNTS, Symbol::Person, "Manage:Account"),
            page("Roles", routes::ROLES, Symbol::Lock, "Manage:Account"),
            page(
                "Roaming partners",
                routes::PARTNERS,
                Symbol::Globe,
                "View:Partner",
            ),
            page("Audit", routes::AUDIT, Symbol::File, "View:Audit"),
            page("ChargePoint", routes::CHARGEPOINT, Symbol::System, "View:Station"),
        ],
    },
];

#[component]
pub fn Navigation() -> impl IntoView {
    let path = use_location().pathname;
    let page = move |page: &'static Page| {
        let &Page {
            label,
            href,
            symbol,
            needs: _,
            waiting,
        } = page;
        let badge = move || {
            let count = Frame::current()
                .zip(waiting)
                .map(|(frame, waiting)| waiting(frame))?;
            (count > 0).then(|| view! { <span class="nav-badge">{number(count)}</span> })
        };
        let current = move || path.with(|path| is_at(path, href)).then_some("page");
        view! {
            <li>
                <a href=href title=label aria-current=current on:click=|_| close_drawer()>
                    <Icon symbol />
                    <span>{label}</span>
                    {badge}
                </a>
            </li>
        }
    };
    let area = move |area: &'static Area| {
        let mut pages = area.pages.iter().filter(|page| may(page.needs)).peekable();
        pages.peek()?;
        let named = (!area.label.is_empty()).then_some(area.label);
        Some(view! {
            <p class="nav-area" aria-hidden="true">
                {named}
            </p>
            <ul aria-label=named>{pages.map(page).collect_view()}</ul>
        })
    };
    view! {
        <nav id=ID class="nav" aria-label="Main" popover="auto">
            <div class="nav-brand">
                <img src="/icons/portal.svg" alt="" />
                <span>"EV Portal"</span>
            </div>
            {move || AREAS.iter().map(area).collect_view()}
        </nav>
    }
}

/// Whether somebody may, tracked; as long as it is not known who asks, they may.
fn may(needs: &str) -> bool {
    Frame::current().is_none_or(|frame| frame.may(needs))
}

/// The words and the addresses of all pages that they may see, tracked.
pub fn offered() -> impl Iterator<Item = (&'static str, &'static str)> {
    let pages = AREAS.iter().flat_map(|area| area.pages);
    pages
        .filter(|page| may(page.needs))
        .map(|page| (page.label, page.href))
        .chain([(account::LABEL, routes::YOUR_ACCOUNT)])
}

/// The first page that they may see.
pub fn first() -> &'static str {
    let mut pages = AREAS.iter().flat_map(|area| area.pages);
    let first = pages.find(|page| may(page.needs));
    first.map_or(routes::LOCATIONS, |page| page.href)
}

/// A page or one below it.
fn is_at(path: &str, href: &str) -> bool {
    path.strip_prefix(href)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn close_drawer() {
    let nav = document()
        .get_element_by_id(ID)
        .and_then(|nav| nav.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(nav) = nav {
        // Refused where it is no drawer.
        let _ = nav.hide_popover();
    }
}

/// Folds the navigation to icons or unfolds it, and remembers that.
pub fn fold() {
    let Some(root) = document().document_element() else {
        return;
    };
    let folded = root.get_attribute("data-nav").is_none();
    let _ = if folded {
        root.set_attribute("data-nav", "folded")
    } else {
        root.remove_attribute("data-nav")
    };
    super::theme::remember("nav", folded.then_some("folded"));
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn a_page_below_is_at_the_page() {
        assert!(is_at("/customers", "/customers"));
        assert!(is_at("/customers/1", "/customers"));
        assert!(!is_at("/customers-old", "/customers"));
    }
}
