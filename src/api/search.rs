//! The search behind the two pickers of the Authorization tab.

use super::Record;
use super::transport::{Asked, Call};

/// Finds `customers` by name or external ID, or `tokens` by Auth ID or Chip ID, and says of each whether it
/// is on the location's list.
pub fn search(words: &str, within: &str, location: &str) -> Asked<Record> {
    let call = Call::get("/search").param("q", words).param("in", within);
    call.param("locationId", location).fetch()
}
