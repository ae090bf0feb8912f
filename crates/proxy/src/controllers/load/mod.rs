//! Load management.

pub mod events;
pub mod list;
pub mod preview;
