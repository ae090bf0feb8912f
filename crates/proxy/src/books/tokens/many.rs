//! Many tokens at once: all of those chosen, or none.

use domain::export::Chosen;
use sqlx::{AssertSqlSafe, Row};

use super::super::listing::{self, Bind, Scope, bind_all};
use super::super::records::{self, BATCH};
use super::super::{Tx, authorization, imports};
use super::TABLE;
use crate::clock;
use crate::problem::Error;

/// Blocks the chosen tokens, or takes the block off them. Gives how many were not so before.
pub async fn set_valid(tx: &mut Tx, chosen: &Chosen, valid: bool) -> Result<u64, Error> {
    let ids = listing::chosen(tx, &TABLE, Scope::all(), chosen).await?;
    let set = "valid = $1, version = version + 1, updated_at = $2";
    let values = [Bind::from(i64::from(valid)), clock::now().into()];
    update(tx, set, "valid <> $1", &values, &ids).await
}

/// Deletes the chosen tokens and takes them off all lists.
///
/// # Errors
/// One of them is the only entry of a list, which would open its location.
pub async fn delete_all(tx: &mut Tx, chosen: &Chosen) -> Result<u64, Error> {
    let ids = listing::chosen(tx, &TABLE, Scope::all(), chosen).await?;
    // All tokens before the first list, as in all other changes of both.
    update(tx, "version = version", "1 = 1", &[], &ids).await?;
    delete_locked(tx, &ids).await?;
    Ok(ids.len() as u64)
}

/// Deletes tokens that this transaction has locked, and takes them off all lists, also off those that an undo
/// would bring back.
pub(super) async fn delete_locked(tx: &mut Tx, ids: &[String]) -> Result<(), Error> {
    let (mut auth_keys, mut chip_keys) = (Vec::with_capacity(ids.len()), Vec::new());
    for ids in ids.chunks(BATCH) {
        let sql = format!(
            "SELECT auth_key, chip_key FROM tokens WHERE id IN ({})",
            records::placeholders(1, ids.len())
        );
        let rows = records::bind(sqlx::query(AssertSqlSafe(sql)), ids);
        for row in rows.fetch_all(&mut **tx).await? {
            auth_keys.push(row.try_get("auth_key")?);
            chip_keys.extend(row.try_get::<Option<String>, _>("chip_key")?);
        }
    }
    authorization::forget_tokens(tx, &auth_keys).await?;
    imports::forget(tx, &auth_keys).await?;
    imports::changed(tx, &chip_keys).await?;
    for ids in ids.chunks(BATCH) {
        let sql = format!(
            "DELETE FROM tokens WHERE id IN ({})",
            records::placeholders(1, ids.len())
        );
        records::bind(sqlx::query(AssertSqlSafe(sql)), ids)
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}

async fn update(
    tx: &mut Tx,
    set: &str,
    condition: &str,
    values: &[Bind],
    ids: &[String],
) -> Result<u64, Error> {
    let mut changed = 0;
    for ids in ids.chunks(BATCH) {
        let sql = format!(
            "UPDATE tokens SET {set} WHERE {condition} AND id IN ({})",
            records::placeholders(values.len() + 1, ids.len())
        );
        let mut binds = values.to_vec();
        binds.extend(ids.iter().map(|id| Bind::from(id.as_str())));
        let done = bind_all(sqlx::query(AssertSqlSafe(sql)), &binds)
            .execute(&mut **tx)
            .await?;
        changed += done.rows_affected();
    }
    Ok(changed)
}
