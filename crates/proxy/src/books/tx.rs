//! A transaction, who it is for, and what the audit log tells of it.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use sqlx::any::Any;
use sqlx::{AnyConnection, Transaction};
use tokio::sync::Notify;

use super::audit::{self, Audited, Last, Noted};
use crate::access::{self, Caller};

/// A transaction of the books; dropped without commit, nothing has changed.
pub struct Tx {
    transaction: Transaction<'static, Any>,
    caller: Arc<Caller>,
    noted: Vec<Noted>,
    batch: String,
    told: Arc<Notify>,
    last: Arc<Last>,
    /// Why there is nothing to tell.
    silent: bool,
}

impl Tx {
    pub(super) fn new(transaction: Transaction<'static, Any>, told: Arc<Notify>, last: Arc<Last>) -> Self {
        Self {
            transaction,
            caller: access::caller(),
            noted: Vec::new(),
            batch: String::new(),
            told,
            last,
            silent: false,
        }
    }

    /// Who it is for.
    pub fn caller(&self) -> Arc<Caller> {
        self.caller.clone()
    }

    /// Has the audit log tell of a change, if it is made lasting.
    pub fn note(&mut self, noted: Noted) {
        self.noted.push(noted);
    }

    /// Has it tell what differs between a record before, none for a new one, and after, none for one that is
    /// deleted; nothing, where nothing does.
    pub fn changed<T: Audited>(&mut self, what: &'static str, before: Option<&T>, after: Option<&T>) {
        match Noted::of(what, before, after) {
            Some(noted) => self.note(noted),
            None => self.silently("nothing has changed"),
        }
    }

    /// What all lines of this transaction have in common: the id of an import.
    pub fn batch(&mut self, id: &str) {
        self.batch = id.to_owned();
    }

    /// Says why a transaction may leave no line.
    pub fn silently(&mut self, _why: &'static str) {
        self.silent = true;
    }

    /// Makes the changes lasting, with the lines that tell of them.
    ///
    /// # Errors
    /// The books fail; in a build for tests, also where a change told nothing and gave no reason.
    pub async fn commit(mut self) -> sqlx::Result<()> {
        let mut moves = None;
        if self.noted.is_empty() {
            if !self.silent {
                let said = "a change was to be made lasting without Tx::note, Tx::changed or Tx::silently";
                if cfg!(debug_assertions) {
                    return Err(sqlx::Error::Protocol(said.into()));
                }
                tracing::error!("{said}");
            }
        } else {
            let (noted, batch) = (std::mem::take(&mut self.noted), std::mem::take(&mut self.batch));
            let line = audit::write(&mut self, noted, batch).await?;
            moves = Some(self.last.moves(line));
        }
        self.transaction.commit().await?;
        if let Some(moves) = moves {
            moves.done();
        }
        self.told.notify_one();
        Ok(())
    }
}

impl Deref for Tx {
    type Target = AnyConnection;

    fn deref(&self) -> &AnyConnection {
        &self.transaction
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut AnyConnection {
        &mut self.transaction
    }
}
