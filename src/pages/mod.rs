//! The pages, a folder per resource, and the shell around them.

pub mod access_tester;
pub mod accounts;
pub mod alarms;
pub mod audit;
pub mod chargepoint;
pub mod chargestations;
pub mod connections;
pub mod customers;
pub mod dashboard;
pub mod driver_requests;
pub mod drivers;
pub mod fleet;
pub mod load;
pub mod locations;
pub mod organizations;
pub mod outline;
pub mod partners;
pub mod record;
pub mod roles;
pub mod sessions;
pub mod shell;
pub mod station_groups;
pub mod station_tokens;
pub mod tokens;
pub mod transactions;
pub mod your_account;

use outline::Outline;

/// The outlined pages.
static OUTLINED: &[&Outline] = &[
    &chargestations::STATIONS,
    &station_groups::GROUPS,
    &sessions::SESSIONS,
    &transactions::TRANSACTIONS,
    &alarms::ALARMS,
    &load::LOAD,
    &load::EVENTS,
    &drivers::DRIVERS,
    &fleet::VEHICLES,
    &fleet::USAGE,
    &organizations::ORGANIZATIONS,
    &organizations::NETWORKS,
    &partners::PARTNERS,
];

/// The outlined page at an address.
pub fn outlined(at: &str) -> Option<&'static Outline> {
    OUTLINED.iter().copied().find(|outline| outline.at == at)
}
