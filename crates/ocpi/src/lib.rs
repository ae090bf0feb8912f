//! OCPI 2.2.1 as far as the portal speaks it: objects, envelope, paging, date windows. No I/O, and nothing of the
//! portal's own records.

pub mod authorization;
pub mod commands;
pub mod credentials;
pub mod envelope;
pub mod locations;
pub mod paging;
pub mod plug;
pub mod text;
pub mod time;
pub mod tokens;

/// The version that is spoken.
pub const VERSION: &str = "2.2.1";
