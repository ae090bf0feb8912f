//! Where the log ends: by that, whoever keeps something of the books in memory knows that it still holds.

use std::sync::atomic::{AtomicU64, Ordering};

use sqlx::AnyPool;
use tokio::sync::Mutex;

/// Asks for the last line's number. Every request does, so that who waits for a question that was on its way before
/// they came shares the next one: each gets what was asked for after they came.
#[derive(Default)]
pub struct Last {
    came: AtomicU64,
    /// How many had come when the last question was put, and its answer.
    told: Mutex<(u64, i64)>,
}

impl Last {
    /// The number.
    ///
    /// # Errors
    /// The books fail.
    pub async fn line(&self, books: &AnyPool) -> sqlx::Result<i64> {
        self.of(async {
            let head = sqlx::query_scalar("SELECT id FROM audit_head WHERE one = 1");
            // Without the row nothing of which the log tells can be written.
            Ok(head.fetch_optional(books).await?.unwrap_or_default())
        })
        .await
    }

    async fn of(&self, ask: impl Future<Output = sqlx::Result<i64>>) -> sqlx::Result<i64> {
        let own = self.came.fetch_add(1, Ordering::SeqCst) + 1;
        let mut told = self.told.lock().await;
        if told.0 < own {
            let came = self.came.load(Ordering::SeqCst);
            *told = (came, ask.await?);
        }
        Ok(told.1)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::sync::atomic::AtomicI64;

    use futures::FutureExt;
    use futures::future::join_all;
    use tokio::sync::Notify;

    use super::*;

    #[tokio::test]
    async fn who_comes_during_a_question_shares_the_next() {
        let (last, line, go) = (Last::default(), AtomicI64::new(0), Notify::new());
        let ask = async || {
            let found = line.fetch_add(1, Ordering::SeqCst);
            go.notified().await;
            Ok(found)
        };
        let mut first = Box::pin(last.of(ask()));
        assert!(first.as_mut().now_or_never().is_none(), "it asks");
        let mut others = Box::pin(join_all((0..50).map(|_| last.of(ask()))));
        assert!(others.as_mut().now_or_never().is_none(), "they wait");
        go.notify_one();
        assert_eq!(first.await.unwrap(), 0);
        let (others, ()) = tokio::join!(others, async {
            tokio::task::yield_now().await;
            go.notify_one();
        });
        let others: Vec<i64> = others.into_iter().map(Result::unwrap).collect();
        assert_eq!(others, [1; 50], "none gets an answer from before they came");
        go.notify_one();
        assert_eq!(last.of(ask()).await.unwrap(), 2, "nor does who comes later");
    }

    #[tokio::test]
    async fn a_question_that_failed_answers_nobody_else() {
        let last = Last::default();
        let failed = last.of(async { Err(sqlx::Error::PoolClosed) }).await;
        assert!(failed.is_err());
        assert_eq!(last.of(async { Ok(5) }).await.unwrap(), 5);
    }
}
