//! A location's Authorization list. Its counters and version stand on the location's row and change
//! in the transaction that changes the list, so that whoever reads one knows the other.

pub mod ask;
pub mod customers;
mod edit;
mod follow;
pub mod may_charge;
pub mod refused;
pub mod tokens;

pub use edit::Edit;
pub use follow::{adopt, forget_customer, forget_tokens, refuse_if_listed};

use domain::authorization::{Authorization, ListChange};
use domain::limits::MAX_ADDED;
use domain::privacy::{Visibility, opens};

use super::audit::Noted;
use super::records::{self, BATCH};
use super::{Tx, listing, locations};
use crate::clock;
use crate::middleware::if_match::IfMatch;
use crate::problem::Error;

/// The list in numbers.
pub async fn summary(tx: &mut Tx, location_id: &str) -> Result<Authorization, Error> {
    Ok(List::read(tx, location_id).await?.state)
}

/// A list as a transaction found it.
pub struct List {
    name: String,
    pub state: Authorization,
}

impl List {
    async fn read(tx: &mut Tx, location_id: &str) -> Result<Self, Error> {
        let location = locations::get(tx, location_id).await?;
        let state = Authorization {
            customer_tokens: customer_tokens(tx, location_id).await?,
            location_id: location.id,
            visibility: location.visibility,
            published: location.published,
            customers: location.customers,
            tokens: location.tokens,
            version: location.version,
        };
        Ok(Self {
            name: location.name,
            state,
        })
    }

    /// Takes the list for a change, if it still has that version. No other change begins until the
    /// transaction ends.
    pub async fn take(tx: &mut Tx, location_id: &str, version: IfMatch) -> Result<Self, Error> {
        records::lock(tx, "locations", location_id, version).await?;
        Self::read(tx, location_id).await
    }

    /// Ends a change that left that many entries: the first entry takes back publication, and the
    /// last goes only when confirmed. `changed` says whether any entry is another than before, `edit` what the
    /// audit log tells of it.
    pub async fn close(
        self,
        tx: &mut Tx,
        left: Left,
        changed: bool,
        edit: Edit,
        confirm: bool,
    ) -> Result<Closed, Error> {
        let before = self.state;
        if opens(before.customers + before.tokens, left.customers + left.tokens) && !confirm {
            let Authorization {
                customers, tokens, ..
            } = before;
            return Err(Error::OpensLocation {
                name: self.name,
                customers,
                tokens,
            });
        }
        let visibility_before = before.visibility;
        if !changed {
            // An import that found all its ids on the list is one that somebody made.
            if edit.what == LIST_CHANGED {
                tx.silently("no entry has changed");
            } else {
                let what = edit.what;
                let changes = edit.told(&before, &before);
                tx.note(Noted::new(what, "locations", &before.location_id, &self.name).with(changes));
            }
            return Ok(Closed {
                visibility_before,
                authorization: before,
            });
        }
        let entries = left.customers + left.tokens;
        let location_id = before.location_id.clone();
        let published = before.published && entries == 0;
        let authorization = Authorization {
            visibility: Visibility::of(published, entries),
            published,
            customers: left.customers,
            tokens: left.tokens,
            customer_tokens: customer_tokens(tx, &location_id).await?,
            version: before.version + 1,
            location_id,
        };
        sqlx::query(
            "UPDATE locations SET customers = $2, tokens = $3, published = $4, version = $5, updated_at = $6 \
             WHERE id = $1",
        )
        .bind(&authorization.location_id)
        .bind(listing::bound(authorization.customers))
        .bind(listing::bound(authorization.tokens))
        .bind(i64::from(published))
        .bind(listing::bound(authorization.version))
        .bind(clock::now())
        .execute(&mut **tx)
        .await?;
        let what = edit.what;
        let changes = edit.told(&before, &authorization);
        tx.note(Noted::new(what, "locations", &before.location_id, &self.name).with(changes));
        Ok(Closed {
            visibility_before,
            authorization,
        })
    }
}

/// What is done to a list by hand, or follows from what happens elsewhere.
const LIST_CHANGED: &str = "List changed";

async fn customer_tokens(tx: &mut Tx, location_id: &str) -> Result<u64, Error> {
    let row = sqlx::query(
        "SELECT COUNT(*) AS tokens FROM authorization_customers e JOIN tokens t ON t.customer_id = e.customer_id \
         WHERE e.location_id = $1",
    )
    .bind(location_id)
    .fetch_one(&mut **tx)
    .await?;
    Ok(listing::number(&row, "tokens")?)
}

/// How many entries a change leaves.
#[derive(Clone, Copy)]
pub struct Left {
    pub customers: u64,
    pub tokens: u64,
}

/// A list after a change.
pub struct Closed {
    pub visibility_before: Visibility,
    pub authorization: Authorization,
}

impl Closed {
    /// The answer to a change that added and removed that many.
    pub fn change(self, added: u64, already_listed: u64, removed: u64) -> ListChange {
        let Self {
            visibility_before,
            authorization,
        } = self;
        ListChange {
            added,
            already_listed,
            removed,
            visibility_before,
            authorization,
        }
    }
}

/// Fails where more entries are asked for than one request puts on a list.
fn check_count(count: usize) -> Result<(), Error> {
    if count > MAX_ADDED {
        return Err(Error::TooLarge(format!(
            "One request adds at most {MAX_ADDED} entries; this one has {count}. Import them instead."
        )));
    }
    Ok(())
}

/// The distinct texts in their order.
fn distinct(texts: &[String]) -> Vec<&str> {
    let mut seen = std::collections::HashSet::new();
    texts
        .iter()
        .map(String::as_str)
        .filter(|text| seen.insert(*text))
        .collect()
}
