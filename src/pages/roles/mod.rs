//! Settings › Roles: sets of permissions.

mod detail;
mod edit;
mod list;

pub use detail::RolePage;
pub use list::RolesPage;

use crate::pages::record::Kind;
use crate::routes;

static KIND: Kind = Kind {
    path: "/roles",
    areas: &["Settings"],
    records: "Roles",
    record: "Role",
    name: "name",
    before: "Role ",
    needs: "Manage:Account",
    create: "New role",
    save: "Create role",
    created: "created",
    list: routes::ROLES,
    page: routes::role,
    form: edit::form,
};
