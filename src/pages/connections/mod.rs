//! Driver management › Connections: what drivers join, and who joined.

mod detail;
mod edit;
mod facts;
mod invite;
mod list;
mod logo;
mod state;

pub use detail::ConnectionPage;
pub use list::ConnectionsPage;

/// Where the connections are, under `/api/v1`.
const PATH: &str = "/connections";
