//! The one table of what each route needs. A route that is not in it is refused.

use std::collections::HashMap;
use std::sync::LazyLock;

use axum::http::Method;

/// What a route needs of the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Nothing: it is how one becomes somebody.
    Nothing,
    /// An account, whatever it may do: what it sees is its own.
    Account,
    /// A permission.
    Permission(&'static str),
    /// One of two permissions.
    Either(&'static str, &'static str),
}

use Needs::{Account, Either, Nothing, Permission};

/// `GET+` is the list, and the same as a file by `GET` and by `POST`.
const ROUTES: &[(Needs, &[&str])] = &[
    (Nothing, &["POST /session"]),
    (
        Account,
        &[
            "GET /session",
            "DELETE /session",
            "PUT /session/password",
            "GET /sign-ins",
            "DELETE /sign-ins",
            "DELETE /sign-ins/{id}",
            "GET+ /keys",
            "POST /keys",
            "DELETE /keys/{id}",
            "GET /exports/{progress}",
            "GET+ /organizations",
            "GET /tables/{list}",
            "PUT /tables/{list}",
            "POST /tables/{list}/views",
            "PUT /tables/{list}/views/{id}",
            "DELETE /tables/{list}/views/{id}",
            "GET /chargepoint",
            "GET /events",
            "GET /find",
        ],
    ),
    (
        Permission("View:Location"),
        &[
            "GET+ /locations",
            "GET /dashboard/locations",
            "GET /locations/{id}",
            "GET+ /locations/{id}/history",
            "GET /locations/{id}/stations",
            "GET+ /locations/{id}/refused",
            "GET /locations/{id}/authorization",
            "GET+ /locations/{id}/authorization/customers",
            "GET+ /locations/{id}/authorization/tokens",
            "GET+ /locations/{id}/authorization/imports",
            "GET /locations/{id}/authorization/imports/{importId}",
            "GET /locations/{id}/authorization/imports/{importId}/preview",
            "GET+ /locations/{id}/authorization/imports/{importId}/removed",
        ],
    ),
    (
        Permission("Manage:Location"),
        &[
            "PATCH /locations/{id}",
            "POST /locations/{id}/refused/forget",
            "POST /locations/{id}/authorization/customers",
            "POST /locations/{id}/authorization/customers/remove",
            "DELETE /locations/{id}/authorization/customers/{entryId}",
            "POST /locations/{id}/authorization/tokens",
            "POST /locations/{id}/authorization/tokens/remove",
            "DELETE /locations/{id}/authorization/tokens/{entryId}",
            "POST /locations/{id}/authorization/imports",
            "DELETE /locations/{id}/authorization/imports/{importId}",
            "PUT /locations/{id}/authorization/imports/{importId}/chunks/{seq}",
            "POST /locations/{id}/authorization/imports/{importId}/finalise",
            "POST /locations/{id}/authorization/imports/{importId}/undo",
        ],
    ),
    (
        Permission("Publish:Location"),
        &["POST /locations/{id}/publish", "POST /locations/{id}/unpublish"],
    ),
    (Permission("Sync:Location"), &["POST /locations/sync"]),
    (
        Permission("Ask:Authorization"),
        &["POST /authorize", "POST /authorize/test"],
    ),
    (
        Permission("Ask:Visibility"),
        &["GET /locations/visible", "GET /locations/visible/{id}"],
    ),
    (
        Permission("View:Customer"),
        &[
            "GET+ /customers",
            "GET /customers/{id}",
            "GET+ /customers/{id}/history",
            "GET+ /customers/{id}/tokens",
            "GET+ /customers/{id}/locations",
        ],
    ),
    (
        Permission("Manage:Customer"),
        &[
            "POST /customers",
            "PATCH /customers/{id}",
            "DELETE /customers/{id}",
        ],
    ),
    (
        Permission("View:Token"),
        &[
            "GET+ /tokens",
            "GET /dashboard/tokens",
            "GET /tokens/{id}",
            "GET+ /tokens/{id}/history",
            "GET+ /tokens/{id}/locations",
        ],
    ),
    (Either("View:Token", "Manage:Location"), &["GET /search"]),
    (
        Permission("Manage:Token"),
        &[
            "POST /tokens",
            "PATCH /tokens/{id}",
            "DELETE /tokens/{id}",
            "POST /tokens/block",
            "POST /tokens/unblock",
            "POST /tokens/delete",
        ],
    ),
    (
        Permission("View:StationToken"),
        &[
            "GET /evses",
            "GET+ /station_tokens",
            "GET /station_tokens/summary",
            "GET /station_tokens/{id}",
            "GET /station_tokens/{id}/evses",
            "GET+ /station_tokens/{id}/history",
        ],
    ),
    (
        Permission("Manage:StationToken"),
        &[
            "POST /station_tokens",
            "PATCH /station_tokens/{id}",
            "DELETE /station_tokens/{id}",
            "POST /station_tokens/{id}/apply",
            "POST /station_tokens/imports",
            "GET /station_tokens/imports/{importId}",
            "POST /station_tokens/imports/{importId}/finalise",
            "DELETE /station_tokens/imports/{importId}",
        ],
    ),
    (
        Permission("Transfer:StationToken"),
        &[
            "POST /station_tokens/transfers/check",
            "POST /station_tokens/transfers",
        ],
    ),
    (
        Permission("View:Connection"),
        &[
            "GET+ /connections",
            "GET /connections/{id}",
            "GET+ /connections/{id}/history",
            "GET /connections/{id}/logo",
            "GET+ /driver_requests",
            "GET+ /drivers",
            "GET /drivers/{userId}",
            "GET+ /driver_requests/{id}/history",
            "GET+ /connections/{id}/driver_requests",
            "GET /driver_requests/pending",
            "GET /dashboard/requests",
        ],
    ),
    (
        Permission("Manage:Connection"),
        &[
            "POST /connections",
            "PATCH /connections/{id}",
            "DELETE /connections/{id}",
            "PUT /connections/{id}/logo",
            "DELETE /connections/{id}/logo",
            "POST /connections/{id}/invitation/rotate",
        ],
    ),
    // The link lets people in, so that whoever sees it can invite.
    (
        Either("Manage:Connection", "Approve:Connection"),
        &[
            "GET /connections/{id}/invitation",
            "GET /connections/{id}/invitation/qr.svg",
            "GET /connections/{id}/invitation/qr.png",
            "GET /connections/{id}/invitation/sheet",
        ],
    ),
    (
        Permission("Approve:Connection"),
        &[
            "POST /driver_requests/decide",
            "POST /connections/{id}/driver_requests/decide",
            "POST /drivers/{userId}/status",
        ],
    ),
    (
        Permission("View:Partner"),
        &[
            "GET+ /partners",
            "GET /partners/{id}",
            "GET+ /partners/{id}/history",
            "GET+ /partners/{id}/tokens",
        ],
    ),
    (
        Permission("Manage:Partner"),
        &[
            "POST /partners",
            "PATCH /partners/{id}",
            "DELETE /partners/{id}",
            "POST /partners/{id}/token",
            "POST /partners/{id}/register",
            "POST /partners/{id}/revoke",
        ],
    ),
    (
        Permission("Manage:Account"),
        &[
            "GET+ /accounts",
            "POST /accounts",
            "GET /accounts/{id}",
            "GET+ /accounts/{id}/history",
            "PATCH /accounts/{id}",
            "DELETE /accounts/{id}",
            "POST /accounts/{id}/set-up",
            "DELETE /accounts/{id}/sessions",
            "GET+ /roles",
            "POST /roles",
            "GET /roles/{id}",
            "GET+ /roles/{id}/history",
            "PATCH /roles/{id}",
            "DELETE /roles/{id}",
        ],
    ),
    (Permission("View:Audit"), &["GET+ /audit"]),
    (
        Permission("View:Station"),
        &[
            "GET+ /cpn-instances",
            "GET+ /stations",
            "GET /stations/{id}",
            "GET+ /stations/status",
            "GET /stations/{id}/status",
            "GET /stations/{id}/load",
            "GET+ /organizations/{orgId}/station-groups",
            "GET /station-groups/{id}",
            "GET /station-groups/{id}/load",
            "GET+ /station-groups/{id}/rights-profile",
            "GET+ /station-rights",
            "GET+ /alarms",
            "GET+ /load",
            "GET /load/groups",
            "GET+ /load/events",
            "GET /dashboard/stations",
            "GET /dashboard/ports",
            "GET /dashboard/alarms",
            "GET /dashboard/load",
            "POST /chargepoint/test",
            "GET+ /chargestations",
            "GET /chargestations/{id}",
            "GET /chargestations/{id}/page",
            "GET+ /chargestations/{id}/history",
        ],
    ),
    (
        Permission("Manage:Station"),
        &[
            "POST /chargestations",
            "PATCH /chargestations/{id}",
            "DELETE /chargestations/{id}",
        ],
    ),
    (
        Permission("View:Session"),
        &[
            "GET+ /sessions",
            "GET /sessions/{id}",
            "GET+ /sessions/{id}/intervals",
            "GET+ /transactions",
            "GET /transactions/sums",
            "GET /dashboard/energy",
        ],
    ),
    (
        Permission("Manage:Load"),
        &[
            "POST /load/shed",
            "POST /load/shed/preview",
            "POST /load/clear",
            "POST /load/events",
            "DELETE /load/events/{eventId}",
        ],
    ),
    (Permission("Clear:Alarm"), &["POST /alarms/clear"]),
    (
        Permission("Notify:Driver"),
        &["POST /stations/{id}/ports/{port}/waitlist-done"],
    ),
    (
        Permission("View:Fleet"),
        &[
            "GET+ /fleet/vehicles",
            "GET+ /fleet/usage",
            "GET /fleet/usage/sums",
        ],
    ),
    (
        Permission("Manage:Fleet"),
        &[
            "POST /fleet/vehicles",
            "PATCH /fleet/vehicles",
            "DELETE /fleet/vehicles/{fleetVehicleId}",
        ],
    ),
];

static BY_ROUTE: LazyLock<HashMap<(Method, String), Needs>> = LazyLock::new(|| {
    let mut routes = HashMap::new();
    for (needs, lines) in ROUTES {
        for (method, path) in lines.iter().filter_map(|line| line.split_once(' ')) {
            if method == "GET+" {
                for (method, path) in [
                    (Method::GET, path.to_owned()),
                    (Method::GET, format!("{path}/export")),
                    (Method::POST, format!("{path}/export")),
                ] {
                    routes.insert((method, path), *needs);
                }
            } else if let Ok(method) = method.parse() {
                routes.insert((method, path.to_owned()), *needs);
            }
        }
    }
    routes
});

/// What a route needs; none for one that the table does not know. HEAD is answered by the route of GET.
pub fn needs(method: &Method, pattern: &str) -> Option<Needs> {
    if ["/api/openapi.json", "/api/docs", "/metrics"].contains(&pattern) {
        return Some(Account);
    }
    let path = pattern.strip_prefix("/api/v1")?;
    BY_ROUTE.get(&(method.clone(), path.to_owned())).copied()
}

/// All routes of the table: method, path below `/api/v1`, and what they need.
pub fn all() -> impl Iterator<Item = (&'static Method, &'static str, Needs)> {
    BY_ROUTE
        .iter()
        .map(|((method, path), needs)| (method, path.as_str(), *needs))
}
