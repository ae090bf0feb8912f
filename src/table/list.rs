//! Which list a table shows.

use domain::column::{Head, Listed, unpacked};

use crate::api::Rows;
use crate::api::transport::{Asked, Call};
use crate::prelude::*;
use domain::listing::ListQuery;

/// A list of the portal: its columns and where it is asked for.
#[derive(Clone, Copy)]
pub struct List {
    pub name: &'static str,
    pub heads: &'static [Head],
    /// The field of a record that holds its id.
    pub id: &'static str,
    /// Under `/api/v1`: `/tokens`.
    pub path: Signal<String>,
}

impl List {
    /// The list of such records at a path.
    pub fn of<T: Listed>(path: impl Into<Signal<String>>) -> Self {
        const { assert!(!T::PACKED.is_empty(), "the app does not carry its columns") };
        Self {
            name: T::NAME,
            heads: unpacked(T::PACKED),
            id: T::ID,
            path: path.into(),
        }
    }

    /// The column of that key.
    pub fn head(self, key: &str) -> Option<&'static Head> {
        self.heads.iter().find(|head| head.key == key)
    }

    /// Asks for one page.
    pub fn ask(self, query: &ListQuery) -> Asked<Rows> {
        Call::get(&self.path.get()).list(query).fetch()
    }
}
