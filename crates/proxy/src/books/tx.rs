//! A transaction, and who it is for.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use sqlx::any::Any;
use sqlx::{AnyConnection, Transaction};

use crate::access::{self, Caller};

/// A transaction of the books; dropped without commit, nothing has changed.
pub struct Tx {
    transaction: Transaction<'static, Any>,
    caller: Arc<Caller>,
}

impl Tx {
    pub(super) fn new(transaction: Transaction<'static, Any>) -> Self {
        Self {
            transaction,
            caller: access::caller(),
        }
    }

    /// Who it is for.
    pub fn caller(&self) -> Arc<Caller> {
        self.caller.clone()
    }

    /// Makes the changes lasting.
    pub async fn commit(self) -> sqlx::Result<()> {
        self.transaction.commit().await
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
