//! Whether the log is whole: every line there, once, as it was written, up to the last.

use sqlx::Row;

use super::super::Tx;
use super::write::{FIELDS, FOLDS, folds, hash};

/// How many lines are in hand at once.
const AT_ONCE: i64 = 1_000;

/// The first thing that is not as it was written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    #[error("line {0} is missing")]
    Missing(i64),
    #[error("line {0} is there more than once")]
    Doubled(i64),
    #[error("line {0} is not as it was written, or the line before it was exchanged")]
    Altered(i64),
    #[error("lines are missing at the end: the last is {last}, and {written} were written")]
    Cut { last: i64, written: i64 },
    #[error("the log ends in line {last}, but only {written} were written by the portal")]
    Behind { last: i64, written: i64 },
    #[error("the last line, {0}, is not the one that the portal wrote last")]
    Head(i64),
    #[error("line {0} is not the one that was noted down")]
    Anchor(i64),
    #[error("what remembers the last line is missing")]
    NoHead,
}

/// What a whole log ends in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whole {
    /// How many lines there are.
    pub lines: i64,
    /// The last one's hash.
    pub hash: String,
}

/// Walks the chain in one snapshot and in bounded memory. `anchor`: a line's number and hash, noted down at an
/// earlier time and place.
///
/// # Errors
/// The books fail. What is wrong with the log is an answer.
pub async fn verify(tx: &mut Tx, anchor: Option<&(i64, String)>) -> sqlx::Result<Result<Whole, Wrong>> {
    let head = sqlx::query("SELECT id, hash FROM audit_head WHERE one = 1")
        .fetch_optional(&mut **tx)
        .await?;
    let Some(head) = head else {
        return Ok(Err(Wrong::NoHead));
    };
    let (written, head): (i64, String) = (head.try_get("id")?, head.try_get("hash")?);
    let end = sqlx::query("SELECT COALESCE(MAX(id), 0) AS last, COALESCE(MIN(id), 1) AS first FROM audit")
        .fetch_one(&mut **tx)
        .await?;
    let (last, first): (i64, i64) = (end.try_get("last")?, end.try_get("first")?);
    if first < 1 {
        return Ok(Err(Wrong::Behind { last: first, written }));
    }
    let sql = format!(
        "SELECT id, hash, {}, {} FROM audit WHERE id >= $1 AND id < $2 ORDER BY id",
        FIELDS.join(", "),
        FOLDS.join(", ")
    );
    let (mut next, mut before) = (1, String::new());
    while next <= last {
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql.as_str()))
            .bind(next)
            .bind(next + AT_ONCE)
            .fetch_all(&mut **tx)
            .await?;
        for row in &rows {
            let id: i64 = row.try_get("id")?;
            if id != next {
                return Ok(Err(if id < next {
                    Wrong::Doubled(id)
                } else {
                    Wrong::Missing(next)
                }));
            }
            let (mut fields, mut found) = (<[String; 12]>::default(), <[String; 4]>::default());
            for (field, name) in fields.iter_mut().zip(FIELDS) {
                *field = row.try_get(name)?;
            }
            for (fold, name) in found.iter_mut().zip(FOLDS) {
                *fold = row.try_get(name)?;
            }
            let own: String = row.try_get("hash")?;
            if own != hash(&before, id, &fields) || found != folds(&fields) {
                return Ok(Err(Wrong::Altered(id)));
            }
            if anchor.is_some_and(|(at, hash)| *at == id && *hash != own) {
                return Ok(Err(Wrong::Anchor(id)));
            }
            before = own;
            next += 1;
        }
        if rows.is_empty() {
            return Ok(Err(Wrong::Missing(next)));
        }
    }
    Ok(match last {
        _ if last < written => Err(Wrong::Cut { last, written }),
        _ if last > written => Err(Wrong::Behind { last, written }),
        _ if before != head => Err(Wrong::Head(last)),
        _ if anchor.is_some_and(|(at, _)| *at > last) => Err(Wrong::Cut {
            last,
            written: anchor.map_or(0, |(at, _)| *at),
        }),
        _ => Ok(Whole {
            lines: last,
            hash: before,
        }),
    })
}
