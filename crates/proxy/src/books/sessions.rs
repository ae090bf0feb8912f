//! Sessions: who is signed in, where.

use domain::Timestamp;
use domain::audit::Change;
use domain::sessions::SignedIn;
use sqlx::Row;

use super::accounts::{self, Found};
use super::audit::Noted;
use super::secrets::{known_by, secret};
use super::{Tx, ids};
use crate::clock;
use crate::problem::Error;
use crate::sign_in::browser;

/// How long a session lasts, in minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lifetime {
    /// Without a request.
    pub idle: i64,
    /// At most.
    pub whole: i64,
}

impl Default for Lifetime {
    /// Two hours without a request, and a day's work.
    fn default() -> Self {
        Self {
            idle: 2 * 60,
            whole: 12 * 60,
        }
    }
}

/// The longest text of a browser about itself that is kept.
const LONGEST_AGENT: usize = 200;

/// Begins a session and gives the cookie's secret.
pub async fn begin(tx: &mut Tx, account: &str, agent: &str) -> Result<String, Error> {
    let (secret, now) = (secret()?, clock::now());
    let agent: String = agent
        .chars()
        .filter(|c| !c.is_control())
        .take(LONGEST_AGENT)
        .collect();
    sqlx::query(
        "INSERT INTO sessions (digest, id, account_id, agent, address, began_at, seen_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $6)",
    )
    .bind(known_by(&secret))
    .bind(ids::new("ses")?)
    .bind(account)
    .bind(agent)
    .bind(tx.caller().address())
    .bind(now)
    .execute(&mut **tx)
    .await?;
    accounts::signed_in(tx, account).await?;
    let account = accounts::get(tx, account).await?;
    tx.note(Noted::about("Signed in", &account).by(&account));
    Ok(secret)
}

/// The account that a session's secret signs in to, with the moment it was last seen, and the one at which it ends
/// if it is not seen again; none if it has ended.
pub async fn find(
    tx: &mut Tx,
    digest: &str,
    lifetime: Lifetime,
) -> Result<Option<(Found, Timestamp, Timestamp)>, Error> {
    let row = sqlx::query(
        "SELECT account_id, seen_at, began_at FROM sessions WHERE digest = $1 AND seen_at > $2 AND began_at > $3",
    )
    .bind(digest)
    .bind(clock::minutes_ago(lifetime.idle))
    .bind(clock::minutes_ago(lifetime.whole))
    .fetch_optional(&mut **tx)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let account: String = row.try_get("account_id")?;
    let found = accounts::by_id(tx, &account).await?.filter(Found::is_enabled);
    let seen: Timestamp = row.try_get("seen_at")?;
    let idle = clock::minutes_after(&seen, lifetime.idle);
    let whole = clock::minutes_after(row.try_get("began_at")?, lifetime.whole);
    let until = idle.min(whole).unwrap_or_default();
    Ok(found.map(|found| (found, seen, until)))
}

/// Notes that a session is in use.
pub async fn seen(tx: &mut Tx, digest: &str) -> Result<(), Error> {
    tx.silently("when a session was last used stands with the session");
    sqlx::query("UPDATE sessions SET seen_at = $2 WHERE digest = $1")
        .bind(digest)
        .bind(clock::now())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// The sessions of an account that have not ended, the last seen first.
pub async fn of(
    tx: &mut Tx,
    account: &str,
    current: &str,
    lifetime: Lifetime,
) -> Result<Vec<SignedIn>, Error> {
    let rows = sqlx::query(
        "SELECT * FROM sessions WHERE account_id = $1 AND seen_at > $2 AND began_at > $3 ORDER BY seen_at DESC, id",
    )
    .bind(account)
    .bind(clock::minutes_ago(lifetime.idle))
    .bind(clock::minutes_ago(lifetime.whole))
    .fetch_all(&mut **tx)
    .await?;
    let read = |row: &sqlx::any::AnyRow| {
        Ok(SignedIn {
            id: row.try_get("id")?,
            browser: browser::name(&row.try_get::<String, _>("agent")?),
            agent: row.try_get("agent")?,
            address: row.try_get("address")?,
            began_at: row.try_get("began_at")?,
            seen_at: row.try_get("seen_at")?,
            current: row.try_get::<String, _>("digest")? == current,
        })
    };
    rows.iter().map(read).collect()
}

/// Ends the session of that digest.
pub async fn end(tx: &mut Tx, digest: &str) -> Result<(), Error> {
    let ended = sqlx::query("DELETE FROM sessions WHERE digest = $1 RETURNING account_id")
        .bind(digest)
        .fetch_optional(&mut **tx)
        .await?;
    let Some(ended) = ended else {
        tx.silently("the session had ended");
        return Ok(());
    };
    signed_out(tx, ended.try_get("account_id")?, "").await
}

/// Ends one of an account's sessions.
///
/// # Errors
/// It has none of that id.
pub async fn end_one(tx: &mut Tx, account: &str, id: &str) -> Result<(), Error> {
    let done = sqlx::query("DELETE FROM sessions WHERE account_id = $1 AND id = $2")
        .bind(account)
        .bind(id)
        .execute(&mut **tx)
        .await?;
    if done.rows_affected() == 0 {
        return Err(Error::NotFound("session"));
    }
    signed_out(tx, account, "Another session").await
}

/// Ends all sessions of an account.
pub async fn end_all(tx: &mut Tx, account: &str) -> Result<(), Error> {
    let ended = sqlx::query("DELETE FROM sessions WHERE account_id = $1")
        .bind(account)
        .execute(&mut **tx)
        .await?
        .rows_affected();
    if ended == 0 {
        tx.silently("there was no session");
        return Ok(());
    }
    signed_out(tx, account, &format!("All, {ended}")).await
}

/// Forgets the sessions that have ended by themselves.
pub async fn sweep(tx: &mut Tx, lifetime: Lifetime) -> Result<(), Error> {
    sqlx::query("DELETE FROM sessions WHERE seen_at <= $1 OR began_at <= $2")
        .bind(clock::minutes_ago(lifetime.idle))
        .bind(clock::minutes_ago(lifetime.whole))
        .execute(&mut **tx)
        .await?;
    Ok(())
}

async fn signed_out(tx: &mut Tx, account: &str, which: &str) -> Result<(), Error> {
    let account = accounts::get(tx, account).await?;
    let which = Some(which.to_owned()).filter(|which| !which.is_empty());
    let changes = which.map(|which| Change::new("Session", Some(which), None));
    tx.note(Noted::about("Signed out", &account).with(changes));
    Ok(())
}
