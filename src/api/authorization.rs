//! A location's Authorization list. Every change names the version it was made for.

use domain::authorization::{
    AddCustomers, AddTokens, Authorization, CustomerEntry, ListChange, RemoveEntries, TokenEntry,
};
use domain::listing::{ListQuery, Page};

use super::transport::{Answer, Call, segment};

/// The list in numbers.
pub async fn get(location: String) -> Answer<Authorization> {
    Call::get(&path(&location, "")).fetch().await
}

pub async fn customers(location: String, query: ListQuery) -> Answer<Page<CustomerEntry>> {
    Call::get(&path(&location, "/customers"))
        .list(&query)
        .fetch()
        .await
}

pub async fn tokens(location: String, query: ListQuery) -> Answer<Page<TokenEntry>> {
    Call::get(&path(&location, "/tokens")).list(&query).fetch().await
}

pub async fn add_customers(location: String, version: u64, add: AddCustomers) -> Answer<ListChange> {
    Call::post(&path(&location, "/customers"))
        .if_match(version)
        .send(&add)
        .await
}

pub async fn add_tokens(location: String, version: u64, add: AddTokens) -> Answer<ListChange> {
    Call::post(&path(&location, "/tokens"))
        .if_match(version)
        .send(&add)
        .await
}

/// Refused with `OPENS_LOCATION` where the list is empty afterwards, unless that is confirmed.
pub async fn remove_customers(location: String, version: u64, remove: RemoveEntries) -> Answer<ListChange> {
    Call::post(&path(&location, "/customers/remove"))
        .if_match(version)
        .send(&remove)
        .await
}

/// Refused with `OPENS_LOCATION` where the list is empty afterwards, unless that is confirmed.
pub async fn remove_tokens(location: String, version: u64, remove: RemoveEntries) -> Answer<ListChange> {
    Call::post(&path(&location, "/tokens/remove"))
        .if_match(version)
        .send(&remove)
        .await
}

fn path(location: &str, rest: &str) -> String {
    format!("/locations/{}/authorization{rest}", segment(location))
}
