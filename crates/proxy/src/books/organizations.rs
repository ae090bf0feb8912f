//! Organizations: ours by ChargePoint's stations, others by station tokens.

use domain::listing::{ListQuery, Page};
use domain::organizations::Organization;
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row};

use super::batch::{self, Value};
use super::listing::{self, Scope, Table, bind_all, flag};
use super::{Tx, fields, limits, text};
use crate::problem::Error;

const TABLE: Table = Table {
    select: "o.*",
    from: "organizations o",
    heads: &[],
    columns: &[],
    search: &["o.name_fold", "o.key"],
    order: "o.ours DESC, o.name_fold ASC",
    tie: "o.key",
    id: "o.key",
    key: str::to_owned,
    org: "o.key",
    changed: &[],
};

/// By what an organization is known: its id, however it is typed.
pub fn key(id: &str) -> String {
    text::fold(id.trim())
}

/// One page of the organizations, ours first.
pub async fn page(tx: &mut Tx, query: &ListQuery) -> Result<Page<Organization>, Error> {
    listing::page(tx, &TABLE, Scope::all(), query, read).await
}

/// The organization of that id, if the caller reaches it.
pub async fn find(tx: &mut Tx, id: &str) -> Result<Option<Organization>, Error> {
    if !tx.caller().reaches(&key(id)) {
        return Ok(None);
    }
    let row = sqlx::query("SELECT * FROM organizations WHERE key = $1")
        .bind(key(id))
        .fetch_optional(&mut **tx)
        .await?;
    Ok(row.as_ref().map(read).transpose()?)
}

/// The organizations of those ids, however they are typed; one that is gone has its id for a name.
pub async fn named(tx: &mut Tx, ids: &[String]) -> Result<Vec<Organization>, Error> {
    let mut all = Vec::new();
    for id in ids {
        let row = sqlx::query("SELECT * FROM organizations WHERE key = $1")
            .bind(key(id))
            .fetch_optional(&mut **tx)
            .await?;
        all.push(match row {
            Some(row) => read(&row)?,
            None => Organization {
                id: id.clone(),
                name: id.clone(),
                ours: false,
            },
        });
    }
    Ok(all)
}

/// All organizations that the caller reaches, ours first.
pub async fn all(tx: &mut Tx) -> Result<Vec<Organization>, Error> {
    let (condition, binds) = limits::within(&tx.caller(), "key", 1);
    let sql = format!("SELECT * FROM organizations WHERE {condition} ORDER BY ours DESC, key");
    let rows = bind_all(sqlx::query(AssertSqlSafe(sql)), &binds)
        .fetch_all(&mut **tx)
        .await?;
    Ok(rows.iter().map(read).collect::<Result<_, _>>()?)
}

fn read(row: &AnyRow) -> Result<Organization, sqlx::Error> {
    Ok(Organization {
        id: row.try_get("id")?,
        name: row.try_get("name")?,
        ours: flag(row, "ours")?,
    })
}

/// An organization that is not ours, as entered.
///
/// # Errors
/// Names the field that is empty or too long.
pub fn foreign(id: &str, name: &str) -> Result<Organization, Error> {
    let organization = Organization {
        id: fields::line("orgId", id)?,
        name: fields::line("orgName", name)?,
        ours: false,
    };
    for (field, value) in [("orgId", &organization.id), ("orgName", &organization.name)] {
        if value.is_empty() {
            return Err(Error::field(field, "this cannot stay empty"));
        }
    }
    Ok(organization)
}

/// Adds the organizations that are not known yet.
pub async fn add(tx: &mut Tx, organizations: &[Organization]) -> Result<(), Error> {
    put(tx, organizations, "ON CONFLICT DO NOTHING").await
}

/// Makes these, and no others, ours; names follow.
pub async fn set_ours(tx: &mut Tx, organizations: &[Organization]) -> Result<(), Error> {
    sqlx::query("UPDATE organizations SET ours = 0 WHERE ours <> 0")
        .execute(&mut **tx)
        .await?;
    let follow = "ON CONFLICT (key) DO UPDATE SET name = excluded.name, name_fold = excluded.name_fold, \
                  ours = excluded.ours";
    put(tx, organizations, follow).await
}

async fn put(tx: &mut Tx, organizations: &[Organization], then: &str) -> Result<(), Error> {
    let row = |organization: &Organization| -> Vec<Value> {
        vec![
            key(&organization.id).into(),
            organization.id.as_str().into(),
            organization.name.as_str().into(),
            text::fold(&organization.name).into(),
            u64::from(organization.ours).into(),
        ]
    };
    let rows: Vec<Vec<Value>> = organizations.iter().map(row).collect();
    let into = "INSERT INTO organizations (key, id, name, name_fold, ours)";
    Ok(batch::insert(tx, into, &rows, then).await?)
}
