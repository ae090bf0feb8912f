//! Imports of charge tokens: staged in chunks, previewed, finalised or discarded, undone.
//!
//! Until *Finalise import* nothing but the staging tables has changed; finalising and undoing are
//! one transaction each.

mod chunks;
mod finalise;
mod meaning;
mod preview;
pub(in crate::books) mod removed;
mod seen;
mod staged;
mod undo;

pub use chunks::put_chunk;
pub use finalise::finalise;
pub use meaning::changed;
pub use preview::preview;
pub use removed::{Removed, forget};
pub use seen::Seen;
pub use undo::undo;

use domain::column::Listed;
use domain::imports::{Import, ImportState, NewImport};
use sqlx::Row;
use sqlx::any::AnyRow;

use super::listing::{Column, Rows, Scope, Source, Table, flag, number};
use super::{Books, Tx, fields, ids, locations, text};
use crate::app::App;
use crate::clock;
use crate::problem::Error;

/// How long a staged import waits to be finalised, in days.
const KEPT_DAYS: i64 = 7;

/// Why the audit log does not tell of what happens before *Finalise import*.
pub(in crate::books) const STAGED: &str = "nothing but the import has changed";

pub(in crate::books) const TABLE: Table = Table {
    select: "i.*",
    from: "imports i",
    heads: Import::HEADS,
    columns: &[
        Column::text("fileName", "i.file_name_fold"),
        Column::text("state", "i.state"),
        Column::text("createdAt", "i.created_at"),
        Column::text("finalisedAt", "i.finalised_at").order(&["COALESCE(i.finalised_at, '')"]),
        Column::number("added", "i.added"),
        Column::number("alreadyListed", "i.already_listed"),
        Column::number("removed", "i.removed"),
        Column::number("ids", "i.ids"),
        Column::text("cleared", "CASE i.cleared WHEN 0 THEN 'no' ELSE 'yes' END").order(&["i.cleared"]),
        Column::text("undoneAt", "i.undone_at").order(&["COALESCE(i.undone_at, '')"]),
    ],
    search: &["i.file_name_fold"],
    order: "i.created_at DESC",
    tie: "i.id",
    id: "i.id",
    key: str::to_owned,
    org: "",
    changed: &[],
};

/// A location's imports, the newest first, without those that were given up: they changed nothing.
pub struct Imports;

impl Source for Imports {
    type Row = Import;
    type Path = String;

    async fn rows(tx: &mut Tx, location_id: String) -> Result<Rows<Import>, Error> {
        locations::get(tx, &location_id).await?;
        let scope = Scope::of(
            "i.location_id = $1 AND i.state <> 'discarded'",
            [location_id.into()],
        );
        Ok(Rows::new(&TABLE, scope, read))
    }
}

/// One import of a location.
pub async fn get(tx: &mut Tx, location_id: &str, id: &str) -> Result<Import, Error> {
    let row = sqlx::query("SELECT i.* FROM imports i WHERE i.id = $1 AND i.location_id = $2")
        .bind(id)
        .bind(location_id)
        .fetch_optional(&mut **tx)
        .await?
        .ok_or(Error::NotFound("import"))?;
    Ok(read(&row)?)
}

fn read(row: &AnyRow) -> Result<Import, sqlx::Error> {
    let state: String = row.try_get("state")?;
    Ok(Import {
        id: row.try_get("id")?,
        location_id: row.try_get("location_id")?,
        file_name: row.try_get("file_name")?,
        kind: ids::kind_of(row.try_get("kind")?),
        state: match state.as_str() {
            "finalised" => ImportState::Finalised,
            "undone" => ImportState::Undone,
            "discarded" => ImportState::Discarded,
            _ => ImportState::Staged,
        },
        next_chunk: number(row, "next_chunk")?,
        ids: number(row, "ids")?,
        added: number(row, "added")?,
        already_listed: number(row, "already_listed")?,
        removed: number(row, "removed")?,
        cleared: flag(row, "cleared")?,
        created_at: row.try_get("created_at")?,
        finalised_at: row.try_get("finalised_at")?,
        undone_at: row.try_get("undone_at")?,
    })
}

/// Begins an import.
pub async fn stage(tx: &mut Tx, location_id: &str, new: NewImport) -> Result<Import, Error> {
    locations::get(tx, location_id).await?;
    let file_name = fields::line("fileName", &new.file_name)?;
    tx.silently(STAGED);
    let id = ids::new("imp")?;
    sqlx::query(
        "INSERT INTO imports (id, location_id, file_name, kind, state, next_chunk, ids, added, already_listed, \
         removed, cleared, created_at, touched_at, file_name_fold) \
         VALUES ($1, $2, $3, $4, 'staged', 0, 0, 0, 0, 0, 0, $5, $5, $6)",
    )
    .bind(&id)
    .bind(location_id)
    .bind(&file_name)
    .bind(ids::kind_number(new.kind))
    .bind(clock::now())
    .bind(text::fold(&file_name))
    .execute(&mut **tx)
    .await?;
    get(tx, location_id, &id).await
}

/// Locks an import for the rest of the transaction, if it is in that state.
async fn lock(tx: &mut Tx, location_id: &str, id: &str, state: ImportState) -> Result<Import, Error> {
    sqlx::query("UPDATE imports SET touched_at = $2 WHERE id = $1")
        .bind(id)
        .bind(clock::now())
        .execute(&mut **tx)
        .await?;
    let import = get(tx, location_id, id).await?;
    if import.state == state {
        return Ok(import);
    }
    Err(Error::ImportState(match import.state {
        ImportState::Staged => "The import is not finalised yet, so there is nothing to undo.".into(),
        ImportState::Finalised => "The import is finalised already. Nothing was changed.".into(),
        ImportState::Undone => "The import has been undone. Nothing was changed.".into(),
        ImportState::Discarded => "The import has been discarded. Begin a new one.".into(),
    }))
}

/// Gives a staged import up; nothing but the import has changed.
pub async fn discard(tx: &mut Tx, location_id: &str, id: &str) -> Result<(), Error> {
    lock(tx, location_id, id, ImportState::Staged).await?;
    tx.silently(STAGED);
    sqlx::query("UPDATE imports SET state = 'discarded' WHERE id = $1")
        .bind(id)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Discards staged imports that nobody touched for long, and sweeps what ended imports left in the
/// staging tables. Small transactions, so that nobody waits long.
pub async fn sweep(books: &Books) -> Result<(), Error> {
    let mut tx = books.write().await?;
    tx.silently(STAGED);
    sqlx::query("UPDATE imports SET state = 'discarded' WHERE state = 'staged' AND touched_at < $1")
        .bind(clock::days_ago(KEPT_DAYS))
        .execute(&mut *tx)
        .await?;
    let left = sqlx::query(
        "SELECT DISTINCT c.import_id, c.seq FROM import_chunks c JOIN imports i ON i.id = c.import_id \
         WHERE i.state <> 'staged'",
    )
    .fetch_all(&mut *tx)
    .await?;
    tx.commit().await?;
    for row in left {
        let (id, seq): (String, i64) = (row.try_get("import_id")?, row.try_get("seq")?);
        let mut tx = books.write().await?;
        tx.silently(STAGED);
        for sql in [
            "DELETE FROM import_rows WHERE import_id = $1 AND seq = $2",
            "DELETE FROM import_chunks WHERE import_id = $1 AND seq = $2",
        ] {
            sqlx::query(sql).bind(&id).bind(seq).execute(&mut *tx).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}

/// [`sweep`] in the background; what fails is swept at the next start.
pub fn sweep_soon(app: &App) {
    let app = app.clone();
    crate::access::spawn(async move {
        if let Err(error) = sweep(&app.books).await {
            tracing::warn!(%error, "the staging tables could not be swept");
        }
    });
}
