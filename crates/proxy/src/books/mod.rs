//! The books: what the portal alone knows (locations and their lists, customers, charge tokens,
//! imports), in SQL.
//!
//! One code path serves SQLite and PostgreSQL through sqlx's `Any` driver. It holds as long as the
//! SQL keeps to what both understand in the same way:
//!
//! - Numbers and booleans are `BIGINT`, texts and times `TEXT` (times RFC 3339 in UTC to the second,
//!   so that text order is time order), coordinates `DOUBLE PRECISION`. `Any` reads no other types.
//! - Placeholders are `$1`, `$2` …; where there are thousands, [`Engine::placeholder`], because
//!   SQLite looks numbered ones up by name, one after the other.
//! - Sums are cast (`CAST(SUM(…) AS BIGINT)`): PostgreSQL sums `BIGINT` to a type that `Any` lacks.
//! - Fractions are bound as texts and cast: `Any` sends an absent `f64` as an `f32`, and PostgreSQL
//!   holds the prepared statement to that.
//! - Rows are locked by updating them; `FOR UPDATE` is PostgreSQL's alone.
//! - Texts are ordered by their bytes on both: on PostgreSQL the columns are made so when the books are
//!   opened, because its own order is that of the database's language.
//! - Case is folded in Rust ([`text::fold`]) and stored, because the engines fold differently.
//!
//! What differs stands in [`Engine`]: how a connection is set up and how a transaction begins. On
//! SQLite all writes pass one connection, so that no writer ever meets another; on both, a reader
//! works on a snapshot, so that no answer mixes two states of a list.

pub mod accounts;
pub mod alarms;
mod alone;
pub mod audit;
pub mod authorization;
mod batch;
pub mod chargestations;
pub mod connections;
pub mod customers;
pub mod driver_requests;
pub mod evses;
pub mod fields;
pub mod find;
pub mod idempotency;
pub mod ids;
pub mod imports;
pub mod index;
pub mod keys;
pub mod limits;
pub mod listing;
pub mod load;
pub mod locations;
mod migrations;
pub mod organizations;
pub mod partners;
pub mod records;
pub mod roles;
pub mod search;
pub mod secrets;
pub mod sessions;
pub mod station_tokens;
pub mod sync;
pub mod tables;
pub mod text;
pub mod tokens;

mod tx;

pub use tx::Tx;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use sqlx::any::{Any, AnyPoolOptions};
use sqlx::{AnyPool, Executor, Transaction};
use tokio::sync::Notify;

use alone::Alone;

/// The SQL engine behind the books.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    fn of(url: &str) -> Result<Self, OpenError> {
        match url.split_once(':').map(|(scheme, _)| scheme) {
            Some("sqlite") => Ok(Self::Sqlite),
            Some("postgres" | "postgresql") => Ok(Self::Postgres),
            _ => Err(OpenError::Scheme),
        }
    }

    /// The engine behind a transaction.
    fn behind(tx: &Tx) -> Self {
        match tx.backend_name() {
            "SQLite" => Self::Sqlite,
            _ => Self::Postgres,
        }
    }

    /// Statements that set up each connection.
    fn setup(self) -> &'static [&'static str] {
        match self {
            Self::Sqlite => &[
                "PRAGMA busy_timeout = 10000",
                "PRAGMA journal_mode = WAL",
                "PRAGMA synchronous = FULL",
                "PRAGMA foreign_keys = ON",
                "PRAGMA cache_size = -65536",
                "PRAGMA journal_size_limit = 67108864",
            ],
            Self::Postgres => &[],
        }
    }

    fn begin_read(self) -> &'static str {
        match self {
            Self::Sqlite => "BEGIN",
            Self::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        }
    }

    fn begin_write(self) -> &'static str {
        match self {
            Self::Sqlite => "BEGIN IMMEDIATE",
            Self::Postgres => "BEGIN",
        }
    }

    /// The placeholder of the `n`-th value, from 1, in a statement that names each value once and in
    /// order.
    pub fn placeholder(self, n: usize) -> String {
        match self {
            Self::Sqlite => "?".to_owned(),
            Self::Postgres => format!("${n}"),
        }
    }
}

/// Why the books cannot be opened. No variant carries the address, which may hold a password.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("the database address must begin with sqlite: or postgres:")]
    Scheme,
    #[error("the books cannot be opened: {0}")]
    Database(#[from] sqlx::Error),
    #[error("the books are of a newer version ({0}) than this program knows ({1})")]
    Newer(i64, i64),
    #[error("the books are of an older version ({0}) than this program knows ({1}); start the portal once")]
    Older(i64, i64),
}

/// The open books.
pub struct Books {
    engine: Engine,
    readers: AnyPool,
    writers: AnyPool,
    seen: imports::Seen,
    /// Told of every transaction that leaves lines.
    told: Arc<Notify>,
    last: Arc<audit::Last>,
    /// Refusals that are not written yet.
    pub refused: authorization::refused::Waiting,
    /// What decisions are made of, in memory.
    pub index: index::Index,
}

impl Books {
    /// Opens the books at `url` and brings them to the current version.
    pub async fn open(url: &str) -> Result<Self, OpenError> {
        sqlx::any::install_default_drivers();
        let engine = Engine::of(url)?;
        let writers = pool(engine, if engine == Engine::Sqlite { 1 } else { 8 })
            .connect(url)
            .await?;
        let alone = Alone::over(engine, &writers).await?;
        migrations::run(engine, &writers).await?;
        let readers = pool(engine, 8).connect(url).await?;
        let books = Self {
            engine,
            readers,
            writers,
            seen: imports::Seen::default(),
            last: Arc::new(audit::Last::new(alone)),
            refused: Default::default(),
            index: Default::default(),
            told: Arc::default(),
        };
        roles::write_built_in(&books).await?;
        Ok(books)
    }

    /// Opens the books at `url` to look at them, and changes nothing: they must be of the current version.
    pub async fn look(url: &str) -> Result<Self, OpenError> {
        sqlx::any::install_default_drivers();
        let engine = Engine::of(url)?;
        let readers = pool(engine, 1).connect(url).await?;
        migrations::check(&readers).await?;
        Ok(Self {
            engine,
            writers: readers.clone(),
            readers,
            seen: imports::Seen::default(),
            last: Arc::new(audit::Last::new(None)),
            refused: Default::default(),
            index: Default::default(),
            told: Arc::default(),
        })
    }

    /// A snapshot to read from.
    pub async fn read(&self) -> sqlx::Result<Tx> {
        let transaction = self.readers.begin_with(self.engine.begin_read()).await?;
        Ok(self.tx(transaction))
    }

    fn tx(&self, transaction: Transaction<'static, Any>) -> Tx {
        Tx::new(transaction, Arc::clone(&self.told), Arc::clone(&self.last))
    }

    /// Waits for the next change on this server of which the audit log tells, or for one since it was waited for
    /// last. For one who waits.
    pub async fn changed(&self) {
        self.told.notified().await;
    }

    /// The number of the audit log's last line: as long as it is the same, nothing changed of which the log tells.
    /// One question without a transaction at most.
    pub async fn last_told(&self) -> sqlx::Result<i64> {
        self.last.line(&self.readers).await
    }

    /// A transaction to change the books.
    pub async fn write(&self) -> sqlx::Result<Tx> {
        let mut transaction = self.writers.begin_with(self.engine.begin_write()).await?;
        self.last.begun(&mut transaction).await?;
        Ok(self.tx(transaction))
    }

    /// A transaction to put tokens on a list. No token changes meanwhile: one that got its Chip ID at
    /// the same moment would be listed under a key by which it is not found, and one that was deleted
    /// would stay.
    pub async fn write_entries(&self) -> sqlx::Result<Tx> {
        let mut tx = self.write().await?;
        if self.engine == Engine::Postgres {
            (&mut *tx).execute("LOCK TABLE tokens IN SHARE MODE").await?;
        }
        Ok(tx)
    }

    /// The engine behind the books.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// Ends all connections; on SQLite this folds the log into the file.
    pub async fn close(&self) {
        self.last.leave();
        self.readers.close().await;
        self.writers.close().await;
    }
}

fn pool(engine: Engine, connections: u32) -> AnyPoolOptions {
    AnyPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(Duration::from_secs(60))
        // Without either, sqlx looks after no idle connections. Where it does, it counts them in a way that may wrap,
        // and then counts on without an end (transact-rs/sqlx#3645).
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(engine == Engine::Postgres)
        .after_connect(move |connection, _| {
            Box::pin(async move {
                for statement in engine.setup() {
                    connection.execute(*statement).await?;
                }
                Ok(())
            })
        })
}

/// The address of the SQLite file at `path`, which is made if it is not there.
pub fn sqlite_url(path: &Path) -> String {
    let mut url = String::from("sqlite://");
    for byte in path.to_string_lossy().bytes() {
        if byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte) {
            url.push(char::from(byte));
        } else {
            url.push_str(&format!("%{byte:02X}"));
        }
    }
    url + "?mode=rwc"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn idle_connections_are_not_counted() {
        for engine in [Engine::Sqlite, Engine::Postgres] {
            let pool = pool(engine, 2);
            let kept = (
                pool.get_idle_timeout(),
                pool.get_max_lifetime(),
                pool.get_min_connections(),
            );
            assert_eq!(kept, (None, None, 0));
        }
    }
}
