//! Connections made, changed and deleted.

use domain::connections::{Connection, ConnectionInput, START, STATUSES};
use sqlx::AssertSqlSafe;

use super::super::secrets::{known_by, secret};
use super::super::{Tx, ids, listing, records, text};
use super::entered::apply;
use super::{codes, get};
use crate::clock;
use crate::middleware::if_match::IfMatch;
use crate::problem::Error;

/// Adds a connection, with codes to invite by.
pub async fn create(tx: &mut Tx, input: ConnectionInput) -> Result<Connection, Error> {
    let now = clock::now();
    let mut connection = Connection {
        id: ids::new("con")?,
        connection_status: STATUSES[0].into(),
        version: 1,
        created_at: now.clone(),
        updated_at: now,
        ..Connection::default()
    };
    if input.org_id.is_none() {
        return Err(Error::field("orgId", "this cannot stay empty"));
    }
    let usual: ConnectionInput =
        serde_json::from_str(START).map_err(|error| Error::Internal(error.to_string()))?;
    let input = ConnectionInput {
        connection_type: input.connection_type.or(usual.connection_type),
        approval_type: input.approval_type.or(usual.approval_type),
        visibility: input.visibility.or(usual.visibility),
        ..input
    };
    apply(tx, &mut connection, input).await?;
    insert(tx, &connection).await?;
    tx.changed("Added", None, Some(&connection));
    Ok(connection)
}

/// Writes a new connection.
pub async fn insert(tx: &mut Tx, connection: &Connection) -> Result<(), Error> {
    let link = secret()?;
    let sql = format!(
        "INSERT INTO connections ({COLUMNS}, id, created_at, logo, link_code, link_digest, search_code, \
         invitation_made_at) VALUES ({})",
        records::placeholders(1, 31)
    );
    write(sqlx::query(AssertSqlSafe(sql)), connection)?
        .bind(&connection.created_at)
        .bind("")
        .bind(&link)
        .bind(known_by(&link))
        .bind(codes::search_code()?)
        .bind(&connection.created_at)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

const COLUMNS: &str = "org_id, org_name, org_name_for_drivers, name, status, benefits, approval_type, auto_approval, \
    email_domains, type, organization_category, verify_drivers_by, ask_again_days, additional_information, \
    visibility, customer_id, org_id_fold, org_name_fold, name_fold, benefits_fold, verify_fold, search, version, \
    updated_at";

type Statement<'q> = sqlx::query::Query<'q, sqlx::Any, sqlx::any::AnyArguments>;

/// Binds [`COLUMNS`], then the id.
fn write<'q>(statement: Statement<'q>, connection: &Connection) -> Result<Statement<'q>, Error> {
    let list =
        |texts: &[String]| serde_json::to_string(texts).map_err(|error| Error::Internal(error.to_string()));
    let c = connection.clone();
    let searched = [c.connection_name.as_str(), &c.org_id, &c.org_name];
    Ok(statement
        .bind(c.org_id.clone())
        .bind(c.org_name.clone())
        .bind(c.org_name_for_drivers)
        .bind(c.connection_name.clone())
        .bind(c.connection_status)
        .bind(list(&c.benefits)?)
        .bind(c.approval_type)
        .bind(c.auto_approval)
        .bind(list(&c.email_domains)?)
        .bind(c.connection_type)
        .bind(c.organization_category)
        .bind(c.verify_drivers_by.clone())
        .bind(c.ask_again_days.map(listing::bound))
        .bind(list(&c.additional_information)?)
        .bind(c.visibility)
        .bind(c.customer.map(|customer| customer.id))
        .bind(text::fold(&c.org_id))
        .bind(text::fold(&c.org_name))
        .bind(text::fold(&c.connection_name))
        .bind(text::fold(&c.benefits.join(", ")))
        .bind(text::fold(&c.verify_drivers_by))
        .bind(text::search(searched))
        .bind(listing::bound(c.version))
        .bind(c.updated_at)
        .bind(c.id))
}

/// Changes a connection. Disabling it keeps its drivers.
pub async fn patch(
    tx: &mut Tx,
    id: &str,
    version: IfMatch,
    input: ConnectionInput,
) -> Result<Connection, Error> {
    records::lock(tx, "connections", id, version).await?;
    let mut connection = get(tx, id).await?;
    let before = connection.clone();
    apply(tx, &mut connection, input).await?;
    tx.changed("Changed", Some(&before), Some(&connection));
    if connection == before {
        return Ok(connection);
    }
    connection.version += 1;
    connection.updated_at = clock::now();
    let set: Vec<String> = (1..)
        .zip(COLUMNS.split(','))
        .map(|(n, column)| format!("{} = ${n}", column.trim()))
        .collect();
    let sql = format!(
        "UPDATE connections SET {} WHERE id = ${}",
        set.join(", "),
        set.len() + 1
    );
    write(sqlx::query(AssertSqlSafe(sql)), &connection)?
        .execute(&mut **tx)
        .await?;
    Ok(connection)
}

/// Deletes a connection to which no driver is connected, with its requests.
pub async fn delete(tx: &mut Tx, id: &str, version: IfMatch) -> Result<(), Error> {
    records::lock(tx, "connections", id, version).await?;
    let connection = get(tx, id).await?;
    let drivers = connection.connected_drivers;
    if drivers > 0 {
        let s = if drivers == 1 { "" } else { "s" };
        return Err(Error::InUse(format!(
            "{} has {drivers} connected driver{s}. Remove them first, or disable the connection; nothing was changed.",
            connection.connection_name
        )));
    }
    for sql in [
        "DELETE FROM driver_request_links WHERE request_id IN \
         (SELECT id FROM driver_requests WHERE connection_id = $1)",
        "DELETE FROM driver_requests WHERE connection_id = $1",
        "DELETE FROM connections WHERE id = $1",
    ] {
        sqlx::query(sql).bind(id).execute(&mut **tx).await?;
    }
    tx.changed("Deleted", Some(&connection), None);
    Ok(())
}
