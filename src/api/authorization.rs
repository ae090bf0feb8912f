//! A location's Authorization list. Every change names the version it was made for.

use domain::authorization::{
    AddCustomers, AddTokens, Authorization, CustomerEntry, ListChange, RemoveEntries, TokenEntry,
};
use domain::listing::{ListQuery, Page};

use super::transport::{Asked, Call, segment};

/// The list in numbers.
pub fn get(location: String) -> Asked<Authorization> {
    Call::get(&path(&location, "")).fetch()
}

pub fn customers(location: String, query: ListQuery) -> Asked<Page<CustomerEntry>> {
    Call::get(&path(&location, "/customers")).list(&query).fetch()
}

pub fn tokens(location: String, query: ListQuery) -> Asked<Page<TokenEntry>> {
    Call::get(&path(&location, "/tokens")).list(&query).fetch()
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

fn path(location: &str, rest: &str) -> String {
    format!("/locations/{}/authorization{rest}", segment(location))
}
