//! What a partner is shown, kept from one page of a list to the next: it follows from the books, which are the same as
//! long as the audit log ends in the same line, and from the tokens that have expired meanwhile.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sqlx::Row;

use super::super::super::Tx;
use super::super::super::index::Index;
use super::super::Asking;
use super::{Glimpse, all, tokens_changed};
use crate::problem::Error;

/// For how many partners.
const MOST: usize = 50;

/// From what it followed.
#[derive(PartialEq, Eq)]
struct Source {
    line: i64,
    tokens_changed: String,
    prefixes: Vec<String>,
    /// As the copy of the books in memory, this one is dropped where somebody changed them without a line.
    dropped: u64,
}

/// By the partners' ids.
type All = HashMap<String, (Source, Arc<[Glimpse]>)>;

/// What partners were shown.
#[derive(Default)]
pub struct Kept(Mutex<All>);

impl Kept {
    /// All locations that a partner is shown, in the order in which they came into being.
    ///
    /// # Errors
    /// The books cannot be read.
    pub async fn all(&self, tx: &mut Tx, index: &Index, asking: &Asking) -> Result<Arc<[Glimpse]>, Error> {
        let dropped = index.dropped();
        let head = sqlx::query("SELECT id FROM audit_head WHERE one = 1");
        let tokens_changed = tokens_changed(tx).await?;
        let from = Source {
            line: head.fetch_one(&mut **tx).await?.try_get("id")?,
            tokens_changed: tokens_changed.clone(),
            prefixes: asking.prefixes(),
            dropped,
        };
        if let Some((known, found)) = self.kept().get(&asking.partner.id)
            && *known == from
        {
            return Ok(Arc::clone(found));
        }
        let found: Arc<[Glimpse]> = all(tx, asking, None, &tokens_changed).await?.into();
        let mut kept = self.kept();
        if kept.len() >= MOST {
            kept.clear();
        }
        kept.insert(asking.partner.id.clone(), (from, Arc::clone(&found)));
        Ok(found)
    }

    fn kept(&self) -> MutexGuard<'_, All> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
