//! A request as a driver sends it, and the page on which the driver follows it.

use domain::Timestamp;
use domain::connections::{APPROVALS, AUTO_APPROVALS, Connection};
use domain::driver_requests::{Answer, DriverRequest};
use domain::identifiers::auth_key;
use sqlx::Row;

use super::super::listing::{bound, flag};
use super::super::secrets::{known_by, secret};
use super::super::{Tx, ids};
use super::decide::approve_at_once;
use crate::clock;
use crate::middleware::keyed;
use crate::problem::Error;

/// What a driver sent, checked.
#[derive(Clone, Debug, Default)]
pub struct Sent {
    pub driver: String,
    pub email: String,
    pub answers: Vec<Answer>,
    pub card_number: String,
    /// The secret of the driver's own page, if the request was sent from there.
    pub page: Option<String>,
}

/// Takes a request and gives the secret of the page that follows it. While the same request waits, there is no
/// second one: the page then tells no more than that it was received.
pub async fn send(tx: &mut Tx, connection: &Connection, sent: Sent) -> Result<String, Error> {
    let request = DriverRequest {
        id: ids::new("req")?,
        driver: sent.driver,
        email: sent.email,
        connection_id: Some(connection.id.clone()),
        requested_at: Some(clock::now()),
        answers: sent.answers,
        card_number: sent.card_number,
        status: "Pending".into(),
        version: 1,
        ..DriverRequest::default()
    };
    let renews = match sent.page {
        Some(secret) => connected(tx, &secret, &connection.id).await?,
        None => None,
    };
    let is_new = insert(tx, &request, renews.as_deref()).await?;
    let id = match is_new {
        true => request.id.clone(),
        false => same(tx, &request, renews.as_deref()).await?.unwrap_or_default(),
    };
    let secret = secret()?;
    sqlx::query("INSERT INTO driver_request_links (digest, request_id, own) VALUES ($1, $2, $3)")
        .bind(known_by(&secret))
        .bind(&id)
        .bind(i64::from(is_new))
        .execute(&mut **tx)
        .await?;
    if is_new {
        let request = DriverRequest {
            connection: connection.connection_name.clone(),
            ..request.clone()
        };
        tx.changed("Requested", None, Some(&request));
    } else {
        tx.silently("the same request waits");
    }
    if is_new && is_approved_at_once(connection, &request.email) {
        approve_at_once(tx, &request.id).await?;
    }
    Ok(secret)
}

/// The approved request whose own page has that secret.
async fn connected(tx: &mut Tx, secret: &str, connection_id: &str) -> Result<Option<String>, Error> {
    let row = sqlx::query(
        "SELECT r.id FROM driver_request_links l JOIN driver_requests r ON r.id = l.request_id \
         WHERE l.digest = $1 AND l.own = 1 AND r.status = 'Approved' AND r.connection_id = $2",
    )
    .bind(known_by(secret))
    .bind(connection_id)
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| row.try_get("id")).transpose()?)
}

/// The request that waits and says the same.
async fn same(tx: &mut Tx, request: &DriverRequest, renews: Option<&str>) -> Result<Option<String>, Error> {
    let row = sqlx::query(
        "SELECT id FROM driver_requests WHERE connection_id = $1 AND email_key = $2 AND content = $3 \
         AND status = 'Pending'",
    )
    .bind(request.connection_id.clone())
    .bind(key(&request.email))
    .bind(content(request, renews)?)
    .fetch_optional(&mut **tx)
    .await?;
    Ok(row.map(|row| row.try_get("id")).transpose()?)
}

/// What tells a request from others with the same e-mail address.
fn content(request: &DriverRequest, renews: Option<&str>) -> Result<String, Error> {
    let said = (
        &request.driver,
        &request.answers,
        auth_key(&request.card_number),
        renews,
    );
    let said = serde_json::to_vec(&said).map_err(|error| Error::Internal(error.to_string()))?;
    Ok(keyed::digest(&said))
}

/// Writes a new request; false if the same waits already. `renews`: the request that it takes the place of.
pub async fn insert(tx: &mut Tx, request: &DriverRequest, renews: Option<&str>) -> Result<bool, Error> {
    let answers =
        serde_json::to_string(&request.answers).map_err(|error| Error::Internal(error.to_string()))?;
    let inserted = sqlx::query(
        "INSERT INTO driver_requests (id, connection_id, driver, email, email_key, answers, card_number, status, \
         requested_at, decided_at, text, version, card_key, content, renews_id) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) \
         ON CONFLICT DO NOTHING",
    )
    .bind(&request.id)
    .bind(request.connection_id.clone())
    .bind(&request.driver)
    .bind(&request.email)
    .bind(key(&request.email))
    .bind(answers)
    .bind(&request.card_number)
    .bind(&request.status)
    .bind(request.requested_at.clone().unwrap_or_default())
    .bind(request.decided_at.clone())
    .bind(&request.text)
    .bind(bound(request.version))
    .bind(auth_key(&request.card_number))
    .bind(content(request, renews)?)
    .bind(renews.map(str::to_owned))
    .execute(&mut **tx)
    .await?;
    Ok(inserted.rows_affected() == 1)
}

pub(super) fn key(email: &str) -> String {
    email.trim().to_lowercase()
}

fn is_approved_at_once(connection: &Connection, email: &str) -> bool {
    if connection.approval_type != APPROVALS[1] {
        return false;
    }
    if connection.auto_approval == AUTO_APPROVALS[0] {
        return true;
    }
    // An address proves nothing, and a customer's cards charge.
    if connection.customer.is_some() {
        return false;
    }
    let email = key(email);
    let domain = email.rsplit_once('@').map(|(_, domain)| domain);
    domain.is_some_and(|domain| connection.email_domains.iter().any(|known| known == domain))
}

/// What a driver's page shows.
pub struct Followed {
    pub connection_id: String,
    pub status: String,
    /// What the operator wrote.
    pub text: String,
    /// Whether the page is of the one who sent the request.
    pub own: bool,
    pub decided_at: Option<Timestamp>,
}

/// The request that a secret follows.
pub async fn follow(tx: &mut Tx, secret: &str) -> Result<Option<Followed>, Error> {
    let row = sqlx::query(
        "SELECT r.connection_id, r.status, r.text, r.decided_at, l.own FROM driver_request_links l \
         JOIN driver_requests r ON r.id = l.request_id WHERE l.digest = $1",
    )
    .bind(known_by(secret))
    .fetch_optional(&mut **tx)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let own = flag(&row, "own")?;
    Ok(Some(Followed {
        connection_id: row.try_get("connection_id")?,
        status: row.try_get("status")?,
        text: if own { row.try_get("text")? } else { String::new() },
        own,
        decided_at: row.try_get("decided_at")?,
    }))
}

#[cfg(test)]
mod tests {
    use domain::tokens::CustomerRef;

    use super::*;

    #[test]
    fn who_is_approved_at_once() {
        let mut connection = Connection {
            approval_type: "Auto".into(),
            auto_approval: "By e-mail domain".into(),
            email_domains: vec!["example.com".into()],
            ..Connection::default()
        };
        let at_once = |connection: &Connection, email| is_approved_at_once(connection, email);
        assert!(at_once(&connection, "Anna@EXAMPLE.com"));
        for email in [
            "anna@mail.example.com",
            "anna@example.com.evil",
            "anna@notexample.com",
            "example.com",
        ] {
            assert!(!at_once(&connection, email), "{email}");
        }
        connection.customer = Some(CustomerRef {
            id: "cus_1".into(),
            external_id: String::new(),
            name: "Acme".into(),
        });
        assert!(!at_once(&connection, "anna@example.com"), "no proof");
        connection.auto_approval = "All requests".into();
        assert!(at_once(&connection, "anna@elsewhere.example"));
        connection.approval_type = "Manual".into();
        assert!(!at_once(&connection, "anna@example.com"));
    }
}
