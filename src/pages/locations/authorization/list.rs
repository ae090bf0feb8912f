//! The two lists of the tab, and their words.

use crate::api::Record;
use crate::kit::format::count;

/// One of the two lists of the tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    Customers,
    Tokens,
}

/// What one list says that the other says otherwise.
pub struct Words {
    /// The list in paths, and in the numbers of both.
    pub key: &'static str,
    /// Where an entry holds the portal's own record.
    pub own: &'static str,
    pub noun: &'static str,
    pub nouns: &'static str,
    /// The list's tab.
    pub tab: &'static str,
    /// The table's name.
    pub label: &'static str,
    pub search: &'static str,
    /// What stands where the list is empty.
    pub empty: (&'static str, &'static str),
    /// The way to an entry's own record.
    pub details: &'static str,
    /// The button that adds, and the title of its dialog.
    pub add: &'static str,
    /// The name of the arrow beside it.
    pub more: &'static str,
    /// The picker's label and hint.
    pub pick: (&'static str, &'static str),
}

const CUSTOMERS: Words = Words {
    key: "customers",
    own: "customer",
    noun: "customer",
    nouns: "customers",
    tab: "Customers",
    label: "Customers on the Authorization list",
    search: "Search by customer name or external ID",
    empty: (
        "No customer is listed",
        "All charge tokens of a listed customer may charge here, those they get later too.",
    ),
    details: "View customer details",
    add: "Add customers",
    more: "More for the list of customers",
    pick: (
        "Customer name or external ID",
        "Arrow keys and Enter pick one or several.",
    ),
};

const TOKENS: Words = Words {
    key: "tokens",
    own: "token",
    noun: "charge token",
    nouns: "charge tokens",
    tab: "Charge tokens",
    label: "Charge tokens on the Authorization list",
    search: "Search by Auth ID, Chip ID or customer",
    empty: (
        "No charge token is listed",
        "Add charge tokens by Auth ID or Chip ID, or import a CSV file of them.",
    ),
    details: "View token details",
    add: "Add charge token",
    more: "More for the list of charge tokens",
    pick: (
        "Auth ID or Chip ID",
        "Arrow keys and Enter pick one or several. An Auth ID that is not found can be added as an external one.",
    ),
};

impl List {
    pub fn words(self) -> &'static Words {
        match self {
            Self::Customers => &CUSTOMERS,
            Self::Tokens => &TOKENS,
        }
    }

    /// A number of them: `3 customers`.
    pub fn count(self, n: u64) -> String {
        let words = self.words();
        count(n, words.noun, words.nouns)
    }

    /// How many of them the list in numbers says.
    pub fn listed(self, numbers: &Record) -> u64 {
        numbers.count(self.words().key)
    }

    /// The same in words.
    pub fn said(self, numbers: &Record) -> String {
        self.count(self.listed(numbers))
    }
}
