//! `/chargestations`

pub mod create;
pub mod delete;
pub mod export;
mod facts;
pub mod get;
pub mod list;
pub mod patch;
pub mod rows;

pub use rows::{AtChargePoint, OfGroup, One, Page};
