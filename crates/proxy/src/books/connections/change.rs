//! Connections made, changed and deleted.

use domain::connections::{APPROVALS, AUTO_APPROVALS, Connection, ConnectionInput, FIELDS, STATUSES};
use domain::field::Field;
use domain::problem::FieldError;
use domain::tokens::CustomerRef;
use sqlx::AssertSqlSafe;

use super::super::{Tx, customers, fields, ids, listing, organizations, records, text};
use super::{codes, get};
use crate::clock;
use crate::middleware::if_match::IfMatch;
use crate::problem::Error;

/// The most e-mail domains of one connection.
const MAX_DOMAINS: usize = 100;

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
    apply(tx, &mut connection, input).await?;
    insert(tx, &connection).await?;
    Ok(connection)
}

/// Writes a new connection.
pub async fn insert(tx: &mut Tx, connection: &Connection) -> Result<(), Error> {
    let link = codes::secret()?;
    let sql = format!(
        "INSERT INTO connections ({COLUMNS}, id, created_at, logo, link_code, link_digest, search_code, \
         invitation_made_at) VALUES ({})",
        records::placeholders(1, 31)
    );
    write(sqlx::query(AssertSqlSafe(sql)), connection)?
        .bind(&connection.created_at)
        .bind("")
        .bind(&link)
        .bind(codes::digest(&link))
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
    Ok(())
}

async fn apply(tx: &mut Tx, connection: &mut Connection, input: ConnectionInput) -> Result<(), Error> {
    let lines = [
        (
            "orgNameForDrivers",
            &mut connection.org_name_for_drivers,
            input.org_name_for_drivers,
        ),
        (
            "connectionName",
            &mut connection.connection_name,
            input.connection_name,
        ),
        (
            "connectionStatus",
            &mut connection.connection_status,
            input.connection_status,
        ),
        ("approvalType", &mut connection.approval_type, input.approval_type),
        ("autoApproval", &mut connection.auto_approval, input.auto_approval),
        (
            "connectionType",
            &mut connection.connection_type,
            input.connection_type,
        ),
        (
            "organizationCategory",
            &mut connection.organization_category,
            input.organization_category,
        ),
        (
            "verifyDriversBy",
            &mut connection.verify_drivers_by,
            input.verify_drivers_by,
        ),
        ("visibility", &mut connection.visibility, input.visibility),
    ];
    for (name, field, value) in lines {
        if let Some(value) = value {
            *field = fields::line(name, &value)?;
        }
    }
    let domains = input.email_domains.map(|domains| {
        let plain = |domain: &String| domain.trim().trim_start_matches('@').to_lowercase();
        domains.iter().map(plain).collect()
    });
    let lists = [
        ("benefits", &mut connection.benefits, input.benefits),
        (
            "additionalInformation",
            &mut connection.additional_information,
            input.additional_information,
        ),
        ("emailDomains", &mut connection.email_domains, domains),
    ];
    for (name, field, value) in lists {
        if let Some(values) = value {
            *field = several(name, values)?;
        }
    }
    if let Some(days) = input.ask_again_days {
        let days = days.trim();
        if let Some(message) = field("askAgainDays").and_then(|field| field.wrong(days)) {
            return Err(Error::field("askAgainDays", message));
        }
        connection.ask_again_days = days.parse().ok();
    }
    if let Some(id) = input.org_id {
        let organization = organizations::find(tx, &id).await?;
        let organization = organization.ok_or_else(|| {
            Error::field(
                "orgId",
                "there is no such organisation; choose one of those listed",
            )
        })?;
        (connection.org_id, connection.org_name) = (organization.id, organization.name);
    }
    if let Some(id) = input.customer_id {
        connection.customer = customer(tx, id.trim()).await?;
    }
    check(connection)
}

fn field(key: &str) -> Option<&'static Field> {
    FIELDS.iter().find(|field| field.key == key)
}

/// Values without blanks around them, each once.
fn several(name: &str, values: Vec<String>) -> Result<Vec<String>, Error> {
    let mut all: Vec<String> = Vec::new();
    if values.len() > MAX_DOMAINS {
        return Err(Error::field(name, format!("at most {MAX_DOMAINS} values")));
    }
    for value in values {
        let value = fields::line(name, &value)?;
        if !value.is_empty() && !all.contains(&value) {
            all.push(value);
        }
    }
    Ok(all)
}

async fn customer(tx: &mut Tx, id: &str) -> Result<Option<CustomerRef>, Error> {
    if id.is_empty() {
        return Ok(None);
    }
    match customers::get(tx, id).await {
        Ok(customer) => Ok(Some(CustomerRef {
            id: customer.id,
            external_id: customer.external_id,
            name: customer.name,
        })),
        Err(Error::NotFound(_)) => Err(Error::field("customerId", "there is no such customer")),
        Err(other) => Err(other),
    }
}

/// Every field by its own rule, and those that depend on each other.
fn check(connection: &Connection) -> Result<(), Error> {
    let json = serde_json::to_value(connection).map_err(|error| Error::Internal(error.to_string()))?;
    let mut errors = Vec::new();
    let mut wrong = |field: &str, message: String| {
        errors.push(FieldError {
            field: field.into(),
            message,
        });
    };
    for field in FIELDS {
        for value in fields::texts(&json[field.key]) {
            if let Some(message) = field.wrong(&value) {
                wrong(field.key, message);
            }
        }
    }
    if !STATUSES.contains(&connection.connection_status.as_str()) {
        wrong("connectionStatus", format!("one of {}", STATUSES.join(", ")));
    }
    let is_auto = connection.approval_type == APPROVALS[1];
    if is_auto && connection.auto_approval.is_empty() {
        wrong("autoApproval", "say which requests are approved at once".into());
    }
    if is_auto && connection.auto_approval == AUTO_APPROVALS[1] && connection.email_domains.is_empty() {
        wrong(
            "emailDomains",
            "name at least one domain whose drivers are approved".into(),
        );
    }
    for domain in connection
        .email_domains
        .iter()
        .filter(|domain| !is_domain(domain))
    {
        wrong(
            "emailDomains",
            format!("{domain} is no domain; write it like example.com"),
        );
    }
    if errors.is_empty() {
        Ok(())
    } else {
        Err(Error::fields(errors))
    }
}

fn is_domain(text: &str) -> bool {
    let part = |part: &str| {
        let is_letter = |c: char| c.is_alphanumeric() || c == '-';
        !part.is_empty() && part.chars().all(is_letter) && !part.starts_with('-') && !part.ends_with('-')
    };
    text.contains('.') && text.split('.').all(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_a_domain() {
        assert!(is_domain("example.com") && is_domain("mail.exämple.de"));
        for text in [
            "",
            "example",
            "a..b",
            ".com",
            "a b.com",
            "-a.com",
            "a@b.com",
            "https://a.com",
        ] {
            assert!(!is_domain(text), "{text}");
        }
    }
}
