//! The handlers: a folder per resource, a file per verb. A handler reads the request, asks the books
//! or the estate, and answers.

pub mod accounts;
pub mod alarms;
pub mod authorization;
pub mod authorize;
pub mod calls;
pub mod chargepoint;
pub mod chargestations;
pub mod connections;
pub mod customers;
pub mod dashboard;
pub mod driver_requests;
pub mod events;
pub mod evses;
pub mod export;
pub mod find;
pub mod health;
pub mod imports;
pub mod keys;
pub mod listing;
pub mod load;
pub mod locations;
pub mod metrics;
pub mod organizations;
pub mod partners;
pub mod roles;
pub mod search;
pub mod sessions;
pub mod station_tokens;
pub mod tables;
pub mod test_access;
pub mod tokens;
