//! What is entered of a connection, checked.

use domain::connections::{APPROVALS, AUTO_APPROVALS, Connection, ConnectionInput, FIELDS, STATUSES};
use domain::field::Field;
use domain::problem::FieldError;
use domain::tokens::CustomerRef;

use super::super::{Tx, customers, fields, organizations};
use crate::problem::Error;

/// The most values of one field, e-mail domains for example.
const MAX_VALUES: usize = 100;

/// Takes over what was entered.
///
/// # Errors
/// Names every field that is wrong.
pub(super) async fn apply(
    tx: &mut Tx,
    connection: &mut Connection,
    input: ConnectionInput,
) -> Result<(), Error> {
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
                "there is no such organization; choose one of those listed",
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
    if values.len() > MAX_VALUES {
        return Err(Error::field(name, format!("at most {MAX_VALUES} values")));
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
    if is_auto && connection.auto_approval == AUTO_APPROVALS[1] && connection.customer.is_some() {
        wrong(
            "autoApproval",
            "an e-mail address proves nothing, so it cannot let a card charge as the customer's; choose another, or \
             no customer"
                .into(),
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
