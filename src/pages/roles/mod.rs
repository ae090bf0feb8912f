//! Settings › Roles: sets of permissions.

mod detail;
mod edit;

pub use detail::RolePage;

use domain::accounts::Role;
use domain::column::Listed;

use crate::kit::format::count;
use crate::pages::outline::Outline;
use crate::pages::record::Kind;
use crate::routes;
use crate::table::Shown;

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

pub static ROLES: Outline = Outline {
    area: "Settings",
    title: "Roles",
    noun: ("role", "roles"),
    path: "/roles",
    list: (Role::NAME, Role::PACKED),
    id: "id",
    search: "Search by name",
    empty: ("No roles", "A role is a set of permissions."),
    cells: &[("permissions", |role| {
        let many = role.texts("permissions").len() as u64;
        Shown::text(count(many, "permission", "permissions"))
    })],
    own: true,
    kind: Some(&KIND),
    ..Outline::USUAL
};
