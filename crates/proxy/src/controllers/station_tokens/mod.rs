//! `/station_tokens`

pub mod apply;
pub mod create;
pub mod delete;
pub mod evses;
pub mod get;
pub mod imports;
pub mod patch;
pub mod summary;
pub mod transfers;
