//! What the portal is about, without I/O, used on both sides of the wire: the records with their
//! columns, identifiers, token files and the privacy rule.

pub mod authorization;
pub mod column;
pub mod csv_out;
pub mod customers;
pub mod estate;
pub mod identifiers;
pub mod imports;
pub mod limits;
pub mod listing;
pub mod locations;
pub mod privacy;
pub mod problem;
#[cfg(feature = "schema")]
mod schema;
pub mod search;
pub mod token_file;
pub mod tokens;

/// A point in time as it travels: RFC 3339 in UTC, for example `2026-11-20T08:15:00Z`.
pub type Timestamp = String;
