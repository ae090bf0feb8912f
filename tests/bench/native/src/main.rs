//! What one process needs for reading a token file and writing its ids in one SQLite transaction: the
//! yardstick for the way of the same file from the browser's file picker to *Finalised*.
//!
//! `bench-native sample FILE ROWS` writes the file, `bench-native import FILE` measures and prints JSON;
//! `bench-native write csv|xlsx ROWS OUT` measures what writing alone takes; `bench-native service FILE` and
//! `bench-native clients ADDRESS COUNT SECONDS [COOKIE [BODIES]]` are what stands on both sides of a proxy;
//! `bench-native constant TEXT` is the bare web framework.

mod load;
mod write;

use std::error::Error;
use std::time::Instant;

use domain::identifiers::IdKind;
use domain::token_file::{self, Options, sample};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, Executor};

/// Rows of one INSERT; SQLite takes 32,766 parameters.
const ROWS: usize = 1_000;

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    if let ["constant", answer] = words[..] {
        return load::constant(answer).map_err(|error| error as Box<dyn Error>);
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(run(&words))
}

async fn run(words: &[&str]) -> Result<(), Box<dyn Error>> {
    match *words {
        ["sample", file, rows] => Ok(std::fs::write(file, sample::auth_ids(rows.parse()?))?),
        ["import", file] => import(file).await,
        ["write", format, rows, out] => write::write(format, rows, out),
        ["service", file] => load::service(file).await.map_err(|error| error as Box<dyn Error>),
        ["clients", address, count, seconds, ref rest @ ..] if rest.len() <= 2 => {
            let cookie = rest.first().copied().unwrap_or_default();
            load::clients(address, count, seconds, cookie, rest.get(1).copied())
                .await
                .map_err(|error| error as Box<dyn Error>)
        }
        _ => Err("bench-native sample | import | write | service | constant | clients".into()),
    }
}

async fn import(file: &str) -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let mut store = SqliteConnectOptions::new()
        .filename(folder.path().join("ids.sqlite"))
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        // As much memory as the portal gives its store.
        .pragma("cache_size", "-65536")
        .connect()
        .await?;
    store
        .execute("CREATE TABLE ids (key TEXT NOT NULL UNIQUE, display TEXT NOT NULL)")
        .await?;

    let start = Instant::now();
    let report = token_file::read(std::fs::read(file)?, Options::new(IdKind::AuthId))
        .map_err(|refusal| refusal.code.to_string())?;
    let read = start.elapsed();
    let mut transaction = store.begin().await?;
    let mut ids = report.accepted().peekable();
    while ids.peek().is_some() {
        let rows: Vec<_> = ids.by_ref().take(ROWS).collect();
        let mut insert = String::from("INSERT INTO ids (key, display) VALUES (?, ?)");
        insert.push_str(&", (?, ?)".repeat(rows.len() - 1));
        let insert = rows
            .iter()
            .fold(sqlx::query(sqlx::AssertSqlSafe(insert)), |query, entry| {
                query.bind(entry.key.to_owned()).bind(entry.display.to_owned())
            });
        insert.execute(&mut *transaction).await?;
    }
    transaction.commit().await?;
    let ms = |time: std::time::Duration| time.as_secs_f64() * 1000.0;
    println!(
        "{{\"ids\":{},\"read\":{:.1},\"ms\":{:.1}}}",
        report.accepted_count(),
        ms(read),
        ms(start.elapsed())
    );
    store.close().await?;
    Ok(())
}
