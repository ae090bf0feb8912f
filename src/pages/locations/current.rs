//! The location that is open, for its tabs.

use crate::api::{self, Loaded, Record};
use crate::pages::record::is_missing;
use crate::prelude::*;
use crate::routes::Place;

/// The open location: provided by the location's page, read by its tabs.
#[derive(Clone, Copy)]
pub struct CurrentLocation {
    /// From the address.
    pub id: Memo<String>,
    /// The record, with visibility, counts and version. Reload it or set it after a change.
    pub record: Loaded<Record>,
}

impl CurrentLocation {
    /// Reads the id from the address, loads the record and provides it to the tabs.
    pub fn provide() -> Self {
        let id = Place::current().id;
        let this = Self {
            id,
            record: Loaded::of(id, api::locations::get),
        };
        provide_context(this);
        this
    }

    /// The open location. Outside a location's page: a record without id, which is not found.
    pub fn get() -> Self {
        use_context().unwrap_or_else(Self::provide)
    }

    /// Whether there is no such location, tracked.
    pub fn is_missing(self) -> bool {
        is_missing(self.record)
    }

    /// The version that a change is made for (`If-Match`); 0 before the record came.
    pub fn version(self) -> u64 {
        self.record
            .with_untracked(|location| location.count("version"))
            .unwrap_or_default()
    }
}
