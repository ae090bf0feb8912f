//! What the portal is about, without I/O, used on both sides of the wire: the records with their
//! columns, identifiers, token files and the privacy rule.

pub mod access;
pub mod accounts;
pub mod alarms;
pub mod audit;
pub mod authorization;
pub mod authorize;
pub mod chargestations;
pub mod column;
pub mod connections;
pub mod country;
pub mod csv_out;
pub mod customers;
pub mod dashboard;
pub mod decimal;
pub mod decision;
pub mod driver_requests;
pub mod estate;
pub mod export;
pub mod field;
pub mod filter;
pub mod fleet;
pub mod identifiers;
pub mod imports;
pub mod intervals;
pub mod label;
pub mod limits;
pub mod listing;
pub mod load;
pub mod locations;
pub mod moment;
pub mod organizations;
pub mod partners;
pub mod privacy;
pub mod problem;
pub mod refused;
pub mod rows;
#[cfg(feature = "schema")]
mod schema;
pub mod search;
pub mod sessions;
pub mod station_tokens;
pub mod text;
pub mod token_file;
pub mod tokens;
pub mod views;
pub mod visible;

/// A point in time as it travels: RFC 3339 in UTC, for example `2026-11-20T08:15:00Z`.
pub type Timestamp = String;
