//! What the two pickers of the Authorization tab search: `GET /search?q=&in=customers|tokens&locationId=`.

use serde::{Deserialize, Serialize};

use crate::authorization::TokenRef;
use crate::tokens::CustomerRef;

/// The most hits of each kind that a search answers.
pub const MAX_HITS: usize = 50;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SearchResult {
    pub customers: Vec<CustomerHit>,
    pub tokens: Vec<TokenHit>,
    /// How many match in all, of both kinds.
    pub total: u64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CustomerHit {
    pub customer: CustomerRef,
    pub tokens: u64,
    /// Already on the list of the location that was named.
    pub listed: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct TokenHit {
    pub token: TokenRef,
    pub listed: bool,
}
