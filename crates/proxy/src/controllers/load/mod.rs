//! Load management.

pub mod events;
pub mod groups;
pub mod list;
pub mod preview;
