//! What the two pickers of the Authorization tab search, `GET /search?q=&in=customers|tokens&locationId=`, and what
//! is found of everything, `GET /find?q=`.

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

/// The most hits that GET `/find` answers of one kind, and of all.
pub const MOST_OF_KIND: usize = 6;
pub const MOST_FOUND: usize = 40;

/// GET `/find?q=`: what a text may mean, whatever it is, the best first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Found {
    pub items: Vec<Hit>,
}

/// A record that a text may mean.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Hit {
    /// One of `locations`, `chargestations`, `customers`, `tokens`, `sessions`, `station_tokens`, `connections`,
    /// `driver_requests`, `drivers`, `organizations` and `station-groups`.
    pub kind: String,
    pub id: String,
    /// What it is called.
    pub label: String,
    /// What tells it from others of that name, for people to read: parts that may run from right to left are isolated
    /// from each other (U+2068, U+2069).
    pub detail: String,
    /// When it happened: RFC 3339 in UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// The zone of the clocks there, by IANA's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
}
