//! Roles: those that come with the portal, and one's own.

use domain::access::{PERMISSIONS, ROLES, permission_of};
use domain::accounts::{Role, RoleInput};
use domain::column::Listed;
use sqlx::Row;
use sqlx::any::AnyRow;

use super::listing::{self, Column, Rows, Scope, Source, Table, flag, number, texts};
use super::{Books, Tx, fields, ids, records, text};
use crate::middleware::if_match::IfMatch;
use crate::problem::Error;

const ACCOUNTS: &str = "(SELECT COUNT(*) FROM accounts a WHERE a.role_id = r.id)";

pub(super) const TABLE: Table = Table {
    select: "r.*, (SELECT COUNT(*) FROM accounts a WHERE a.role_id = r.id) AS accounts",
    from: "roles r",
    heads: Role::HEADS,
    columns: &[
        Column::text("name", "r.name_fold"),
        Column::text("permissions", "r.permissions_fold"),
        Column::number("builtIn", "r.built_in"),
        Column::number("accounts", ACCOUNTS),
    ],
    search: &["r.name_fold"],
    order: "r.built_in DESC, r.name_fold ASC",
    tie: "r.id",
    id: "r.id",
    key: str::to_owned,
    org: "",
    changed: &[],
};

/// The list of the roles.
pub struct Roles;

impl Source for Roles {
    type Row = Role;
    type Path = ();

    async fn rows(_: &mut Tx, (): ()) -> Result<Rows<Role>, Error> {
        Ok(Rows::new(&TABLE, Scope::all(), read))
    }
}

/// Writes the roles that come with the portal: a newer program may know more permissions.
pub async fn write_built_in(books: &Books) -> sqlx::Result<()> {
    let mut tx = books.write().await?;
    tx.silently("the roles that come with the portal");
    for role in ROLES {
        let keys = PERMISSIONS.iter().map(|permission| permission.key);
        let permissions: Vec<&str> = keys.filter(|key| role.holds(key)).collect();
        sqlx::query(
            "INSERT INTO roles (id, name, name_fold, permissions, permissions_fold, built_in, version) \
             VALUES ($1, $2, $3, $4, $5, 1, 1) ON CONFLICT (id) DO UPDATE SET \
             permissions = excluded.permissions, permissions_fold = excluded.permissions_fold",
        )
        .bind(role.id)
        .bind(role.name)
        .bind(text::fold(role.name))
        .bind(json(&permissions))
        .bind(text::fold(&permissions.join(", ")))
        .execute(&mut *tx)
        .await?;
    }
    tx.commit().await
}

/// One role.
pub async fn get(tx: &mut Tx, id: &str) -> Result<Role, Error> {
    let row = sqlx::query(
        "SELECT r.*, (SELECT COUNT(*) FROM accounts a WHERE a.role_id = r.id) AS accounts FROM roles r \
         WHERE r.id = $1",
    )
    .bind(id)
    .fetch_optional(&mut **tx)
    .await?
    .ok_or(Error::NotFound("role"))?;
    Ok(read(&row)?)
}

fn read(row: &AnyRow) -> Result<Role, sqlx::Error> {
    Ok(Role {
        id: row.try_get("id")?,
        name: row.try_get("name")?,
        permissions: texts(row, "permissions")?,
        built_in: flag(row, "built_in")?,
        accounts: number(row, "accounts")?,
        version: number(row, "version")?,
    })
}

/// Adds a role.
pub async fn create(tx: &mut Tx, input: RoleInput) -> Result<Role, Error> {
    let mut role = Role {
        id: ids::new("rol")?,
        version: 1,
        ..Role::default()
    };
    apply(&mut role, input)?;
    require_held(tx, &role.permissions, "The role may")?;
    check_name(tx, &role).await?;
    sqlx::query(
        "INSERT INTO roles (id, name, name_fold, permissions, permissions_fold, built_in, version) \
         VALUES ($1, $2, $3, $4, $5, 0, 1)",
    )
    .bind(&role.id)
    .bind(&role.name)
    .bind(text::fold(&role.name))
    .bind(json(&role.permissions))
    .bind(text::fold(&role.permissions.join(", ")))
    .execute(&mut **tx)
    .await?;
    tx.changed("Added", None, Some(&role));
    Ok(role)
}

/// Changes a role; whoever has it may at once what it holds now, and no more.
pub async fn patch(tx: &mut Tx, id: &str, version: IfMatch, input: RoleInput) -> Result<Role, Error> {
    records::lock(tx, "roles", id, version).await?;
    let mut role = get(tx, id).await?;
    own(&role)?;
    require_held(tx, &role.permissions, "The role may")?;
    let before = role.clone();
    apply(&mut role, input)?;
    require_held(tx, &role.permissions, "The role may")?;
    tx.changed("Changed", Some(&before), Some(&role));
    role.version += 1;
    check_name(tx, &role).await?;
    sqlx::query(
        "UPDATE roles SET name = $2, name_fold = $3, permissions = $4, permissions_fold = $5, version = $6 \
         WHERE id = $1",
    )
    .bind(id)
    .bind(&role.name)
    .bind(text::fold(&role.name))
    .bind(json(&role.permissions))
    .bind(text::fold(&role.permissions.join(", ")))
    .bind(listing::bound(role.version))
    .execute(&mut **tx)
    .await?;
    Ok(role)
}

/// Deletes a role that nobody has.
pub async fn delete(tx: &mut Tx, id: &str, version: IfMatch) -> Result<(), Error> {
    records::lock(tx, "roles", id, version).await?;
    let role = get(tx, id).await?;
    own(&role)?;
    if role.accounts > 0 {
        let s = if role.accounts == 1 { "" } else { "s" };
        return Err(Error::InUse(format!(
            "{} account{s} have the role {}. Give them another role first.",
            role.accounts, role.name
        )));
    }
    sqlx::query("DELETE FROM roles WHERE id = $1")
        .bind(id)
        .execute(&mut **tx)
        .await?;
    tx.changed("Deleted", Some(&role), None);
    Ok(())
}

/// Fails unless the account that asks may all of that itself.
///
/// # Errors
/// Names what they may not; `who` begins the sentence: "The role Viewer may".
pub fn require_held(tx: &Tx, permissions: &[String], who: &str) -> Result<(), Error> {
    let caller = tx.caller();
    // The link of the first administrator and the provider of OpenID Connect give what the settings say.
    if caller.account().is_none() {
        return Ok(());
    }
    let more: Vec<&str> = permissions
        .iter()
        .map(String::as_str)
        .filter(|key| permission_of(key).is_some() && !caller.may(key))
        .collect();
    if more.is_empty() {
        return Ok(());
    }
    Err(Error::Forbidden(format!(
        "{who} what your own account may not: {}. Nobody gives more than they have; nothing was changed.",
        more.join(", ")
    )))
}

fn own(role: &Role) -> Result<(), Error> {
    if role.built_in {
        let said = format!(
            "{} comes with the portal and stays as it is. Make a role of your own.",
            role.name
        );
        return Err(Error::InUse(said));
    }
    Ok(())
}

fn apply(role: &mut Role, input: RoleInput) -> Result<(), Error> {
    if let Some(name) = input.name {
        role.name = fields::line("name", &name)?;
    }
    if role.name.is_empty() {
        return Err(Error::field("name", "a role needs a name"));
    }
    if let Some(permissions) = input.permissions {
        role.permissions = known("permissions", &permissions)?;
    }
    Ok(())
}

/// Those permissions in their usual order, each once.
///
/// # Errors
/// There is no such permission.
pub fn known(field: &str, permissions: &[String]) -> Result<Vec<String>, Error> {
    if let Some(unknown) = permissions.iter().find(|key| permission_of(key).is_none()) {
        let known: Vec<&str> = PERMISSIONS.iter().map(|permission| permission.key).collect();
        let said = format!("`{unknown}` is no permission; there are {}", known.join(", "));
        return Err(Error::field(field, said));
    }
    let keys = PERMISSIONS.iter().map(|permission| permission.key);
    Ok(keys
        .filter(|key| permissions.iter().any(|chosen| chosen == key))
        .map(str::to_owned)
        .collect())
}

async fn check_name(tx: &mut Tx, role: &Role) -> Result<(), Error> {
    let other = sqlx::query("SELECT name FROM roles WHERE name_fold = $1 AND id <> $2")
        .bind(text::fold(&role.name))
        .bind(&role.id)
        .fetch_optional(&mut **tx)
        .await?;
    let Some(other) = other else { return Ok(()) };
    let name: String = other.try_get("name")?;
    Err(Error::Duplicate {
        field: "name",
        detail: format!("There is a role {name} already. Choose another name."),
    })
}

/// A list of texts as it stands in the books.
pub fn json(texts: &[impl AsRef<str>]) -> String {
    let texts: Vec<&str> = texts.iter().map(AsRef::as_ref).collect();
    serde_json::Value::from(texts).to_string()
}
