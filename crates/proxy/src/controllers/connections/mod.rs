//! `/connections`

pub mod create;
pub mod delete;
pub mod get;
pub mod invitation;
pub mod logo;
pub mod patch;
