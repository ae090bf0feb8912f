//! The paths of all pages, in both directions. Links and redirects are made here and nowhere else.

use crate::prelude::*;

/// CPO › Charge locations.
pub const LOCATIONS: &str = "/cpo/charge-locations";
/// The dashboard.
pub const DASHBOARD: &str = "/dashboard";
/// CPO › Charge stations.
pub const STATIONS: &str = "/cpo/charge-stations";
/// CPO › Station groups.
pub const STATION_GROUPS: &str = "/cpo/station-groups";
/// CPO › Sessions.
pub const SESSIONS: &str = "/cpo/sessions";
/// CPO › Transactions.
pub const TRANSACTIONS: &str = "/cpo/transactions";
/// CPO › Alarms.
pub const ALARMS: &str = "/cpo/alarms";
/// CPO › Load.
pub const LOAD: &str = "/cpo/load";
/// CPO › Load events.
pub const LOAD_EVENTS: &str = "/cpo/load-events";
/// Driver management › Drivers.
pub const DRIVERS: &str = "/driver-management/drivers";
/// Fleet › Vehicles.
pub const VEHICLES: &str = "/fleet/vehicles";
/// Fleet › Usage.
pub const USAGE: &str = "/fleet/usage";
/// Organizations › Organizations.
pub const ORGANIZATIONS: &str = "/organizations/all";
/// Organizations › Networks of ChargePoint.
pub const NETWORKS: &str = "/organizations/networks";

/// The pages that are outlined: a list, and below it the pages of its records with their tabs.
const OUTLINED: &[&str] = &[
    STATIONS,
    STATION_GROUPS,
    SESSIONS,
    TRANSACTIONS,
    ALARMS,
    LOAD,
    LOAD_EVENTS,
    DRIVERS,
    VEHICLES,
    USAGE,
    ORGANIZATIONS,
    NETWORKS,
    PARTNERS,
];

/// The last parts of the addresses of their tabs.
const PARTS: &[&str] = &[
    "load",
    "sessions",
    "alarms",
    "configuration",
    "history",
    "rights",
    "rights-of-others",
    "tokens",
];

/// Customers & tokens › Customers.
pub const CUSTOMERS: &str = "/customers";
/// Customers & tokens › Charge tokens.
pub const TOKENS: &str = "/tokens";
/// Driver management › Connections.
pub const CONNECTIONS: &str = "/driver-management/connections";
/// Driver management › Requests.
pub const REQUESTS: &str = "/driver-management/requests";
/// Organizations › Inventory.
pub const STATION_TOKENS: &str = "/organizations/inventory/station-tokens";

/// Settings › Accounts.
pub const ACCOUNTS: &str = "/settings/accounts";
/// Settings › Roles.
pub const ROLES: &str = "/settings/roles";
/// Settings › Roaming partners.
pub const PARTNERS: &str = "/settings/partners";
/// Settings › ChargePoint.
pub const CHARGEPOINT: &str = "/settings/chargepoint";
/// One's own account.
pub const YOUR_ACCOUNT: &str = "/account";
/// Settings › Audit.
pub const AUDIT: &str = "/settings/audit";

/// A location's Overview tab.
pub fn location(id: &str) -> String {
    below(LOCATIONS, id)
}

/// Where an organization stands in the list of them.
pub fn organization(id: &str) -> String {
    [ORGANIZATIONS, "?q=", id].concat()
}

/// A location's Stations tab.
pub fn location_stations(id: &str) -> String {
    location(id) + "/stations"
}

/// A location's History tab.
pub fn location_history(id: &str) -> String {
    location(id) + "/history"
}

/// A location's Authorization tab, which goes on to its customers.
pub fn location_authorization(id: &str) -> String {
    location(id) + "/authorization"
}

/// The customers of a location's Authorization list.
pub fn location_authorization_customers(id: &str) -> String {
    location_authorization(id) + "/customers"
}

/// The charge tokens of a location's Authorization list.
pub fn location_authorization_tokens(id: &str) -> String {
    location_authorization(id) + "/tokens"
}

/// Who was refused at a location lately.
pub fn location_refused(id: &str) -> String {
    location_authorization(id) + "/refused"
}

/// *Import charge tokens* of a location.
pub fn location_import(id: &str) -> String {
    location_authorization(id) + "/import"
}

/// What an import took off a location's list.
pub fn import_removed(location: &str, import: &str) -> String {
    [&location_import(location), "?", REMOVED_BY, "=", &segment(import)].concat()
}

/// The parameter that names an import on the page of imports.
pub const REMOVED_BY: &str = "removedBy";

/// The page of a record of a list.
pub fn below(list: &str, id: &str) -> String {
    [list, "/", &segment(id)].concat()
}

/// A customer.
pub fn customer(id: &str) -> String {
    below(CUSTOMERS, id)
}

/// A charge token.
pub fn token(id: &str) -> String {
    below(TOKENS, id)
}

/// A connection.
pub fn connection(id: &str) -> String {
    below(CONNECTIONS, id)
}

/// The requests of a connection that have a status.
pub fn requests_of(connection: &str, status: &str) -> String {
    let connection = segment(connection);
    [
        REQUESTS,
        "?filter=connectionId:is:",
        &connection,
        "&filter=status:is:",
        status,
    ]
    .concat()
}

/// What a station draws, where load is shed and planned.
pub fn load_of(station: &str) -> String {
    [LOAD, "?filter=stationId:is:", &segment(station)].concat()
}

/// A station token.
pub fn station_token(id: &str) -> String {
    below(STATION_TOKENS, id)
}

/// An account.
pub fn account(id: &str) -> String {
    below(ACCOUNTS, id)
}

/// The accounts that have the role of that name.
pub fn accounts_of(role: &str) -> String {
    [ACCOUNTS, "?filter=role:is:", &segment(role)].concat()
}

/// A role.
pub fn role(id: &str) -> String {
    below(ROLES, id)
}

/// An id as one segment of a path.
fn segment(id: &str) -> String {
    String::from(js_sys::encode_uri_component(id))
}

/// What an address leads to; [`Tab`] and id stand beside it in an [`Address`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// The portal itself, which goes on to the dashboard.
    Home,
    Locations,
    Location,
    Customers,
    Customer,
    Tokens,
    Token,
    Connections,
    Connection,
    Requests,
    StationTokens,
    StationToken,
    Accounts,
    Account,
    Roles,
    Role,
    YourAccount,
    Audit,
    Dashboard,
    ChargePoint,
    /// A list that is outlined, by its address.
    List(&'static str),
    /// A record of one.
    Record(&'static str),
    /// None of the portal's addresses.
    Unknown,
}

/// A tab of a location.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    #[default]
    Overview,
    Stations,
    /// Goes on to the customers.
    Authorization,
    Customers,
    Tokens,
    Refused,
    /// A list that the Authorization tab does not have.
    NoList,
    Import,
    History,
    /// A tab of a record that is outlined.
    Part(&'static str),
}

impl Tab {
    /// The last part of its address; empty for the first.
    pub fn part(self) -> &'static str {
        match self {
            Self::Part(part) => part,
            _ => "",
        }
    }
}

/// What a path says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    pub page: Page,
    /// The record's id as it stands in the path.
    pub id: String,
    pub tab: Tab,
}

impl Address {
    /// Takes a path apart: the other direction of the functions above.
    pub fn of(path: &str) -> Self {
        let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
        let (page, id, tab) = match segments.as_slice() {
            [] => (Page::Home, "", Tab::default()),
            ["cpo", "charge-locations"] => (Page::Locations, "", Tab::default()),
            ["cpo", "charge-locations", id, rest @ ..] => match tab(rest) {
                Some(tab) => (Page::Location, *id, tab),
                None => (Page::Unknown, "", Tab::default()),
            },
            ["customers"] => (Page::Customers, "", Tab::default()),
            ["customers", id] => (Page::Customer, *id, Tab::default()),
            ["tokens"] => (Page::Tokens, "", Tab::default()),
            ["tokens", id] => (Page::Token, *id, Tab::default()),
            ["driver-management", "connections"] => (Page::Connections, "", Tab::default()),
            ["driver-management", "connections", id] => (Page::Connection, *id, Tab::default()),
            ["driver-management", "requests"] => (Page::Requests, "", Tab::default()),
            ["organizations", "inventory", "station-tokens"] => (Page::StationTokens, "", Tab::default()),
            ["organizations", "inventory", "station-tokens", id] => (Page::StationToken, *id, Tab::default()),
            ["settings", "accounts"] => (Page::Accounts, "", Tab::default()),
            ["settings", "accounts", id] => (Page::Account, *id, Tab::default()),
            ["settings", "roles"] => (Page::Roles, "", Tab::default()),
            ["settings", "roles", id] => (Page::Role, *id, Tab::default()),
            ["account"] => (Page::YourAccount, "", Tab::default()),
            ["settings", "audit"] => (Page::Audit, "", Tab::default()),
            ["settings", "chargepoint"] => (Page::ChargePoint, "", Tab::default()),
            ["dashboard"] => (Page::Dashboard, "", Tab::default()),
            [area, list, rest @ ..] => {
                outlined(area, list, rest).unwrap_or((Page::Unknown, "", Tab::default()))
            }
            _ => (Page::Unknown, "", Tab::default()),
        };
        let id = id.to_owned();
        Self { page, id, tab }
    }
}

fn outlined<'p>(area: &str, list: &str, rest: &[&'p str]) -> Option<(Page, &'p str, Tab)> {
    let is_it = |at: &&&'static str| at[1..].split_once('/') == Some((area, list));
    let at = OUTLINED.iter().find(is_it)?;
    let part = |part: &str| PARTS.iter().find(|own| **own == part);
    Some(match rest {
        [] => (Page::List(at), "", Tab::default()),
        [id] => (Page::Record(at), *id, Tab::default()),
        [id, last] => (Page::Record(at), *id, Tab::Part(part(last)?)),
        _ => return None,
    })
}

fn tab(rest: &[&str]) -> Option<Tab> {
    Some(match rest {
        [] => Tab::Overview,
        ["stations"] => Tab::Stations,
        ["history"] => Tab::History,
        ["authorization"] => Tab::Authorization,
        ["authorization", "import"] => Tab::Import,
        ["authorization", "customers"] => Tab::Customers,
        ["authorization", "tokens"] => Tab::Tokens,
        ["authorization", "refused"] => Tab::Refused,
        ["authorization", _] => Tab::NoList,
        _ => return None,
    })
}

/// The record and the tab that the address names, for the page that shows them. They stay as they are
/// while the address leads to another page.
#[derive(Clone, Copy)]
pub struct Place {
    pub id: Memo<String>,
    pub tab: Memo<Tab>,
}

impl Place {
    /// The place of a page in the addresses that lead to it.
    pub fn of(page: Page, address: Memo<Address>) -> Self {
        let id = memo(move |before: Option<&String>| {
            address.with(|address| match before {
                Some(before) if address.page != page => before.clone(),
                _ => unescaped(&address.id),
            })
        });
        let tab = memo(move |before: Option<&Tab>| {
            address.with(|address| match before {
                Some(before) if address.page != page => *before,
                _ => address.tab,
            })
        });
        Self { id, tab }
    }

    /// The place of the page around.
    pub fn current() -> Self {
        use_context().unwrap_or_else(|| Self::of(Page::Unknown, memo(|_| Address::of(""))))
    }
}

fn unescaped(segment: &str) -> String {
    js_sys::decode_uri_component(segment).map_or_else(|_| segment.to_owned(), String::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    fn leads(path: &str) -> (Page, String, Tab) {
        let Address { page, id, tab } = Address::of(path);
        (page, id, tab)
    }

    #[wasm_bindgen_test]
    fn pages_and_records_have_addresses() {
        assert_eq!(leads("/").0, Page::Home);
        assert_eq!(leads(LOCATIONS).0, Page::Locations);
        assert_eq!(leads(CUSTOMERS).0, Page::Customers);
        assert_eq!(
            leads("/customers/a%2Fb/"),
            (Page::Customer, "a%2Fb".into(), Tab::Overview)
        );
        assert_eq!(leads(TOKENS).0, Page::Tokens);
        assert_eq!(leads("/tokens/t1"), (Page::Token, "t1".into(), Tab::Overview));
        assert_eq!(leads(CONNECTIONS).0, Page::Connections);
        assert_eq!(
            leads(&format!("{CONNECTIONS}/c1")),
            (Page::Connection, "c1".into(), Tab::Overview)
        );
        assert_eq!(leads(REQUESTS).0, Page::Requests);
        assert_eq!(leads(AUDIT).0, Page::Audit);
        assert_eq!(leads(STATION_TOKENS).0, Page::StationTokens);
        assert_eq!(
            leads(&format!("{STATION_TOKENS}/s1")),
            (Page::StationToken, "s1".into(), Tab::Overview)
        );
        assert_eq!((leads(ACCOUNTS).0, leads(ROLES).0), (Page::Accounts, Page::Roles));
        assert_eq!(leads(YOUR_ACCOUNT).0, Page::YourAccount);
        assert_eq!(
            leads(&format!("{ACCOUNTS}/a1")),
            (Page::Account, "a1".into(), Tab::Overview)
        );
        assert_eq!(
            leads(&format!("{ROLES}/viewer")),
            (Page::Role, "viewer".into(), Tab::Overview)
        );
    }

    #[wasm_bindgen_test]
    fn a_location_has_tabs() {
        let tab = |rest: &str| leads(&format!("{LOCATIONS}/l1{rest}"));
        let expected = [
            ("", Tab::Overview),
            ("/stations", Tab::Stations),
            ("/history", Tab::History),
            ("/authorization", Tab::Authorization),
            ("/authorization/customers", Tab::Customers),
            ("/authorization/tokens", Tab::Tokens),
            ("/authorization/refused", Tab::Refused),
            ("/authorization/import", Tab::Import),
            ("/authorization/else", Tab::NoList),
        ];
        for (rest, name) in expected {
            assert_eq!(tab(rest), (Page::Location, "l1".into(), name));
        }
    }

    #[wasm_bindgen_test]
    fn other_addresses_lead_nowhere() {
        for path in ["/else", "/cpo", "/customers/1/2", "/cpo/charge-locations/1/else"] {
            assert_eq!(leads(path).0, Page::Unknown, "{path}");
        }
    }
}
