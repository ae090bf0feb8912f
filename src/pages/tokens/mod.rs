//! Customers & tokens › Charge tokens: the list, and a charge token.

mod customer_picker;
mod detail;
mod edit;
mod list;
mod state;

pub use detail::TokenPage;
pub use list::TokensPage;
pub use state::{TokenStateBadge, token_cells};
