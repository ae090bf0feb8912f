//! API keys: programs that act for an account.

use domain::accounts::{ApiKey, MadeApiKey, NewApiKey};
use domain::column::Listed;
use domain::limits::MAX_KEYS;
use sqlx::Row;
use sqlx::any::AnyRow;

use super::accounts::{self, Found};
use super::listing::{Column, Rows, Scope, Source, Table, number, texts};
use super::roles::{json, known};
use super::secrets::{known_by, secret};
use super::{Tx, fields, ids, text};
use crate::clock;
use crate::problem::Error;

/// What every key's secret begins with, so that a scanner of repositories knows it.
const PREFIX: &str = "evp_";
/// The most days a key lives.
const LONGEST: u32 = 366;

pub(super) const TABLE: Table = Table {
    select: "k.*",
    from: "api_keys k",
    heads: ApiKey::HEADS,
    columns: &[
        Column::text("name", "k.name_fold"),
        Column::text("permissions", "k.permissions_fold"),
        Column::text("createdAt", "k.created_at"),
        Column::text("expiresAt", "k.expires_at"),
        Column::text("lastUsedAt", "COALESCE(k.last_used_at, '')"),
    ],
    search: &["k.name_fold"],
    order: "k.name_fold ASC",
    tie: "k.id",
    id: "k.id",
    key: str::to_owned,
    org: "",
    changed: &[],
};

/// The list of one's own keys.
pub struct Keys;

impl Source for Keys {
    type Row = ApiKey;
    type Path = ();

    async fn rows(tx: &mut Tx, (): ()) -> Result<Rows<ApiKey>, Error> {
        let account = tx.caller().account().unwrap_or_default().to_owned();
        let scope = Scope::of("k.account_id = $1", [account.into()]);
        Ok(Rows::new(&TABLE, scope, read))
    }
}

fn read(row: &AnyRow) -> Result<ApiKey, sqlx::Error> {
    Ok(ApiKey {
        id: row.try_get("id")?,
        name: row.try_get("name")?,
        permissions: texts(row, "permissions")?,
        created_at: row.try_get("created_at")?,
        expires_at: row.try_get("expires_at")?,
        last_used_at: row.try_get("last_used_at")?,
    })
}

/// Makes a key of an account.
pub async fn create(tx: &mut Tx, account: &str, new: NewApiKey) -> Result<MadeApiKey, Error> {
    let name = fields::line("name", &new.name)?;
    if name.is_empty() {
        return Err(Error::field("name", "a key needs a name"));
    }
    let permissions = known("permissions", &new.permissions)?;
    if permissions.is_empty() {
        return Err(Error::field("permissions", "a key needs a permission"));
    }
    if !(1..=LONGEST).contains(&new.days) {
        return Err(Error::field("days", format!("from 1 to {LONGEST} days")));
    }
    let row = sqlx::query("SELECT COUNT(*) AS keys FROM api_keys WHERE account_id = $1")
        .bind(account)
        .fetch_one(&mut **tx)
        .await?;
    if number(&row, "keys")? >= MAX_KEYS {
        let said = format!("at most {MAX_KEYS} API keys of an account, expired ones too; revoke one first");
        return Err(Error::field("name", said));
    }
    let secret = format!("{PREFIX}{}", secret()?);
    let key = ApiKey {
        id: ids::new("key")?,
        name,
        permissions,
        created_at: clock::now(),
        expires_at: clock::in_hours(i64::from(new.days) * 24),
        last_used_at: None,
    };
    sqlx::query(
        "INSERT INTO api_keys (id, digest, account_id, name, name_fold, permissions, permissions_fold, created_at, \
         expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(&key.id)
    .bind(known_by(&secret))
    .bind(account)
    .bind(&key.name)
    .bind(text::fold(&key.name))
    .bind(json(&key.permissions))
    .bind(text::fold(&key.permissions.join(", ")))
    .bind(&key.created_at)
    .bind(&key.expires_at)
    .execute(&mut **tx)
    .await?;
    tx.changed("Added", None, Some(&key));
    Ok(MadeApiKey {
        id: key.id.clone(),
        secret,
        key,
    })
}

/// The account of a key, by its secret's digest, and the key; none if there is no such key, or no more.
pub async fn find(tx: &mut Tx, digest: &str) -> Result<Option<(Found, ApiKey)>, Error> {
    let row = sqlx::query("SELECT * FROM api_keys WHERE digest = $1 AND expires_at > $2")
        .bind(digest)
        .bind(clock::now())
        .fetch_optional(&mut **tx)
        .await?;
    of_row(tx, row).await
}

/// The same by the key's id.
pub async fn by_id(tx: &mut Tx, id: &str) -> Result<Option<(Found, ApiKey)>, Error> {
    let row = sqlx::query("SELECT * FROM api_keys WHERE id = $1 AND expires_at > $2")
        .bind(id)
        .bind(clock::now())
        .fetch_optional(&mut **tx)
        .await?;
    of_row(tx, row).await
}

async fn of_row(tx: &mut Tx, row: Option<AnyRow>) -> Result<Option<(Found, ApiKey)>, Error> {
    let Some(row) = row else { return Ok(None) };
    let account: String = row.try_get("account_id")?;
    let found = accounts::by_id(tx, &account).await?.filter(Found::is_enabled);
    let key = read(&row)?;
    Ok(found.map(|found| (found, key)))
}

/// Notes that a key is in use.
pub async fn used(tx: &mut Tx, id: &str) -> Result<(), Error> {
    tx.silently("when a key was last used stands with the key");
    sqlx::query("UPDATE api_keys SET last_used_at = $2 WHERE id = $1")
        .bind(id)
        .bind(clock::now())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Takes one of an account's keys away.
///
/// # Errors
/// It has none of that id.
pub async fn delete(tx: &mut Tx, account: &str, id: &str) -> Result<(), Error> {
    let row = sqlx::query("DELETE FROM api_keys WHERE account_id = $1 AND id = $2 RETURNING *")
        .bind(account)
        .bind(id)
        .fetch_optional(&mut **tx)
        .await?;
    let key = read(&row.ok_or(Error::NotFound("API key"))?)?;
    tx.changed("Deleted", Some(&key), None);
    Ok(())
}
