//! Links by which a password is set, once: for a new account, for one that forgot its password, and for the
//! first administrator.

use domain::accounts::SetUpLink;
use sqlx::Row;

use super::super::audit::Noted;
use super::super::secrets::{known_by, secret};
use super::super::{Tx, accounts};
use crate::clock;
use crate::problem::Error;

/// How long a link holds, in hours.
const HOURS: i64 = 72;

/// Makes a link in the place of earlier ones of the same account; without an account, for the first
/// administrator.
pub async fn make(tx: &mut Tx, account: Option<&str>) -> Result<SetUpLink, Error> {
    forget(tx, account).await?;
    let secret = secret()?;
    let expires_at = clock::in_hours(HOURS);
    sqlx::query("INSERT INTO set_up_links (digest, account_id, expires_at) VALUES ($1, $2, $3)")
        .bind(known_by(&secret))
        .bind(account)
        .bind(&expires_at)
        .execute(&mut **tx)
        .await?;
    let noted = match account {
        Some(id) => Noted::about("Set-up link made", &accounts::get(tx, id).await?),
        None => Noted::new("Set-up link made", "portal", "", "The first administrator"),
    };
    tx.note(noted);
    Ok(SetUpLink {
        path: format!("/set-up/{secret}"),
        expires_at,
    })
}

/// Whom a link is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum For {
    FirstAdministrator,
    Account(String),
}

/// Whom that link is for; none if it holds no more.
pub async fn find(tx: &mut Tx, secret: &str) -> Result<Option<For>, Error> {
    let row = sqlx::query("SELECT account_id FROM set_up_links WHERE digest = $1 AND expires_at > $2")
        .bind(known_by(secret))
        .bind(clock::now())
        .fetch_optional(&mut **tx)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let account: Option<String> = row.try_get("account_id")?;
    Ok(Some(account.map_or(For::FirstAdministrator, For::Account)))
}

/// Takes the links of an account away.
pub async fn forget(tx: &mut Tx, account: Option<&str>) -> Result<(), Error> {
    sqlx::query("DELETE FROM set_up_links WHERE COALESCE(account_id, '') = $1")
        .bind(account.unwrap_or_default())
        .execute(&mut **tx)
        .await?;
    Ok(())
}
