//! `/locations/{id}/authorization/imports`

pub mod chunk;
pub mod discard;
pub mod finalise;
pub mod get;
pub mod preview;
pub mod stage;
pub mod undo;
