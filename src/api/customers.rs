//! Customers.

use domain::authorization::MayChargeAt;
use domain::customers::{Customer, CustomerInput};
use domain::listing::{ListQuery, Page};
use domain::tokens::Token;

use super::transport::{Answer, Call, segment};

pub async fn list(query: ListQuery) -> Answer<Page<Customer>> {
    Call::get("/customers").list(&query).fetch().await
}

pub async fn get(id: String) -> Answer<Customer> {
    Call::get(&path(&id)).fetch().await
}

pub async fn create(input: CustomerInput) -> Answer<Customer> {
    Call::post("/customers").send(&input).await
}

/// Changes what `input` names, if the record is still at `version`.
pub async fn update(id: String, version: u64, input: CustomerInput) -> Answer<Customer> {
    Call::patch(&path(&id)).if_match(version).send(&input).await
}

/// Deletes the record, if it is still at `version`.
pub async fn delete(id: String, version: u64) -> Answer<()> {
    Call::delete(&path(&id)).if_match(version).run().await
}

/// The charge tokens of the customer.
pub async fn tokens(id: String, query: ListQuery) -> Answer<Page<Token>> {
    Call::get(&format!("{}/tokens", path(&id)))
        .list(&query)
        .fetch()
        .await
}

/// The locations at which the customer is listed, each with the reason.
pub async fn locations(id: String, query: ListQuery) -> Answer<Page<MayChargeAt>> {
    Call::get(&format!("{}/locations", path(&id)))
        .list(&query)
        .fetch()
        .await
}

fn path(id: &str) -> String {
    format!("/customers/{}", segment(id))
}
