//! Driver management › Requests: who asks to join, and what is decided.

mod decide;
mod page;
mod table;
mod words;

pub use page::RequestsPage;

/// Where the requests are, under `/api/v1`.
const PATH: &str = "/driver_requests";
