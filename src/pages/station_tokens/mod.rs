//! Organizations › Inventory › Station tokens: the stock, and a station token.

mod apply;
mod detail;
mod edit;
mod import;
mod list;
mod state;
mod summary;
mod transfer;

pub use detail::StationTokenPage;
pub use list::StationTokensPage;

/// Where the station tokens are, under `/api/v1`.
const PATH: &str = "/station_tokens";
