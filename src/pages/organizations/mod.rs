//! Organizations › Organizations and Networks.

use super::outline::Outline;
use crate::routes;
use crate::table::Shown;

pub static ORGANIZATIONS: Outline = Outline {
    at: routes::ORGANIZATIONS,
    area: "Organizations",
    title: "Organizations",
    noun: ("organization", "organizations"),
    path: "/organizations",
    list: domain::app!(ORGANIZATIONS),
    id: "id",
    search: "Search by name or ID",
    empty: (
        "No organizations",
        "Whose stations ChargePoint shows us, and whose tokens are in stock.",
    ),
    cells: &[("groups", |one| {
        Shown::link(
            one.records("groups").len().to_string(),
            [routes::STATION_GROUPS, "?q=", &one.text("id")].concat(),
        )
    })],
    ..Outline::USUAL
};

pub static NETWORKS: Outline = Outline {
    at: routes::NETWORKS,
    area: "Organizations",
    title: "Networks",
    noun: ("network", "networks"),
    path: "/cpn-instances",
    list: domain::app!(CPN_INSTANCES),
    id: "cpnId",
    search: "Search by network",
    empty: ("No networks", "The instances of ChargePoint's network."),
    ..Outline::USUAL
};
