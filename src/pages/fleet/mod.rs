//! Fleet › Vehicles and Usage.

mod usage;
mod vehicle;

use super::outline::Outline;
use super::sessions::station;
use crate::routes;

pub static VEHICLES: Outline = Outline {
    at: routes::VEHICLES,
    area: "Fleet",
    title: "Vehicles",
    noun: ("vehicle", "vehicles"),
    path: "/fleet/vehicles",
    list: domain::app!(FLEET_VEHICLES),
    id: "fleetVehicleId",
    search: "Search by licence plate, fleet, VIN, make or card",
    empty: (
        "No vehicles",
        "Vehicles of fleets, whose cards may charge on the fleet's account.",
    ),
    cells: &[("vehicleChargingState", vehicle::state)],
    actions: &[
        &vehicle::ADD,
        &vehicle::ADD_MANY,
        &vehicle::EDIT,
        &vehicle::DELETE,
    ],
    ..Outline::USUAL
};

pub static USAGE: Outline = Outline {
    at: routes::USAGE,
    area: "Fleet",
    title: "Usage",
    noun: ("charge", "charges"),
    path: "/fleet/usage",
    list: domain::app!(FLEET_USAGE),
    id: "transactionId",
    search: "Search by licence plate, fleet, station or city",
    empty: (
        "No usage in this time",
        "Without a filter by Started, this is what vehicles charged within the last day.",
    ),
    cells: &[("stationName", station)],
    above: Some(usage::draw),
    ..Outline::USUAL
};
