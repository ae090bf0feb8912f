//! Driver management › Requests: who asks to join, and what is decided.

mod decide;
mod page;
mod table;
mod words;

pub use page::RequestsPage;
pub use table::RequestsTable;

/// Where the requests are, under `/api/v1`.
pub const PATH: &str = "/driver_requests";
