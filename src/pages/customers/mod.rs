//! Customers & tokens › Customers: the list, and a customer.

mod detail;
mod edit;
mod list;

pub use detail::CustomerPage;
pub use list::CustomersPage;

use crate::pages::record::Kind;
use crate::routes;

static KIND: Kind = Kind {
    path: "/customers",
    areas: &["Customers & tokens"],
    records: "Customers",
    record: "Customer",
    name: "name",
    before: "",
    needs: "Manage:Customer",
    create: "Create customer",
    save: "Create customer",
    created: "created",
    list: routes::CUSTOMERS,
    page: routes::customer,
    form: edit::form,
};
