//! `/tokens`

pub mod create;
pub mod delete;
pub mod get;
pub mod many;
pub mod patch;
