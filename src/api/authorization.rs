//! A location's Authorization list. Every change names the version it was made for.

use domain::authorization::{AddCustomers, AddTokens, Authorization, ListChange, RemoveEntries};

use super::transport::{Asked, Call, segment};

/// The list in numbers.
pub fn get(location: String) -> Asked<Authorization> {
    Call::get(&path(&location, "")).fetch()
}

pub fn add_customers(location: String, version: u64, add: AddCustomers) -> Asked<ListChange> {
    Call::post(&path(&location, "/customers"))
        .if_match(version)
        .send(&add)
}

pub fn add_tokens(location: String, version: u64, add: AddTokens) -> Asked<ListChange> {
    Call::post(&path(&location, "/tokens"))
        .if_match(version)
        .send(&add)
}

/// Refused with `OPENS_LOCATION` where the list is empty afterwards, unless that is confirmed.
pub fn remove_customers(location: String, version: u64, remove: RemoveEntries) -> Asked<ListChange> {
    Call::post(&path(&location, "/customers/remove"))
        .if_match(version)
        .send(&remove)
}

/// Refused with `OPENS_LOCATION` where the list is empty afterwards, unless that is confirmed.
pub fn remove_tokens(location: String, version: u64, remove: RemoveEntries) -> Asked<ListChange> {
    Call::post(&path(&location, "/tokens/remove"))
        .if_match(version)
        .send(&remove)
}

/// Under `/api/v1`.
pub fn path(location: &str, rest: &str) -> String {
    format!("/locations/{}/authorization{rest}", segment(location))
}
