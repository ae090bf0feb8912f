//! A location's Authorization list. Every change names the version it was made for.

use super::Record;
use super::transport::{Asked, Call, segment};

/// The list in numbers.
pub fn numbers(location: &str) -> Asked<Record> {
    Call::get(&path(location, "")).fetch()
}

/// A change that is asked for the version which the list has now.
pub fn now(location: &str, ask: impl FnOnce(u64) -> Asked<Record> + 'static) -> Asked<Record> {
    let list = numbers(location);
    Asked::of(async move { ask(list.await?.count("version")).text.await })
}

/// Under `/api/v1`.
pub fn path(location: &str, rest: &str) -> String {
    format!("/locations/{}/authorization{rest}", segment(location))
}
