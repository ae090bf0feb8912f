//! Charge tokens.

use domain::tokens::{Token, TokenInput};

use super::transport::{Asked, Call, segment};

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

/// Under `/api/v1`.
pub fn path(id: &str) -> String {
    format!("/tokens/{}", segment(id))
}
