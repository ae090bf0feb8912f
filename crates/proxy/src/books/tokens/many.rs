//! Many tokens at once: all of those chosen, or none.

use domain::export::Chosen;
use sqlx::AssertSqlSafe;

use super::super::listing::{self, Bind, Scope, bind_all};
use super::super::{Tx, records};
use super::{TABLE, delete};
use crate::clock;
use crate::middleware::if_match::IfMatch;
use crate::problem::Error;

/// How many ids one statement takes.
const BATCH: usize = 500;

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
    for id in &ids {
        delete(tx, id, IfMatch::Any).await?;
    }
    Ok(ids.len() as u64)
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
