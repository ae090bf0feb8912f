//! Charge tokens.

use domain::authorization::MayChargeAt;
use domain::listing::{ListQuery, Page};
use domain::tokens::{Token, TokenInput};

use super::transport::{Answer, Call, segment};

pub async fn list(query: ListQuery) -> Answer<Page<Token>> {
    Call::get("/tokens").list(&query).fetch().await
}

pub async fn get(id: String) -> Answer<Token> {
    Call::get(&path(&id)).fetch().await
}

pub async fn create(input: TokenInput) -> Answer<Token> {
    Call::post("/tokens").send(&input).await
}

/// Changes what `input` names, if the record is still at `version`.
pub async fn update(id: String, version: u64, input: TokenInput) -> Answer<Token> {
    Call::patch(&path(&id)).if_match(version).send(&input).await
}

/// Deletes the record, if it is still at `version`.
pub async fn delete(id: String, version: u64) -> Answer<()> {
    Call::delete(&path(&id)).if_match(version).run().await
}

/// The locations at which the token or its customer is listed, each with the reason.
pub async fn locations(id: String, query: ListQuery) -> Answer<Page<MayChargeAt>> {
    Call::get(&format!("{}/locations", path(&id)))
        .list(&query)
        .fetch()
        .await
}

fn path(id: &str) -> String {
    format!("/tokens/{}", segment(id))
}
