//! Records as they are told: with `can`, what the caller may do with them.

use domain::column::Listed;
use domain::listing::Page;
use serde::ser::{Serialize, Serializer};

use super::caller;

/// A record with what the caller may do with it, if there is anything that can be done with records of its
/// kind.
pub struct Offered<T>(pub T);

impl<T: Listed + Serialize> Serialize for Offered<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(serde::Serialize)]
        struct Told<'r, T> {
            #[serde(flatten)]
            record: &'r T,
            can: Vec<&'static str>,
        }
        if T::ACTIONS.is_empty() {
            return self.0.serialize(serializer);
        }
        let caller = caller();
        let can = self.0.can(|permission| caller.may(permission));
        Told { record: &self.0, can }.serialize(serializer)
    }
}

/// The same of all records of a page.
pub fn offered<T>(page: Page<T>) -> Page<Offered<T>> {
    let Page {
        items,
        total,
        page,
        page_size,
        as_of,
    } = page;
    Page {
        items: items.into_iter().map(Offered).collect(),
        total,
        page,
        page_size,
        as_of,
    }
}
