//! The calls: a module each, with its records.

pub mod alarms;
pub mod clear_shed_state;
pub mod cpn_instances;
pub mod fleet_changes;
pub mod fleet_usage;
pub mod fleet_vehicles;
pub mod geo;
pub mod load;
pub mod load_shed_event;
pub mod organizations;
pub mod pricing;
pub mod rights_profile;
pub mod session_intervals;
pub mod sessions;
pub mod shed_load;
pub mod station_groups;
mod station_port;
pub mod station_rights;
pub mod station_status;
pub mod stations;
pub mod transactions;
pub mod user_status;
pub mod users;
pub mod waitlist;

use std::borrow::Cow;

use crate::codec::Record;
use crate::rules::Checked;

use geo::Geo;
use pricing::{Pricing, PricingOptions};

/// A request, by the name of its operation element, and the answer to it.
pub trait Call: Record + Clone + Sync {
    /// Content of the answer element.
    type Answer: Answer;

    /// Whether it changes something. Such a call is never sent twice, and "nothing found" is a
    /// failure of it.
    const WRITES: bool = false;

    /// The name that a search begins with, in calls that take wildcards in it. Further pages of a
    /// search are no new one.
    fn wildcard(&self) -> Option<&str> {
        None
    }

    /// Whether the guide's rules for the parameters are kept.
    ///
    /// # Errors
    /// [`Invalid`](crate::rules::Invalid) names the parameter that breaks one.
    fn check(&self) -> Checked {
        Ok(())
    }
}

/// Content of an answer element.
pub trait Answer: Record + Send + 'static {
    /// `responseCode` and `responseText`; `None` where the call has none.
    fn status(&self) -> Option<(&str, &str)>;
}

/// A call that gives its rows in pages.
pub trait Paged: Call {
    /// One row.
    type Row: Send;

    /// The record that the page begins at, where one is set.
    fn start(&self) -> Option<usize>;

    /// Asks for the page that begins at a record; the first is 1.
    fn start_at(&mut self, record: usize);

    /// The rows of an answer, and whether it says that more follow.
    fn rows(answer: Self::Answer) -> (Vec<Self::Row>, Option<bool>);

    /// How many rows the service counts these as; the next page starts after them.
    fn received(rows: &[Self::Row]) -> usize {
        rows.len()
    }

    /// What makes a row this row and no other.
    fn key(row: &Self::Row) -> Cow<'_, str>;
}

/// Implements [`Paged`] for a call whose answer has all its rows at once.
macro_rules! whole {
    ($call:ty, $row:ty, $rows:ident, |$one:ident| $key:expr) => {
        impl $crate::calls::Paged for $call {
            type Row = $row;

            fn start(&self) -> Option<usize> {
                None
            }

            fn start_at(&mut self, _: usize) {}

            fn rows(answer: Self::Answer) -> (Vec<$row>, Option<bool>) {
                (answer.$rows, Some(false))
            }

            fn key($one: &$row) -> std::borrow::Cow<'_, str> {
                std::borrow::Cow::Borrowed($key.as_deref().unwrap_or_default())
            }
        }
    };
}
use whole;

/// An answer with `responseCode` and `responseText`.
pub trait Coded: Answer {
    /// An answer that says this and nothing else.
    fn of_code(code: &str, text: &str) -> Self;
}

/// Implements [`Answer`] and [`Coded`] for a record with `response_code` and `response_text`.
macro_rules! answer {
    ($name:ident) => {
        impl $crate::calls::Answer for $name {
            fn status(&self) -> Option<(&str, &str)> {
                let text = self.response_text.as_deref().unwrap_or_default();
                let code = self.response_code.as_deref().unwrap_or_default();
                Some((code.trim(), text))
            }
        }

        impl $crate::calls::Coded for $name {
            // Some answers have no more than these two.
            #[allow(clippy::needless_update)]
            fn of_code(code: &str, text: &str) -> Self {
                Self {
                    response_code: Some(code.to_owned()),
                    response_text: Some(text.to_owned()),
                    ..Self::default()
                }
            }
        }
    };
}
use answer;
