//! The pages, a folder per resource, and the shell around them.

pub mod customers;
pub mod locations;
pub mod record;
pub mod shell;
pub mod station_tokens;
pub mod tokens;
