//! *Finalise import*: the staged ids onto the list, in one transaction.

use domain::imports::{Finalise, Import, ImportResult, ImportState};
use sqlx::AssertSqlSafe;

use super::super::authorization::{Edit, Left, List};
use super::super::{Tx, listing};
use super::{get, lock, staged};
use crate::clock;
use crate::middleware::if_match::IfMatch;
use crate::problem::Error;

/// Adds the staged ids; with `clear`, entries that are not among them go.
pub async fn finalise(
    tx: &mut Tx,
    location_id: &str,
    id: &str,
    version: IfMatch,
    how: Finalise,
) -> Result<ImportResult, Error> {
    let list = List::take(tx, location_id, version).await?;
    let import = lock(tx, location_id, id, ImportState::Staged).await?;
    if import.ids != how.ids {
        return Err(Error::ImportIncomplete {
            received: import.ids,
            meant: how.ids,
        });
    }
    if import.ids == 0 {
        return Err(Error::NothingToImport);
    }
    let removed = if how.clear { clear(tx, &import).await? } else { 0 };
    let added = add(tx, &import).await?;
    sqlx::query(
        "UPDATE imports SET state = 'finalised', added = $2, already_listed = $3, removed = $4, cleared = $5, \
         finalised_at = $6 WHERE id = $1",
    )
    .bind(id)
    .bind(listing::bound(added))
    .bind(listing::bound(import.ids - added))
    .bind(listing::bound(removed))
    .bind(i64::from(how.clear))
    .bind(clock::now())
    .execute(&mut **tx)
    .await?;
    let left = Left {
        customers: list.state.customers,
        tokens: (list.state.tokens + added).saturating_sub(removed),
    };
    let import = get(tx, location_id, id).await?;
    tx.batch(id);
    let edit = Edit::new("Imported").of(&import).count("Added", added);
    let edit = edit
        .count("Already listed", import.already_listed)
        .count("Removed", removed);
    let closed = list.close(tx, left, added + removed > 0, edit, false).await?;
    Ok(ImportResult {
        import,
        visibility_before: closed.visibility_before,
        authorization: closed.authorization,
    })
}

/// Moves the entries that are not in the import from the list to where undo finds them.
async fn clear(tx: &mut Tx, import: &Import) -> Result<u64, Error> {
    let with = staged::of(import.kind).with();
    let from = staged::NOT_IN_IMPORT;
    let keep = format!(
        "{with} INSERT INTO import_removed (import_id, kind, key, id, by_import, added_at) \
         SELECT $2, e.kind, e.key, e.id, e.import_id, e.added_at FROM {from} \
         WHERE e.location_id = $1 AND s.key IS NULL ORDER BY e.kind, e.key"
    );
    sqlx::query(AssertSqlSafe(keep))
        .bind(&import.location_id)
        .bind(&import.id)
        .execute(&mut **tx)
        .await?;
    let gone = sqlx::query(
        "DELETE FROM authorization_tokens WHERE location_id = $1 \
         AND (kind, key) IN (SELECT m.kind, m.key FROM import_removed m WHERE m.import_id = $2)",
    )
    .bind(&import.location_id)
    .bind(&import.id)
    .execute(&mut **tx)
    .await?;
    Ok(gone.rows_affected())
}

/// In the order of the keys, which keeps the writing of the index in one place.
async fn add(tx: &mut Tx, import: &Import) -> Result<u64, Error> {
    let staged::Staged {
        join_token,
        kind,
        key,
    } = staged::of(import.kind);
    let sql = format!(
        "INSERT INTO authorization_tokens (location_id, kind, key, id, import_id, added_at) \
         SELECT $1, {kind}, {key}, COALESCE(t.auth_id, r.id), r.import_id, $3 FROM import_rows r {join_token} \
         WHERE r.import_id = $2 ORDER BY 2, 3 ON CONFLICT DO NOTHING"
    );
    let added = sqlx::query(AssertSqlSafe(sql))
        .bind(&import.location_id)
        .bind(&import.id)
        .bind(clock::now())
        .execute(&mut **tx)
        .await?;
    Ok(added.rows_affected())
}
