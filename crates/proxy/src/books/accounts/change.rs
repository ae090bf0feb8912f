//! Changes of accounts.

use domain::access::ADMINISTRATOR;
use domain::accounts::{Account, AccountInput, STATUSES};
use sqlx::Row;

use super::super::{Tx, fields, ids, listing, records, roles, sessions, text};
use super::get;
use crate::clock;
use crate::middleware::if_match::IfMatch;
use crate::problem::Error;

/// Adds an account without a password.
pub async fn create(tx: &mut Tx, input: AccountInput) -> Result<Account, Error> {
    let now = clock::now();
    let mut account = Account {
        id: ids::new("acc")?,
        status: STATUSES[0].to_owned(),
        version: 1,
        created_at: now.clone(),
        updated_at: now,
        ..Account::default()
    };
    apply(tx, &mut account, input).await?;
    sqlx::query(
        "INSERT INTO accounts (id, name, name_fold, email, email_fold, role_id, status, password, \
         subject, search, version, created_at, updated_at, organizations, organizations_fold) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, '', '', $8, $9, $10, $11, $12, $13)",
    )
    .bind(&account.id)
    .bind(&account.name)
    .bind(text::fold(&account.name))
    .bind(&account.email)
    .bind(text::fold(&account.email))
    .bind(&account.role_id)
    .bind(&account.status)
    .bind(text::search([account.name.as_str(), &account.email]))
    .bind(listing::bound(account.version))
    .bind(&account.created_at)
    .bind(&account.updated_at)
    .bind(roles::json(&account.organizations))
    .bind(text::fold(&account.organizations.join(", ")))
    .execute(&mut **tx)
    .await?;
    tx.changed("Added", None, Some(&account));
    get(tx, &account.id).await
}

/// Changes an account. What it may do counts anew: its sessions end.
pub async fn patch(tx: &mut Tx, id: &str, version: IfMatch, input: AccountInput) -> Result<Account, Error> {
    hold_administrators(tx).await?;
    records::lock(tx, "accounts", id, version).await?;
    let before = get(tx, id).await?;
    require_within(tx, &before)?;
    let mut account = before.clone();
    apply(tx, &mut account, input).await?;
    tx.changed("Changed", Some(&before), Some(&account));
    if account == before {
        return Ok(account);
    }
    account.version += 1;
    account.updated_at = clock::now();
    sqlx::query(
        "UPDATE accounts SET name = $2, name_fold = $3, email = $4, email_fold = $5, role_id = $6, \
         status = $7, search = $8, version = $9, updated_at = $10, organizations = $11, organizations_fold = $12 \
         WHERE id = $1",
    )
    .bind(id)
    .bind(&account.name)
    .bind(text::fold(&account.name))
    .bind(&account.email)
    .bind(text::fold(&account.email))
    .bind(&account.role_id)
    .bind(&account.status)
    .bind(text::search([account.name.as_str(), &account.email]))
    .bind(listing::bound(account.version))
    .bind(&account.updated_at)
    .bind(roles::json(&account.organizations))
    .bind(text::fold(&account.organizations.join(", ")))
    .execute(&mut **tx)
    .await?;
    let may = |account: &Account| {
        let Account {
            role_id,
            status,
            organizations,
            ..
        } = account;
        (role_id.clone(), status.clone(), organizations.clone())
    };
    if may(&account) != may(&before) {
        if let Some(why) = before.fixed {
            return Err(Error::InUse(why));
        }
        sessions::end_all(tx, id).await?;
        require_administrator(tx).await?;
    }
    get(tx, id).await
}

/// Deletes an account, with its sessions, keys, columns and views. What it did stays in the audit log.
pub async fn delete(tx: &mut Tx, id: &str, version: IfMatch) -> Result<(), Error> {
    hold_administrators(tx).await?;
    records::lock(tx, "accounts", id, version).await?;
    let account = get(tx, id).await?;
    require_within(tx, &account)?;
    if let Some(why) = &account.fixed {
        return Err(Error::InUse(why.clone()));
    }
    for statement in [
        "DELETE FROM table_settings WHERE person = $1",
        "DELETE FROM table_views WHERE person = $1 AND everyone = 0",
        "DELETE FROM accounts WHERE id = $1",
    ] {
        sqlx::query(statement).bind(id).execute(&mut **tx).await?;
    }
    tx.changed("Deleted", Some(&account), None);
    require_administrator(tx).await
}

/// Notes that it was signed in to.
pub async fn signed_in(tx: &mut Tx, id: &str) -> Result<(), Error> {
    sqlx::query("UPDATE accounts SET signed_in_at = $2 WHERE id = $1")
        .bind(id)
        .bind(clock::now())
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Two administrators who disable each other at the same moment: the second waits for the first.
async fn hold_administrators(tx: &mut Tx) -> Result<(), Error> {
    sqlx::query("UPDATE roles SET version = version WHERE id = $1")
        .bind(ADMINISTRATOR)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Nobody gives more than they have, to an account or to themselves: a link that sets an account's password, or
/// another e-mail address, is as good as the account.
///
/// # Errors
/// Names what the account may do and the caller may not.
pub fn require_within(tx: &Tx, account: &Account) -> Result<(), Error> {
    roles::require_held(tx, &account.permissions, &format!("{} may", account.name))
}

/// Somebody must be able to give permissions.
async fn require_administrator(tx: &mut Tx) -> Result<(), Error> {
    let left =
        sqlx::query("SELECT 1 AS found FROM accounts WHERE role_id = $1 AND status = 'Enabled' AND organizations = '[]' LIMIT 1")
            .bind(ADMINISTRATOR)
            .fetch_optional(&mut **tx)
            .await?;
    if left.is_some() {
        return Ok(());
    }
    Err(Error::InUse(super::LAST.into()))
}

async fn apply(tx: &mut Tx, account: &mut Account, input: AccountInput) -> Result<(), Error> {
    let AccountInput {
        name,
        email,
        role_id,
        status,
        organizations,
    } = input;
    for (field, kept, value) in [
        ("name", &mut account.name, name),
        ("email", &mut account.email, email),
    ] {
        if let Some(value) = value {
            *kept = fields::line(field, &value)?;
        }
    }
    if account.name.is_empty() {
        return Err(Error::field("name", "an account needs a name"));
    }
    if !account.email.contains('@') {
        return Err(Error::field(
            "email",
            "an account needs an e-mail address, with an @",
        ));
    }
    if let Some(role_id) = role_id {
        account.role_id = role_id;
    }
    if account.role_id.is_empty() {
        return Err(Error::field("roleId", "an account needs a role"));
    }
    match roles::get(tx, &account.role_id).await {
        Ok(role) => {
            roles::require_held(tx, &role.permissions, &format!("The role {} may", role.name))?;
            (account.role, account.permissions) = (role.name, role.permissions);
        }
        Err(Error::NotFound(_)) => return Err(Error::field("roleId", "there is no such role")),
        Err(error) => return Err(error),
    }
    if let Some(status) = status {
        if !STATUSES.contains(&status.as_str()) {
            return Err(Error::field("status", format!("one of {}", STATUSES.join(", "))));
        }
        account.status = status;
    }
    if let Some(ids) = organizations {
        account.organizations = known(tx, &ids, &account.organizations).await?;
    }
    check_email(tx, account).await
}

/// Those organizations as they are written, each once. One that is gone meanwhile can stay.
async fn known(tx: &mut Tx, ids: &[String], before: &[String]) -> Result<Vec<String>, Error> {
    let mut all: Vec<String> = Vec::new();
    for (at, id) in ids.iter().enumerate() {
        let found = super::super::organizations::find(tx, id).await?;
        let found = found
            .map(|found| found.id)
            .or_else(|| before.contains(id).then(|| id.clone()))
            .ok_or_else(|| Error::field(format!("organizations[{at}]"), "there is no such organization"))?;
        if !all.contains(&found) {
            all.push(found);
        }
    }
    Ok(all)
}

async fn check_email(tx: &mut Tx, account: &Account) -> Result<(), Error> {
    let other = sqlx::query("SELECT name FROM accounts WHERE email_fold = $1 AND id <> $2")
        .bind(text::fold(&account.email))
        .bind(&account.id)
        .fetch_optional(&mut **tx)
        .await?;
    let Some(other) = other else { return Ok(()) };
    let name: String = other.try_get("name")?;
    Err(Error::Duplicate {
        field: "email",
        detail: format!("{name} has the e-mail address {} already.", account.email),
    })
}
