//! The work of an export: rows become cells, cells bytes.

use domain::column::{Cell, Column, Head, Listed};
use domain::export::Format;
use futures::StreamExt;
use tokio::io::AsyncReadExt;
use tokio::task::spawn_blocking;

use super::body::{Left, Sink};
use super::csv::Csv;
use super::exports::Running;
use super::json::Json;
use super::xlsx::Xlsx;
use crate::books::Tx;
use crate::books::listing::Export;

/// How many bytes are sent at once.
const PIECE: usize = 64 * 1024;
/// After how many rows the progress is told.
const STEP: u64 = 500;

/// Why there will be no file.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    Left(#[from] Left),
    #[error("the books: {0}")]
    Books(#[from] sqlx::Error),
    #[error("the file: {0}")]
    File(String),
    #[error("the file: {0}")]
    Io(#[from] std::io::Error),
}

/// A format: it gets a head, then rows, and leaves bytes in `out`.
pub trait Write: Send {
    fn head(&mut self, heads: &[&Head], out: &mut Vec<u8>) -> Result<(), String>;

    /// A row of cells, one for each head.
    fn row(&mut self, heads: &[&Head], cells: &[Cell], out: &mut Vec<u8>) -> Result<(), String>;

    /// What comes after the last row; a file, where all of it had to be written first.
    fn end(self: Box<Self>, out: &mut Vec<u8>) -> Result<Option<std::fs::File>, String>;
}

/// A file that is to be written.
pub struct File<T: 'static> {
    pub columns: Vec<&'static Column<T>>,
    pub format: Format,
    pub progress: Running,
    pub sink: Sink,
}

impl<T: Listed + Clone + Send + Sync> File<T> {
    /// Writes it. What goes wrong stands in its progress, and breaks the answer off.
    pub async fn write(self, tx: Tx, export: Export<T>) {
        let Self {
            columns,
            format,
            mut progress,
            sink,
        } = self;
        let written = tokio::select! {
            written = write(&columns, format, &mut progress, &sink, tx, export) => written,
            () = sink.left() => Err(Left::Gone.into()),
        };
        match written {
            Ok(()) => progress.done(),
            Err(Failure::Left(left)) => progress.failed(left.to_string()),
            Err(failure) => {
                tracing::error!(%failure, "an export failed");
                progress.failed("The portal failed. Begin the export again.".into());
            }
        }
    }
}

async fn write<T: Listed + Clone + Send + Sync>(
    columns: &[&'static Column<T>],
    format: Format,
    progress: &mut Running,
    sink: &Sink,
    mut tx: Tx,
    export: Export<T>,
) -> Result<(), Failure> {
    let heads: Vec<&Head> = columns.iter().map(|column| &column.head).collect();
    let mut writer: Box<dyn Write> = match format {
        Format::Csv => Box::new(Csv),
        Format::Json => Box::new(Json::default()),
        Format::Xlsx => Box::new(Xlsx::new()),
    };
    let mut out = Vec::with_capacity(PIECE + 4096);
    writer.head(&heads, &mut out).map_err(Failure::File)?;
    let mut cells = Vec::with_capacity(columns.len());
    let mut untold = 0;
    {
        let mut rows = std::pin::pin!(export.stream(&mut tx));
        while let Some(row) = rows.next().await {
            let row = row?;
            cells.clear();
            cells.extend(columns.iter().map(|column| (column.get)(&row)));
            writer.row(&heads, &cells, &mut out).map_err(Failure::File)?;
            untold += 1;
            if out.len() >= PIECE {
                sink.send(std::mem::replace(&mut out, Vec::with_capacity(PIECE + 4096)))
                    .await?;
            }
            if untold == STEP {
                progress.add(std::mem::take(&mut untold));
                // The books answer without a pause; the reader's leaving is looked at in between.
                tokio::task::yield_now().await;
            }
        }
    }
    progress.add(untold);
    // The snapshot is not needed any more.
    drop(tx);
    let ended = spawn_blocking(move || writer.end(&mut out).map(|file| (file, out)));
    let (file, out) = ended
        .await
        .map_err(|error| Failure::File(error.to_string()))?
        .map_err(Failure::File)?;
    sink.send(out).await?;
    if let Some(file) = file {
        let mut file = tokio::fs::File::from_std(file);
        loop {
            let mut piece = vec![0; PIECE];
            let length = file.read(&mut piece).await?;
            if length == 0 {
                break;
            }
            piece.truncate(length);
            sink.send(piece).await?;
        }
    }
    Ok(sink.end().await?)
}
