//! Many tokens at once: all of those chosen, or none.

use domain::audit::Change;
use domain::export::Chosen;
use sqlx::{AssertSqlSafe, Row};

use super::super::audit::Noted;
use super::super::listing::{self, Bind, Scope, bind_all};
use super::super::records::{self, BATCH};
use super::super::{Tx, authorization, imports};
use super::{FROM, SELECT, TABLE, read};
use crate::clock;
use crate::problem::Error;

/// Blocks the chosen tokens, or takes the block off them. Gives how many were not so before.
pub async fn set_valid(tx: &mut Tx, chosen: &Chosen, valid: bool) -> Result<u64, Error> {
    let ids = listing::chosen(tx, &TABLE, Scope::all(), chosen).await?;
    let set = "valid = $1, version = version + 1, updated_at = $2";
    let values = [Bind::from(i64::from(valid)), clock::now().into()];
    let changed = update(tx, set, "valid <> $1", &values, &ids).await?;
    let (what, before, after) = if valid {
        ("Unblocked", "no", "yes")
    } else {
        ("Blocked", "yes", "no")
    };
    let change = Change::new("Valid", Some(before.into()), Some(after.into()));
    for (id, auth_id) in &changed {
        tx.note(Noted::new(what, "tokens", id, auth_id).with([change.clone()]));
    }
    tx.silently("they all were so before");
    Ok(changed.len() as u64)
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
    tx.silently("none of them is there");
    Ok(ids.len() as u64)
}

/// Deletes tokens that this transaction has locked, and takes them off all lists, also off those that an undo
/// would bring back.
pub(super) async fn delete_locked(tx: &mut Tx, ids: &[String]) -> Result<(), Error> {
    let (mut auth_keys, mut chip_keys) = (Vec::with_capacity(ids.len()), Vec::new());
    for ids in ids.chunks(BATCH) {
        let sql = format!(
            "SELECT {SELECT} FROM {FROM} WHERE t.id IN ({})",
            records::placeholders(1, ids.len())
        );
        let rows = records::bind(sqlx::query(AssertSqlSafe(sql)), ids);
        for row in rows.fetch_all(&mut **tx).await? {
            auth_keys.push(row.try_get("auth_key")?);
            chip_keys.extend(row.try_get::<Option<String>, _>("chip_key")?);
            tx.changed("Deleted", Some(&read(&row)?), None);
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

/// Gives ids and Auth IDs of those for which the condition held.
async fn update(
    tx: &mut Tx,
    set: &str,
    condition: &str,
    values: &[Bind],
    ids: &[String],
) -> Result<Vec<(String, String)>, Error> {
    let mut changed = Vec::new();
    for ids in ids.chunks(BATCH) {
        let sql = format!(
            "UPDATE tokens SET {set} WHERE {condition} AND id IN ({}) RETURNING id, auth_id",
            records::placeholders(values.len() + 1, ids.len())
        );
        let mut binds = values.to_vec();
        binds.extend(ids.iter().map(|id| Bind::from(id.as_str())));
        let done = bind_all(sqlx::query(AssertSqlSafe(sql)), &binds)
            .fetch_all(&mut **tx)
            .await?;
        for row in done {
            changed.push((row.try_get("id")?, row.try_get("auth_id")?));
        }
    }
    Ok(changed)
}
