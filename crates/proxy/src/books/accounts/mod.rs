//! Accounts.

mod change;
pub mod links;
pub mod password;
pub mod subjects;

pub use change::{create, delete, patch, require_within, signed_in};

use domain::access::{ADMINISTRATOR, PERMISSIONS, Permission};
use domain::accounts::{Account, STATUSES};
use domain::column::Listed;
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row};

use super::listing::{Bind, Column, Rows, Scope, Source, Table, bind_all, number, texts};
use super::{Books, Tx, organizations, text};
use crate::access::caller;
use crate::problem::Error;

/// Somebody must be able to give permissions.
const LAST: &str = "This is the last administrator who can sign in and is not limited to organizations. Make somebody else one first.";
/// A slip would keep its owner out.
const OWN: &str = "This is your own account. Another administrator can give it another role, status or limits, or delete it.";

const SELECT: &str = "a.*, r.name AS role, r.permissions AS permissions";
const FROM: &str = "accounts a JOIN roles r ON r.id = a.role_id";

/// With how many can give all permissions.
const SHOWN: &str = "a.*, r.name AS role, r.permissions AS permissions, (SELECT COUNT(*) FROM accounts o \
    WHERE o.role_id = 'administrator' AND o.status = 'Enabled' AND o.organizations = '[]') AS administrators";

pub(super) const TABLE: Table = Table {
    select: SHOWN,
    from: FROM,
    heads: Account::HEADS,
    columns: &[
        Column::text("name", "a.name_fold"),
        Column::text("email", "a.email_fold"),
        Column::text("role", "r.name_fold"),
        Column::text("status", "a.status"),
        Column::text("organizations", "a.organizations_fold"),
        Column::text("signedInAt", "COALESCE(a.signed_in_at, '')"),
        Column::text("updatedAt", "a.updated_at"),
    ],
    search: &["a.search"],
    order: "a.name_fold ASC",
    tie: "a.id",
    id: "a.id",
    key: str::to_owned,
    org: "",
    changed: &[],
};

/// The list of the accounts.
pub struct Accounts;

impl Source for Accounts {
    type Row = Account;
    type Path = ();

    async fn rows(_: &mut Tx, (): ()) -> Result<Rows<Account>, Error> {
        Ok(Rows::new(&TABLE, Scope::all(), read_shown))
    }
}

/// An account with what signing in to it takes.
pub struct Found {
    pub account: Account,
    /// argon2id in PHC form; empty: none is set.
    pub password: String,
}

impl Found {
    /// Whether it can be used.
    pub fn is_enabled(&self) -> bool {
        self.account.status == "Enabled"
    }

    /// The keys of the organizations that it is limited to; none: it reaches all.
    pub fn organizations(&self) -> Option<Vec<String>> {
        let own = &self.account.organizations;
        (!own.is_empty()).then(|| own.iter().map(|id| organizations::key(id)).collect())
    }

    /// What it may do, in the usual order: what its role holds, but for what reaches beyond its organizations.
    pub fn held(&self) -> Vec<&'static str> {
        let limited = !self.account.organizations.is_empty();
        let held = |permission: &&Permission| {
            let own = &self.account.permissions;
            own.iter().any(|key| key == permission.key) && !(limited && permission.everywhere)
        };
        PERMISSIONS
            .iter()
            .filter(held)
            .map(|permission| permission.key)
            .collect()
    }
}

/// One account.
pub async fn get(tx: &mut Tx, id: &str) -> Result<Account, Error> {
    let sql = format!("SELECT {SHOWN} FROM {FROM} WHERE a.id = $1");
    let row = sqlx::query(AssertSqlSafe(sql))
        .bind(id)
        .fetch_optional(&mut **tx)
        .await?;
    Ok(read_shown(&row.ok_or(Error::NotFound("account"))?)?)
}

/// The account of that id.
pub async fn by_id(tx: &mut Tx, id: &str) -> Result<Option<Found>, Error> {
    find(tx, "a.id = $1", &[id.into()]).await
}

/// The account of that e-mail address, however it is typed.
pub async fn by_email(tx: &mut Tx, email: &str) -> Result<Option<Found>, Error> {
    find(tx, "a.email_fold = $1", &[text::fold(email.trim()).into()]).await
}

/// Whether there is none.
pub async fn is_empty(books: &Books) -> Result<bool, Error> {
    let mut tx = books.read().await?;
    let row = sqlx::query("SELECT 1 AS found FROM accounts LIMIT 1")
        .fetch_optional(&mut *tx)
        .await?;
    Ok(row.is_none())
}

/// The names of those who can give permissions: enabled administrators without limits, at most three.
pub async fn givers(tx: &mut Tx) -> Result<Vec<String>, Error> {
    let rows = sqlx::query(
        "SELECT name FROM accounts WHERE status = 'Enabled' AND role_id = 'administrator' AND organizations = '[]' \
         ORDER BY name_fold, id LIMIT 3",
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .iter()
        .map(|row| row.try_get("name"))
        .collect::<Result<_, _>>()?)
}

async fn find(tx: &mut Tx, condition: &str, binds: &[Bind]) -> Result<Option<Found>, Error> {
    let sql = format!("SELECT {SELECT} FROM {FROM} WHERE {condition}");
    let row = bind_all(sqlx::query(AssertSqlSafe(sql)), binds)
        .fetch_optional(&mut **tx)
        .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Found {
        account: read(&row)?,
        password: row.try_get("password")?,
    }))
}

/// With what cannot be done with it.
fn read_shown(row: &AnyRow) -> Result<Account, sqlx::Error> {
    let mut account = read(row)?;
    let is_administrator =
        account.role_id == ADMINISTRATOR && account.status == STATUSES[0] && account.organizations.is_empty();
    account.fixed = if is_administrator && number(row, "administrators")? < 2 {
        Some(LAST.into())
    } else if caller().account() == Some(account.id.as_str()) {
        Some(OWN.into())
    } else {
        None
    };
    Ok(account)
}

fn read(row: &AnyRow) -> Result<Account, sqlx::Error> {
    Ok(Account {
        id: row.try_get("id")?,
        name: row.try_get("name")?,
        email: row.try_get("email")?,
        role_id: row.try_get("role_id")?,
        role: row.try_get("role")?,
        status: row.try_get("status")?,
        organizations: texts(row, "organizations")?,
        permissions: texts(row, "permissions")?,
        has_password: !row.try_get::<String, _>("password")?.is_empty(),
        signed_in_at: row.try_get("signed_in_at")?,
        version: number(row, "version")?,
        created_at: row.try_get("created_at")?,
        updated_at: row.try_get("updated_at")?,
        fixed: None,
    })
}
