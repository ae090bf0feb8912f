//! The search behind the two pickers of the Authorization tab.

use domain::search::SearchResult;

use super::transport::{Asked, Call};

/// What to search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum In {
    /// By name or external ID.
    Customers,
    /// By Auth ID or Chip ID.
    Tokens,
}

/// Finds customers or tokens, and says of each whether it is on the location's list.
pub fn search(words: String, within: In, location: String) -> Asked<SearchResult> {
    let within = match within {
        In::Customers => "customers",
        In::Tokens => "tokens",
    };
    let call = Call::get("/search").param("q", &words).param("in", within);
    call.param("locationId", &location).fetch()
}
