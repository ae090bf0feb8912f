//! Charge tokens.

use domain::authorization::MayChargeAt;
use domain::listing::{ListQuery, Page};
use domain::tokens::{Token, TokenInput};

use super::transport::{Asked, Call, segment};

pub fn list(query: ListQuery) -> Asked<Page<Token>> {
    Call::get("/tokens").list(&query).fetch()
}

pub fn get(id: String) -> Asked<Token> {
    Call::get(&path(&id)).fetch()
}

pub fn create(input: TokenInput) -> Asked<Token> {
    Call::post("/tokens").send(&input)
}

/// Changes what `input` names, if the record is still at `version`.
pub fn update(id: String, version: u64, input: TokenInput) -> Asked<Token> {
    Call::patch(&path(&id)).if_match(version).send(&input)
}

/// Deletes the record, if it is still at `version`.
pub fn delete(id: String, version: u64) -> Asked<()> {
    Call::delete(&path(&id)).if_match(version).run()
}

/// The locations at which the token or its customer is listed, each with the reason.
pub fn locations(id: String, query: ListQuery) -> Asked<Page<MayChargeAt>> {
    Call::get(&format!("{}/locations", path(&id)))
        .list(&query)
        .fetch()
}

fn path(id: &str) -> String {
    format!("/tokens/{}", segment(id))
}
