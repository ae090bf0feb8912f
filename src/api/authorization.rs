//! A location's Authorization list. Every change names the version it was made for.

use super::Record;
use super::transport::{Asked, Call, segment};

/// The list in numbers.
pub fn numbers(location: &str) -> Asked<Record> {
    Call::get(&path(location, "")).fetch()
}

/// Under `/api/v1`.
pub fn path(location: &str, rest: &str) -> String {
    format!("/locations/{}/authorization{rest}", segment(location))
}
