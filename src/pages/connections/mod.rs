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

use crate::pages::record::Kind;
use crate::routes;

/// Where the connections are, under `/api/v1`.
const PATH: &str = "/connections";

static KIND: Kind = Kind {
    path: PATH,
    areas: &["Driver management"],
    records: "Connections",
    record: "Connection",
    name: "connectionName",
    before: "",
    needs: "Manage:Connection",
    create: "New connection",
    save: "Create connection",
    created: "created",
    list: routes::CONNECTIONS,
    page: routes::connection,
    form: edit::form,
};
