//! Where the log ends: by that, whoever keeps something of the books in memory knows that it still holds. Every
//! request asks, some twice, so that it must cost little.
//!
//! A server that is alone over an SQLite file knows the number, because its own transactions move it, and asks the
//! file now and then only, to see that it can be read. All others ask the engine, many at once with one question.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use sqlx::AnyPool;
use tokio::sync::Mutex;

use super::super::alone::Alone;

const HEAD: &str = "SELECT id FROM audit_head WHERE one = 1";

/// For how long the number is known without a question.
const LONGEST: Duration = Duration::from_secs(1);

/// The last line's number.
pub struct Last {
    /// None where others may always write: on PostgreSQL.
    alone: Option<Alone>,
    /// The last line that is known of.
    line: AtomicI64,
    /// Transactions that may have moved it, and of which nobody knows yet whether they did.
    moving: AtomicU64,
    /// Those of them that were broken off on their way.
    broken: AtomicU64,
    born: Instant,
    /// When the engine was asked last, in milliseconds since.
    asked: AtomicU64,
    came: AtomicU64,
    /// How many had come when the last question was put, and its answer.
    told: Mutex<(u64, i64)>,
}

impl Last {
    /// Nothing is known yet.
    pub fn new(alone: Option<Alone>) -> Self {
        Self {
            alone,
            line: AtomicI64::new(-1),
            moving: AtomicU64::new(0),
            broken: AtomicU64::new(0),
            born: Instant::now(),
            asked: AtomicU64::new(0),
            came: AtomicU64::new(0),
            told: Mutex::default(),
        }
    }

    /// The number, as it is now or later.
    ///
    /// # Errors
    /// The books fail.
    pub async fn line(&self, books: &AnyPool) -> sqlx::Result<i64> {
        if let Some(line) = self.known() {
            return Ok(line);
        }
        Box::pin(self.ask(books)).await
    }

    async fn ask(&self, books: &AnyPool) -> sqlx::Result<i64> {
        let head = async {
            let head = sqlx::query_scalar(HEAD);
            // Without the row nothing of which the log tells can be written.
            Ok(head.fetch_optional(books).await?.unwrap_or_default())
        };
        let line = self.of(head).await?;
        self.learn(line);
        let now = u64::try_from(self.born.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.asked.fetch_max(now, Ordering::SeqCst);
        Ok(line)
    }

    /// The number without a question. What is read first is that no transaction is on its way: the number that is
    /// read then is that of this moment or a later one.
    fn known(&self) -> Option<i64> {
        let alone = self.alone.as_ref()?;
        if self.moving.load(Ordering::SeqCst) > 0 {
            return None;
        }
        let line = self.line.load(Ordering::SeqCst);
        let asked = Duration::from_millis(self.asked.load(Ordering::SeqCst));
        let is_fresh = self.born.elapsed().saturating_sub(asked) < LONGEST;
        (line >= 0 && is_fresh && alone.is_alone()).then_some(line)
    }

    fn learn(&self, line: i64) {
        self.line.fetch_max(line, Ordering::SeqCst);
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

    /// Says that a transaction is about to end, and that the log will end in that line then.
    pub fn moves(self: &Arc<Self>, line: i64) -> Moves {
        self.moving.fetch_add(1, Ordering::SeqCst);
        Moves {
            last: Some(Arc::clone(self)),
            line,
        }
    }

    /// A transaction was begun, by whom SQLite lets write alone: those that were broken off before have ended.
    ///
    /// # Errors
    /// The books fail.
    pub async fn begun(&self, transaction: &mut sqlx::AnyConnection) -> sqlx::Result<()> {
        let broken = self.broken.load(Ordering::SeqCst);
        if self.alone.is_none() || broken == 0 {
            return Ok(());
        }
        let head: Option<i64> = sqlx::query_scalar(HEAD).fetch_optional(transaction).await?;
        self.learn(head.unwrap_or_default());
        self.broken.fetch_sub(broken, Ordering::SeqCst);
        self.moving.fetch_sub(broken, Ordering::SeqCst);
        Ok(())
    }

    /// The books are closed.
    pub fn leave(&self) {
        // Nobody knows anything from now on.
        self.moving.fetch_add(1, Ordering::SeqCst);
        if let Some(alone) = &self.alone {
            alone.leave();
        }
    }
}

/// A transaction that ends. Dropped, nobody knows whether it did.
pub struct Moves {
    last: Option<Arc<Last>>,
    line: i64,
}

impl Moves {
    /// It has ended, and its lines are there.
    pub fn done(mut self) {
        if let Some(last) = self.last.take() {
            last.learn(self.line);
            last.moving.fetch_sub(1, Ordering::SeqCst);
        }
    }
}

impl Drop for Moves {
    fn drop(&mut self) {
        if let Some(last) = &self.last {
            last.broken.fetch_add(1, Ordering::SeqCst);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::sync::atomic::AtomicI64;

    use futures::FutureExt;
    use futures::future::join_all;
    use sqlx::{AnyConnection, Connection};
    use tokio::sync::Notify;

    use super::*;

    #[tokio::test]
    async fn who_comes_during_a_question_shares_the_next() {
        let (last, line, go) = (Last::new(None), AtomicI64::new(0), Notify::new());
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
        let last = Last::new(None);
        let failed = last.of(async { Err(sqlx::Error::PoolClosed) }).await;
        assert!(failed.is_err());
        assert_eq!(last.of(async { Ok(5) }).await.unwrap(), 5);
    }

    /// One that knows it to be 5.
    fn knowing(dir: &tempfile::TempDir) -> Arc<Last> {
        let alone = Alone::at(&dir.path().join("portal.sqlite")).unwrap();
        let last = Last::new(Some(alone));
        assert_eq!(last.known(), None, "nobody has asked yet");
        last.learn(5);
        Arc::new(last)
    }

    #[tokio::test]
    async fn while_a_transaction_ends_nobody_knows_the_number() {
        let dir = tempfile::tempdir().unwrap();
        let last = knowing(&dir);
        assert_eq!(last.known(), Some(5));
        let (one, other) = (last.moves(6), last.moves(7));
        other.done();
        assert_eq!(last.known(), None, "the other is still on its way");
        one.done();
        assert_eq!(last.known(), Some(7), "the earlier line is no news");

        drop(last.moves(8));
        assert_eq!(last.known(), None, "it may be there or not");
        sqlx::any::install_default_drivers();
        let mut books = AnyConnection::connect("sqlite::memory:").await.unwrap();
        let head = "CREATE TABLE audit_head (one INTEGER, id BIGINT); INSERT INTO audit_head VALUES (1, 8)";
        sqlx::raw_sql(head).execute(&mut books).await.unwrap();
        last.begun(&mut books).await.unwrap();
        assert_eq!(
            last.known(),
            Some(8),
            "whoever writes next sees what became of it"
        );
    }

    #[tokio::test]
    async fn nobody_knows_it_beside_another_server_or_without_books() {
        let dir = tempfile::tempdir().unwrap();
        let last = knowing(&dir);
        let other = knowing_nothing(&dir);
        assert_eq!((last.known(), other.known()), (None, None));
        drop((last, other));
        let last = knowing(&dir);
        assert_eq!(last.known(), Some(5));
        last.leave();
        assert_eq!(last.known(), None);
    }

    fn knowing_nothing(dir: &tempfile::TempDir) -> Last {
        let last = Last::new(Some(Alone::at(&dir.path().join("portal.sqlite")).unwrap()));
        last.learn(5);
        last
    }
}
