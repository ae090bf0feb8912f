//! Connections: what drivers join.

mod change;
mod codes;
mod entered;
pub mod invitation;
pub mod logo;

pub use change::{create, delete, insert, patch};

use domain::column::Listed;
use domain::connections::Connection;
use domain::listing::{ListQuery, Page};
use domain::tokens::CustomerRef;
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row};

use super::Tx;
use super::listing::{self, Bind, Column, Rows, Scope, Source, Table, bind_all, flag, number, texts};
use crate::problem::Error;

const CONNECTED: &str =
    "(SELECT COUNT(*) FROM driver_requests r WHERE r.connection_id = n.id AND r.status = 'Approved')";
const PENDING: &str =
    "(SELECT COUNT(*) FROM driver_requests r WHERE r.connection_id = n.id AND r.status = 'Pending')";

const SELECT: &str = "n.id, n.org_id, n.org_name, n.org_name_for_drivers, n.name, n.status, n.benefits, \
    n.approval_type, n.auto_approval, n.email_domains, n.type, n.organization_category, n.verify_drivers_by, \
    n.ask_again_days, n.additional_information, n.visibility, n.customer_id, c.external_id AS customer_external_id, \
    c.name AS customer_name, CASE WHEN n.logo = '' THEN 0 ELSE 1 END AS has_logo, n.version, n.created_at, \
    n.updated_at, \
    (SELECT COUNT(*) FROM driver_requests r WHERE r.connection_id = n.id AND r.status = 'Approved') AS connected, \
    (SELECT COUNT(*) FROM driver_requests r WHERE r.connection_id = n.id AND r.status = 'Pending') AS pending";
const FROM: &str = "connections n LEFT JOIN customers c ON c.id = n.customer_id";

pub(in crate::books) const TABLE: Table = Table {
    select: SELECT,
    from: FROM,
    heads: Connection::HEADS,
    columns: &[
        Column::text("connectionName", "n.name_fold"),
        Column::text("orgId", "n.org_id_fold"),
        Column::text("orgName", "n.org_name_fold"),
        Column::text("connectionStatus", "LOWER(n.status)"),
        Column::number("connectedDrivers", CONNECTED),
        Column::text("benefits", "n.benefits_fold"),
        Column::text("approvalType", "LOWER(n.approval_type)"),
        Column::text("connectionType", "LOWER(n.type)"),
        Column::text("verifyDriversBy", "n.verify_fold"),
        Column::number("pendingRequests", PENDING),
        Column::text("customer", "c.name_fold").order(&["COALESCE(c.name_fold, '')"]),
        Column::text("visibility", "LOWER(n.visibility)"),
        Column::text("updatedAt", "n.updated_at"),
    ],
    search: &["n.search"],
    order: "n.name_fold ASC",
    tie: "n.id",
    id: "n.id",
    key: str::to_owned,
    org: "n.org_id_fold",
    changed: &[],
};

/// The list of the connections.
pub struct Connections;

impl Source for Connections {
    type Row = Connection;
    type Path = ();

    async fn rows(_: &mut Tx, (): ()) -> Result<Rows<Connection>, Error> {
        Ok(Rows::new(&TABLE, Scope::all(), read))
    }
}

/// One page of the connections.
pub async fn page(tx: &mut Tx, query: &ListQuery) -> Result<Page<Connection>, Error> {
    listing::page(tx, &TABLE, Scope::all(), query, read).await
}

/// One connection.
pub async fn get(tx: &mut Tx, id: &str) -> Result<Connection, Error> {
    find(tx, "n.id = $1", &[id.into()])
        .await?
        .ok_or(Error::NotFound("connection"))
}

/// The connection for which the condition holds.
async fn find(tx: &mut Tx, condition: &str, binds: &[Bind]) -> Result<Option<Connection>, Error> {
    let sql = format!("SELECT {SELECT} FROM {FROM} WHERE {condition}");
    let row = bind_all(sqlx::query(AssertSqlSafe(sql)), binds)
        .fetch_optional(&mut **tx)
        .await?;
    Ok(row.as_ref().map(read).transpose()?)
}

fn read(row: &AnyRow) -> Result<Connection, sqlx::Error> {
    let customer_id: Option<String> = row.try_get("customer_id")?;
    let customer = match customer_id {
        Some(id) => Some(CustomerRef {
            id,
            external_id: row.try_get("customer_external_id")?,
            name: row.try_get("customer_name")?,
        }),
        None => None,
    };
    let days: Option<i64> = row.try_get("ask_again_days")?;
    Ok(Connection {
        id: row.try_get("id")?,
        org_id: row.try_get("org_id")?,
        org_name: row.try_get("org_name")?,
        org_name_for_drivers: row.try_get("org_name_for_drivers")?,
        connection_name: row.try_get("name")?,
        connection_status: row.try_get("status")?,
        connected_drivers: number(row, "connected")?,
        pending_requests: number(row, "pending")?,
        benefits: texts(row, "benefits")?,
        approval_type: row.try_get("approval_type")?,
        auto_approval: row.try_get("auto_approval")?,
        email_domains: texts(row, "email_domains")?,
        connection_type: row.try_get("type")?,
        organization_category: row.try_get("organization_category")?,
        verify_drivers_by: row.try_get("verify_drivers_by")?,
        ask_again_days: days.map(|days| days.max(0) as u64),
        additional_information: texts(row, "additional_information")?,
        visibility: row.try_get("visibility")?,
        customer,
        has_logo: flag(row, "has_logo")?,
        version: number(row, "version")?,
        created_at: row.try_get("created_at")?,
        updated_at: row.try_get("updated_at")?,
    })
}
