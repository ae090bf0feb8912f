//! `ev-portal audit verify`

use std::process::ExitCode;

use crate::books::audit::{self, Whole, Wrong};
use crate::books::{self, Books, OpenError};
use crate::cli::Verify;
use crate::serve::named_url;

/// Why nothing could be checked.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("{0}")]
    Settings(String),
    #[error("there are no books at {0}")]
    NoBooks(String),
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error("the books: {0}")]
    Books(#[from] sqlx::Error),
    #[error("the runtime: {0}")]
    Runtime(#[from] std::io::Error),
}

/// A line's number and hash as they stand behind `--holds`.
///
/// # Errors
/// What is wrong with them.
pub fn anchor(text: &str) -> Result<(i64, String), String> {
    let parts = text.split_once(':').map(|(id, hash)| (id.parse(), hash));
    match parts {
        Some((Ok(id), hash)) if id > 0 && hash.len() == 64 => Ok((id, hash.to_lowercase())),
        _ => Err("a line's number and its hash of 64 digits, with a colon between them".into()),
    }
}

/// Checks the log: 0 if it is whole, 1 if not, 2 if it cannot be read.
pub fn run(settings: &Verify) -> ExitCode {
    match check(settings) {
        Ok(Ok(Whole { lines: 0, .. })) => {
            println!("The audit log is whole. It holds no line yet.");
            ExitCode::SUCCESS
        }
        Ok(Ok(Whole { lines, hash })) => {
            println!("The audit log is whole: {lines} lines. The last one is {lines}:{hash}");
            ExitCode::SUCCESS
        }
        Ok(Err(wrong)) => {
            println!("The audit log is not whole: {wrong}.");
            ExitCode::from(1)
        }
        Err(failure) => {
            eprintln!("ev-portal: {failure}");
            ExitCode::from(2)
        }
    }
}

fn check(settings: &Verify) -> Result<Result<Whole, Wrong>, Failure> {
    let place = &settings.place;
    let url = match named_url(place).map_err(Failure::Settings)? {
        Some(url) => url,
        None => {
            let file = place.data_dir.join("portal.sqlite");
            if !file.is_file() {
                return Err(Failure::NoBooks(file.display().to_string()));
            }
            books::sqlite_url(&file)
        }
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let books = Books::look(&url).await?;
        let mut tx = books.read().await?;
        let checked = audit::verify(&mut tx, settings.holds.as_ref()).await?;
        drop(tx);
        books.close().await;
        Ok(checked)
    })
}
