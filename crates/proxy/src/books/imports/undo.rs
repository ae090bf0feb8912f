//! *Undo*: what a finalised import added goes, what it removed comes back. What operators changed
//! since stays.

use domain::imports::{ImportResult, ImportState, Undo};

use super::super::Tx;
use super::super::authorization::{Edit, Left, List};
use super::{get, lock};
use crate::clock;
use crate::middleware::if_match::IfMatch;
use crate::problem::Error;

/// Undoes a finalised import.
pub async fn undo(
    tx: &mut Tx,
    location_id: &str,
    id: &str,
    version: IfMatch,
    how: Undo,
) -> Result<ImportResult, Error> {
    let list = List::take(tx, location_id, version).await?;
    lock(tx, location_id, id, ImportState::Finalised).await?;
    let gone = sqlx::query("DELETE FROM authorization_tokens WHERE location_id = $1 AND import_id = $2")
        .bind(location_id)
        .bind(id)
        .execute(&mut **tx)
        .await?
        .rows_affected();
    let back = restore(tx, location_id, id).await?;
    sqlx::query("UPDATE imports SET state = 'undone', undone_at = $2 WHERE id = $1")
        .bind(id)
        .bind(clock::now())
        .execute(&mut **tx)
        .await?;
    let left = Left {
        customers: list.state.customers,
        tokens: (list.state.tokens + back).saturating_sub(gone),
    };
    let import = get(tx, location_id, id).await?;
    tx.batch(id);
    let edit = Edit::new("Import undone").of(&import);
    let edit = edit.count("Taken off", gone).count("Came back", back);
    let closed = list.close(tx, left, gone + back > 0, edit, how.confirm).await?;
    Ok(ImportResult {
        import,
        visibility_before: closed.visibility_before,
        authorization: closed.authorization,
    })
}

/// A Chip ID that a card of the portal got meanwhile comes back as that card's Auth ID. What an
/// import brought that has been undone itself stays away.
async fn restore(tx: &mut Tx, location_id: &str, id: &str) -> Result<u64, Error> {
    let back = sqlx::query(
        "INSERT INTO authorization_tokens (location_id, kind, key, id, import_id, added_at) \
         SELECT $1, CASE WHEN t.id IS NULL THEN m.kind ELSE 0 END, COALESCE(t.auth_key, m.key), \
         COALESCE(t.auth_id, m.id), m.by_import, m.added_at FROM import_removed m \
         LEFT JOIN tokens t ON m.kind = 1 AND t.chip_key = m.key AND t.type = 'RFID' \
         WHERE m.import_id = $2 \
         AND NOT EXISTS (SELECT 1 FROM imports b WHERE b.id = m.by_import AND b.state = 'undone') \
         ORDER BY 2, 3 ON CONFLICT DO NOTHING",
    )
    .bind(location_id)
    .bind(id)
    .execute(&mut **tx)
    .await?;
    Ok(back.rows_affected())
}
