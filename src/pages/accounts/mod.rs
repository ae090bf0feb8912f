//! Settings › Accounts: who works with the portal.

mod detail;
mod edit;
mod list;
mod set_up;
mod state;

pub use detail::AccountPage;
pub use list::AccountsPage;

use crate::pages::record::Kind;
use crate::routes;

static KIND: Kind = Kind {
    path: "/accounts",
    areas: &["Settings"],
    records: "Accounts",
    record: "Account",
    name: "name",
    before: "",
    needs: "Manage:Account",
    create: "New account",
    save: "Create account",
    created: "created",
    list: routes::ACCOUNTS,
    page: routes::account,
    form: edit::form,
};
