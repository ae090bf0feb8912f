//! `/accounts`

pub mod create;
pub mod delete;
pub mod get;
pub mod patch;
pub mod set_up;
pub mod sign_out;
