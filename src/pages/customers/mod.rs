//! Customers & tokens › Customers: the list, and a customer.

mod detail;
mod edit;

pub use detail::CustomerPage;

use domain::column::Listed;
use domain::customers::Customer;

use crate::pages::outline::Outline;
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

pub static CUSTOMERS: Outline = Outline {
    area: "Customers & tokens",
    title: "Customers",
    noun: ("customer", "customers"),
    path: "/customers",
    list: (Customer::NAME, Customer::PACKED),
    id: "id",
    search: "Search by name, external ID or e-mail",
    empty: (
        "No customers yet",
        "Whoever holds charge tokens, for example a company with a fleet.",
    ),
    own: true,
    kind: Some(&KIND),
    ..Outline::USUAL
};
