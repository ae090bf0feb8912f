//! Chunks of a staged import: judged, de-duplicated and written.

use domain::identifiers::{IdKind, judge};
use domain::imports::{Import, ImportState, MAX_CHUNK_IDS, MAX_IMPORT_IDS};
use domain::problem::FieldError;
use sqlx::{AssertSqlSafe, Row};

use super::super::{Books, Engine, Tx, listing};
use super::seen::Keys;
use super::{STAGED, get, lock};
use crate::middleware::keyed::digest;
use crate::problem::Error;

/// Rows of one statement: 8,000 of two values stay below SQLite's 32,766.
const BATCH: usize = 8_000;
/// How many bad ids an answer names.
const NAMED: usize = 100;

/// Stages the chunk `seq`, which is the next one, or an earlier one again. The same ids again change
/// nothing; other ids take back this chunk and all after it.
pub async fn put_chunk(
    books: &Books,
    location_id: &str,
    id: &str,
    seq: u64,
    chunk: Vec<String>,
) -> Result<Import, Error> {
    if chunk.len() > MAX_CHUNK_IDS {
        return Err(Error::TooLarge(format!(
            "A chunk carries at most {MAX_CHUNK_IDS} ids; this one has {}.",
            chunk.len()
        )));
    }
    let mut tx = books.read().await?;
    let kind = get(&mut tx, location_id, id).await?.kind;
    drop(tx);
    let judged = tokio::task::spawn_blocking(move || judge_all(kind, &chunk));
    let (rows, chunk_digest) = judged.await.map_err(|e| Error::Internal(e.to_string()))??;

    let mut tx = books.write().await?;
    let import = lock(&mut tx, location_id, id, ImportState::Staged).await?;
    if seq > import.next_chunk {
        return Err(Error::ImportState(format!(
            "Chunk {} comes next, not {seq}.",
            import.next_chunk
        )));
    }
    let before = chain_before(&mut tx, id, seq).await?;
    let chain = digest(format!("{before}{chunk_digest}").as_bytes());
    if seq < import.next_chunk {
        if chain_before(&mut tx, id, seq + 1).await? == chain {
            return Ok(import);
        }
        truncate(&mut tx, id, seq).await?;
    }
    let mut keys = match books.seen.take(id, &before) {
        Some(keys) => keys,
        None => reread(books, &mut tx, id).await?,
    };
    let known = ids_before(&mut tx, id, seq).await?;
    let mut new = rows;
    new.retain(|(key, _)| books.seen.note(&mut keys, key));
    // In the order of the keys, what compares them with the list later goes through its index once a
    // chunk, not once an id.
    new.sort_unstable();
    let ids = known + new.len() as u64;
    if ids > MAX_IMPORT_IDS {
        return Err(Error::TooLarge(format!(
            "An import carries at most {MAX_IMPORT_IDS} ids."
        )));
    }
    write(&mut tx, books.engine(), id, seq, new).await?;
    note_chunk(&mut tx, id, seq, &chain, ids).await?;
    tx.silently(STAGED);
    let import = get(&mut tx, location_id, id).await?;
    tx.commit().await?;
    books.seen.put(id, &chain, keys);
    Ok(import)
}

/// Key and display of each id, and the digest of all; fails if one is no id.
fn judge_all(kind: IdKind, chunk: &[String]) -> Result<(Vec<(String, String)>, String), Error> {
    let (mut rows, mut errors, mut bad) = (Vec::with_capacity(chunk.len()), Vec::new(), 0);
    for (at, text) in chunk.iter().enumerate() {
        match judge(kind, text) {
            Ok(id) => rows.push((id.key, id.display)),
            Err(code) => {
                bad += 1;
                if errors.len() < NAMED {
                    errors.push(FieldError {
                        field: format!("ids[{at}]"),
                        message: code.message(),
                    });
                }
            }
        }
    }
    if bad > 0 {
        let detail = format!(
            "{bad} of {} ids of this chunk are not valid. The chunk was not taken.",
            chunk.len()
        );
        return Err(Error::Invalid { detail, errors });
    }
    Ok((rows, digest(chunk.join("\n").as_bytes())))
}

/// The digest of all chunks before `seq`.
async fn chain_before(tx: &mut Tx, id: &str, seq: u64) -> Result<String, Error> {
    let row = sqlx::query("SELECT chain FROM import_chunks WHERE import_id = $1 AND seq = $2 - 1")
        .bind(id)
        .bind(listing::bound(seq))
        .fetch_optional(&mut **tx)
        .await?;
    Ok(row
        .map(|row| row.try_get("chain"))
        .transpose()?
        .unwrap_or_default())
}

/// The distinct ids of all chunks before `seq`.
async fn ids_before(tx: &mut Tx, id: &str, seq: u64) -> Result<u64, Error> {
    let row = sqlx::query("SELECT ids FROM import_chunks WHERE import_id = $1 AND seq = $2 - 1")
        .bind(id)
        .bind(listing::bound(seq))
        .fetch_optional(&mut **tx)
        .await?;
    Ok(row
        .map(|row| listing::number(&row, "ids"))
        .transpose()?
        .unwrap_or_default())
}

/// Takes back the chunks from `seq` on.
async fn truncate(tx: &mut Tx, id: &str, seq: u64) -> Result<(), Error> {
    for sql in [
        "DELETE FROM import_rows WHERE import_id = $1 AND seq >= $2",
        "DELETE FROM import_chunks WHERE import_id = $1 AND seq >= $2",
    ] {
        sqlx::query(sql)
            .bind(id)
            .bind(listing::bound(seq))
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}

/// What the rows say that is staged.
async fn reread(books: &Books, tx: &mut Tx, id: &str) -> Result<Keys, Error> {
    let mut keys = books.seen.none();
    let rows = sqlx::query("SELECT key FROM import_rows WHERE import_id = $1")
        .bind(id)
        .fetch_all(&mut **tx)
        .await?;
    for row in rows {
        books.seen.note(&mut keys, row.try_get("key")?);
    }
    Ok(keys)
}

async fn write(
    tx: &mut Tx,
    engine: Engine,
    id: &str,
    seq: u64,
    mut rows: Vec<(String, String)>,
) -> Result<(), Error> {
    // The import's id and number are ours, letters and digits; written out, they need no binding.
    while !rows.is_empty() {
        let rest = rows.split_off(rows.len().min(BATCH));
        let mut sql = String::with_capacity(rows.len() * 40);
        sql.push_str("INSERT INTO import_rows (import_id, seq, key, id) VALUES ");
        for row in 0..rows.len() {
            let comma = if row == 0 { "" } else { "," };
            let (key, text) = (engine.placeholder(row * 2 + 1), engine.placeholder(row * 2 + 2));
            sql.push_str(&format!("{comma}('{id}',{seq},{key},{text})"));
        }
        let mut statement = sqlx::query(AssertSqlSafe(sql)).persistent(false);
        for (key, text) in rows {
            statement = statement.bind(key).bind(text);
        }
        statement.execute(&mut **tx).await?;
        rows = rest;
    }
    Ok(())
}

async fn note_chunk(tx: &mut Tx, id: &str, seq: u64, chain: &str, ids: u64) -> Result<(), Error> {
    sqlx::query("INSERT INTO import_chunks (import_id, seq, chain, ids) VALUES ($1, $2, $3, $4)")
        .bind(id)
        .bind(listing::bound(seq))
        .bind(chain)
        .bind(listing::bound(ids))
        .execute(&mut **tx)
        .await?;
    sqlx::query("UPDATE imports SET next_chunk = $2 + 1, ids = $3 WHERE id = $1")
        .bind(id)
        .bind(listing::bound(seq))
        .bind(listing::bound(ids))
        .execute(&mut **tx)
        .await?;
    Ok(())
}
