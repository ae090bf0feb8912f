//! Customers.

use domain::authorization::MayChargeAt;
use domain::customers::{Customer, CustomerInput};
use domain::listing::{ListQuery, Page};
use domain::tokens::Token;

use super::transport::{Asked, Call, segment};

pub fn list(query: ListQuery) -> Asked<Page<Customer>> {
    Call::get("/customers").list(&query).fetch()
}

pub fn get(id: String) -> Asked<Customer> {
    Call::get(&path(&id)).fetch()
}

pub fn create(input: CustomerInput) -> Asked<Customer> {
    Call::post("/customers").send(&input)
}

/// Changes what `input` names, if the record is still at `version`.
pub fn update(id: String, version: u64, input: CustomerInput) -> Asked<Customer> {
    Call::patch(&path(&id)).if_match(version).send(&input)
}

/// Deletes the record, if it is still at `version`.
pub fn delete(id: String, version: u64) -> Asked<()> {
    Call::delete(&path(&id)).if_match(version).run()
}

/// The charge tokens of the customer.
pub fn tokens(id: String, query: ListQuery) -> Asked<Page<Token>> {
    Call::get(&format!("{}/tokens", path(&id))).list(&query).fetch()
}

/// The locations at which the customer is listed, each with the reason.
pub fn locations(id: String, query: ListQuery) -> Asked<Page<MayChargeAt>> {
    Call::get(&format!("{}/locations", path(&id)))
        .list(&query)
        .fetch()
}

fn path(id: &str) -> String {
    format!("/customers/{}", segment(id))
}
