//! Customers.

use domain::customers::{Customer, CustomerInput};
use domain::listing::ListQuery;

use super::record::Rows;
use super::transport::{Asked, Call, segment};

pub fn list(query: ListQuery) -> Asked<Rows> {
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

/// Under `/api/v1`.
pub fn path(id: &str) -> String {
    format!("/customers/{}", segment(id))
}
