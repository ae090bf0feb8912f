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

use crate::pages::record::Kind;
use crate::routes;

/// Where the station tokens are, under `/api/v1`.
const PATH: &str = "/station_tokens";

/// The permission to transfer tokens.
const TRANSFER: &str = "Transfer:StationToken";

static KIND: Kind = Kind {
    path: PATH,
    areas: &["Organizations", "Inventory"],
    records: "Station tokens",
    record: "Station token",
    name: "tokenSn",
    before: "Station token ",
    needs: "Manage:StationToken",
    create: "Add station token",
    save: "Add station token",
    created: "added",
    list: routes::STATION_TOKENS,
    page: routes::station_token,
    form: edit::form,
};
