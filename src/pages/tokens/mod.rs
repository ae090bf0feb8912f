//! Customers & tokens › Charge tokens: the list, and a charge token.

mod detail;
mod edit;
mod list;
mod state;

pub use detail::TokenPage;
pub use list::TokensPage;
pub use state::token_cells;

use crate::pages::record::Kind;
use crate::routes;

static KIND: Kind = Kind {
    path: "/tokens",
    areas: &["Customers & tokens"],
    records: "Charge tokens",
    record: "Charge token",
    name: "authId",
    before: "Charge token ",
    needs: "Manage:Token",
    create: "Create charge token",
    save: "Create charge token",
    created: "created",
    list: routes::TOKENS,
    page: routes::token,
    form: edit::form,
};
