//! The pages, a folder per resource, and the shell around them.

pub mod accounts;
pub mod audit;
pub mod connections;
pub mod customers;
pub mod driver_requests;
pub mod locations;
pub mod record;
pub mod roles;
pub mod shell;
pub mod station_tokens;
pub mod tokens;
pub mod your_account;
