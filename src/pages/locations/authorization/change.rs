//! A change of the Authorization list as a thing that can be asked about, sent, sent again and undone.

use domain::authorization::{AddCustomers, AddTokens, ListChange, RemoveEntries};

use super::picker::{Offer, What};
use crate::api::transport::Asked;
use crate::api::{Record, authorization as api};
use crate::kit::format::count;

/// What an entry's `kind` says of a Chip ID.
pub const CHIP_ID: &str = "chip-id";

/// One of the two lists of the tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    Customers,
    Tokens,
}

impl List {
    pub fn noun(self) -> &'static str {
        match self {
            Self::Customers => "customer",
            Self::Tokens => "charge token",
        }
    }

    /// A number of them: `3 customers`.
    pub fn count(self, n: u64) -> String {
        match self {
            Self::Customers => count(n, "customer", "customers"),
            Self::Tokens => count(n, "charge token", "charge tokens"),
        }
    }
}

/// What is done to the list.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    AddCustomers(AddCustomers),
    AddTokens(AddTokens),
    Remove(Removal),
}

/// Entries that leave a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Removal {
    pub list: List,
    /// All entries of the list, whatever `entry_ids` names.
    pub all: bool,
    pub entry_ids: Vec<String>,
    /// How many entries go, as far as this page knows.
    pub count: u64,
    /// What puts them back; none where that cannot be done entry by entry.
    pub back: Option<Box<Change>>,
}

impl Removal {
    /// All entries of a list that holds `count`.
    pub fn all(list: List, count: u64) -> Self {
        Self {
            list,
            all: true,
            entry_ids: Vec::new(),
            count,
            back: None,
        }
    }

    /// Entries of the list of customers.
    pub fn customers(entries: &[Record]) -> Self {
        let customer_ids = entries.iter().map(|entry| entry.text("customer.id")).collect();
        Self {
            list: List::Customers,
            all: false,
            entry_ids: entries.iter().map(|entry| entry.text("entryId")).collect(),
            count: entries.len() as u64,
            back: Some(Box::new(Change::AddCustomers(AddCustomers { customer_ids }))),
        }
    }

    /// Entries of the list of charge tokens.
    pub fn tokens(entries: &[Record]) -> Self {
        let mut add = AddTokens::default();
        for entry in entries {
            match entry.has("token") {
                true => add.token_ids.push(entry.text("token.id")),
                false => add.auth_ids.push(entry.text("id")),
            }
        }
        // An external Chip ID comes in by an import only.
        let by_import = entries
            .iter()
            .any(|entry| !entry.has("token") && entry.text("kind") == CHIP_ID);
        Self {
            list: List::Tokens,
            all: false,
            entry_ids: entries.iter().map(|entry| entry.text("entryId")).collect(),
            count: entries.len() as u64,
            back: (!by_import).then(|| Box::new(Change::AddTokens(add))),
        }
    }
}

impl Change {
    /// Puts what was picked on the list.
    pub fn add(list: List, picked: Vec<Offer>) -> Self {
        let mut customers = AddCustomers::default();
        let mut tokens = AddTokens::default();
        for offer in picked {
            match offer.what {
                What::Customer(id) => customers.customer_ids.push(id),
                What::Token(id) => tokens.token_ids.push(id),
                What::External(auth_id) => tokens.auth_ids.push(auth_id),
            }
        }
        match list {
            List::Customers => Self::AddCustomers(customers),
            List::Tokens => Self::AddTokens(tokens),
        }
    }

    pub fn list(&self) -> List {
        match self {
            Self::AddCustomers(_) => List::Customers,
            Self::AddTokens(_) => List::Tokens,
            Self::Remove(removal) => removal.list,
        }
    }

    /// What puts the list back; none where nothing can.
    pub fn back(&self) -> Option<Change> {
        match self {
            Self::Remove(removal) => removal.back.as_deref().cloned(),
            _ => None,
        }
    }

    /// Sends it, made for `version`; `confirm` where it may open the location.
    pub fn send(self, location: String, version: u64, confirm: bool) -> Asked<ListChange> {
        match self {
            Self::AddCustomers(add) => api::add_customers(location, version, add),
            Self::AddTokens(add) => api::add_tokens(location, version, add),
            Self::Remove(removal) => {
                let remove = RemoveEntries {
                    all: removal.all,
                    entry_ids: removal.entry_ids,
                    chosen: None,
                    confirm,
                };
                match removal.list {
                    List::Customers => api::remove_customers(location, version, remove),
                    List::Tokens => api::remove_tokens(location, version, remove),
                }
            }
        }
    }
}
