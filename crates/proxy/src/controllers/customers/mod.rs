//! `/customers`

pub mod create;
pub mod delete;
pub mod get;
pub mod list;
pub mod locations;
pub mod patch;
pub mod tokens;
