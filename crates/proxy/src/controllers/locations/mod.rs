//! `/locations`

pub mod get;
pub mod patch;
pub mod publish;
pub mod refused;
pub mod stations;
pub mod sync;
pub mod visible;
