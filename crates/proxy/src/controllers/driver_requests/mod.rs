//! `/driver_requests`

pub mod decide;
pub mod export;
pub mod list;
pub mod pending;
pub mod rows;
