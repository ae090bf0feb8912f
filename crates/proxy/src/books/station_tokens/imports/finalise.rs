//! *Finalise import*, or discard it.

use std::collections::{HashMap, HashSet};

use domain::station_tokens::{ImportDone, StationToken, Status};
use sqlx::{AssertSqlSafe, Row};

use super::super::super::imports::STAGED;
use super::super::super::listing::number;
use super::super::super::{Tx, organizations};
use super::super::{hold, of, write};
use super::{KEPT, KEPT_HOURS, by, json, organizations_of, parse};
use crate::clock;
use crate::problem::Error;

/// How many tokens are written at once.
const AT_ONCE: i64 = 400;

/// Takes a staged import over: all of it, or nothing where a token has changed since it was read. Once
/// done, it is answered the same again.
pub async fn finalise(tx: &mut Tx, id: &str) -> Result<ImportDone, Error> {
    hold(tx).await?;
    let done = lock(tx, id).await?;
    if !done.is_empty() {
        tx.silently("it was done before");
        return parse(&done);
    }
    tx.batch(id);
    tx.silently("a file may hold nothing new");
    let changed = changed_since(tx, id).await?;
    if changed > 0 {
        return Err(Error::ImportState(format!(
            "{} changed since the file was read, so nothing was imported. Import the file again to see what it \
             means now.",
            if changed == 1 {
                "One token has".to_owned()
            } else {
                format!("{changed} tokens have")
            }
        )));
    }
    // Two tokens may change places: nobody is on an EVSE while they are written.
    let were_active: HashSet<String> = sqlx::query(
        "UPDATE station_tokens SET status = 'new' WHERE status = 'active' \
         AND id IN (SELECT r.token_id FROM station_token_import_rows r WHERE r.import_id = $1 AND r.was > 0) \
         RETURNING id",
    )
    .bind(id)
    .fetch_all(&mut **tx)
    .await?
    .iter()
    .map(|row| row.try_get("id"))
    .collect::<Result<_, _>>()?;
    let (mut done, mut from) = (ImportDone::default(), 0);
    let caller = tx.caller();
    let now = clock::now();
    loop {
        let rows = sqlx::query(
            "SELECT was, token FROM station_token_import_rows WHERE import_id = $1 AND seq >= $2 AND seq < $3 \
             ORDER BY seq",
        )
        .bind(id)
        .bind(from)
        .bind(from + AT_ONCE)
        .fetch_all(&mut **tx)
        .await?;
        if rows.is_empty() {
            break;
        }
        from += AT_ONCE;
        let mut written = Vec::with_capacity(rows.len());
        for row in rows {
            let was = number(&row, "was")?;
            let mut token: StationToken = parse(row.try_get("token")?)?;
            if was == 0 {
                token.created_at.clone_from(&now);
                done.added += 1;
            } else {
                done.changed += 1;
            }
            if !caller.reaches(&organizations::key(&token.org_id)) {
                let said = "What your account is limited to has changed since the file was read, so nothing was \
                            imported. Import the file again.";
                return Err(Error::ImportState(said.into()));
            }
            token.version = was + 1;
            token.updated_at.clone_from(&now);
            written.push(token);
        }
        organizations::add(tx, &organizations_of(&written)).await?;
        tell(tx, &written, &were_active).await?;
        write(tx, &written).await?;
    }
    sqlx::query("UPDATE station_token_imports SET done = $2 WHERE id = $1")
        .bind(id)
        .bind(json(&done)?)
        .execute(&mut **tx)
        .await?;
    forget_rows(tx, id).await?;
    Ok(done)
}

/// Has the audit log tell what becomes of tokens that are about to be written.
async fn tell(tx: &mut Tx, tokens: &[StationToken], were_active: &HashSet<String>) -> Result<(), Error> {
    let ids: Vec<String> = tokens.iter().map(|token| token.id.clone()).collect();
    let mut before: HashMap<String, StationToken> = of(tx, "t.id", &ids)
        .await?
        .into_iter()
        .map(|token| (token.id.clone(), token))
        .collect();
    for token in tokens {
        let mut before = before.remove(&token.id);
        if let Some(before) = before.as_mut().filter(|_| were_active.contains(&token.id)) {
            before.status = Status::Active;
        }
        tx.changed("Imported", before.as_ref(), Some(token));
    }
    Ok(())
}

/// Gives a staged import up; nothing but the import has changed.
pub async fn discard(tx: &mut Tx, id: &str) -> Result<(), Error> {
    if !lock(tx, id).await?.is_empty() {
        return Err(Error::ImportState(
            "The import is finalised already. Nothing was changed.".into(),
        ));
    }
    tx.silently(STAGED);
    sqlx::query("DELETE FROM station_token_imports WHERE id = $1")
        .bind(id)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Locks an import for the rest of the transaction and tells what it did, if it did.
async fn lock(tx: &mut Tx, id: &str) -> Result<String, Error> {
    sqlx::query("UPDATE station_token_imports SET done = done WHERE id = $1")
        .bind(id)
        .execute(&mut **tx)
        .await?;
    let row = sqlx::query(AssertSqlSafe(format!("SELECT done {KEPT}")))
        .bind(id)
        .bind(clock::hours_ago(KEPT_HOURS))
        .bind(by(tx))
        .fetch_optional(&mut **tx)
        .await?
        .ok_or(Error::NotFound("import"))?;
    Ok(row.try_get("done")?)
}

/// How many tokens are not as they were when the file was read: changed, gone, no longer ours, made
/// meanwhile, or made active where one of the file is to be.
async fn changed_since(tx: &mut Tx, id: &str) -> Result<u64, Error> {
    let mut changed = 0;
    for sql in [
        "SELECT COUNT(*) AS changed FROM station_token_import_rows r \
         LEFT JOIN station_tokens t ON t.id = r.token_id LEFT JOIN organizations o ON o.key = t.org_key \
         WHERE r.import_id = $1 AND r.was > 0 AND (t.id IS NULL OR t.version <> r.was OR o.ours = 0)",
        "SELECT COUNT(*) AS changed FROM station_token_import_rows r \
         JOIN station_tokens t ON t.token_sn_fold = r.token_sn_fold AND t.id <> r.token_id WHERE r.import_id = $1",
        "SELECT COUNT(*) AS changed FROM station_token_import_rows r \
         JOIN station_tokens t ON t.evse_id_fold = r.evse AND t.status = 'active' \
         WHERE r.import_id = $1 AND r.evse <> '' AND NOT EXISTS (SELECT 1 FROM station_token_import_rows o \
         WHERE o.import_id = $1 AND o.token_id = t.id)",
    ] {
        let row = sqlx::query(sql).bind(id).fetch_one(&mut **tx).await?;
        changed += number(&row, "changed")?;
    }
    Ok(changed)
}

async fn forget_rows(tx: &mut Tx, id: &str) -> Result<(), Error> {
    sqlx::query("DELETE FROM station_token_import_rows WHERE import_id = $1")
        .bind(id)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
