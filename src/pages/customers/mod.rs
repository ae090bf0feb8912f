//! Customers & tokens › Customers: the list, and a customer.

mod detail;
mod edit;
mod list;

pub use detail::CustomerPage;
pub use list::CustomersPage;
