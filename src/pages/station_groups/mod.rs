//! CPO › Station groups: the tree of groups, and a group with its stations, load and rights.

mod tree;

use domain::column::{Head, Kind};

use super::load::{CLEAR_GROUP, PLAN, SHED_GROUP};
use super::outline::{Outline, Part, Sheet, Tab};
use crate::routes;
use crate::table::Shown;

pub static GROUPS: Outline = Outline {
    at: routes::STATION_GROUPS,
    area: "CPO",
    title: "Station groups",
    noun: ("station group", "station groups"),
    path: "/station-groups",
    list: domain::app!(STATION_GROUPS),
    id: "sgId",
    actions: &[&SHED_GROUP, &CLEAR_GROUP, &PLAN],
    instead: Some(tree::draw),
    record: Some(&Sheet {
        name: "Station group",
        read: "",
        // Every organization has a tree that begins with all its locations.
        title: |group| match group.text("organizationName") {
            none if none.is_empty() => group.text("groupName"),
            whose => [&group.text("groupName"), " · ", &whose].concat(),
        },
        state: None,
        tabs: &[
            Tab {
                label: "Stations",
                parts: &[
                    Part::Facts(domain::packed!(= &[Head::new("numStations", "Stations", Kind::Number)])),
                    Part::Draw(tree::below),
                    Part::List(
                        &super::chargestations::STATIONS,
                        |id| ["/chargestations?sgId=", id].concat(),
                        &[],
                    ),
                ],
                ..Tab::FIRST
            },
            Tab {
                label: "Load",
                at: "load",
                parts: &[
                    Part::Draw(super::load::groups::one),
                    Part::List(&super::load::LOAD, |id| ["/load?sgId=", id].concat(), &[]),
                ],
                ..Tab::FIRST
            },
            Tab {
                label: "Rights",
                at: "rights",
                parts: &[Part::List(
                    &RIGHTS,
                    |id| ["/station-groups/", id, "/rights-profile"].concat(),
                    &[],
                )],
                ..Tab::FIRST
            },
            Tab {
                label: "Rights of others",
                at: "rights-of-others",
                parts: &[Part::List(
                    &GRANTED,
                    |id| ["/station-rights?sgId=", id].concat(),
                    &["sgId", "sgName"],
                )],
                ..Tab::FIRST
            },
        ],
    }),
    ..Outline::USUAL
};

/// What others may do with our stations.
static GRANTED: Outline = Outline {
    title: "Rights of others",
    noun: ("right", "rights"),
    list: domain::app!(STATION_RIGHTS),
    id: "station.stationId",
    search: "Search by right or station",
    empty: (
        "No rights of others",
        "Nobody else may do anything with the stations of this group.",
    ),
    ..Outline::USUAL
};

/// The groups of an organization.
pub static OF_ORGANIZATION: Outline = Outline {
    title: "Station groups",
    noun: ("station group", "station groups"),
    list: domain::app!(STATION_GROUPS),
    id: "sgId",
    search: "Search by group",
    empty: ("No station groups", "ChargePoint tells of none."),
    cells: &[("sgName", |group| {
        Shown::link(
            group.text("sgName"),
            routes::below(routes::STATION_GROUPS, &group.text("sgId")),
        )
    })],
    ..Outline::USUAL
};

/// What we may do with the stations of a group.
static RIGHTS: Outline = Outline {
    title: "Rights",
    noun: ("right", "rights"),
    list: domain::app!(RIGHTS_PROFILE),
    id: "task",
    search: "Search by task",
    empty: ("No rights", "We may do nothing with the stations of this group."),
    ..Outline::USUAL
};
