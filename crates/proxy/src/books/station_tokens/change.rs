//! Adding, changing and deleting a station token by hand.

use domain::problem::FieldError;
use domain::station_tokens::{StationToken, StationTokenInput, Status};
use sqlx::Row;

use super::super::{Tx, ids, organizations, records};
use super::{entered, get, key, require_ours, write};
use crate::clock;
use crate::middleware::if_match::IfMatch;
use crate::problem::Error;

/// Adds a station token.
pub async fn create(tx: &mut Tx, input: StationTokenInput) -> Result<StationToken, Error> {
    let now = clock::now();
    let mut token = StationToken {
        id: ids::new("stk")?,
        version: 1,
        created_at: now.clone(),
        updated_at: now,
        ..StationToken::default()
    };
    let mut errors = entered::take(&mut token, &input, true).err().unwrap_or_default();
    let found = organizations::find(tx, input.org_id.as_deref().unwrap_or_default()).await?;
    match found.filter(|organization| organization.ours) {
        Some(organization) => {
            (token.org_id, token.org_name, token.ours) = (organization.id, organization.name, true);
        }
        None => errors.push(wrong("orgId", "one of our own organizations")),
    }
    match input.status {
        Some(Status::Active) => errors.push(active()),
        status => token.status = status.unwrap_or_default(),
    }
    refuse(errors)?;
    check_token_sn(tx, &token).await?;
    write(tx, std::slice::from_ref(&token)).await?;
    tx.changed("Added", None, Some(&token));
    Ok(token)
}

/// Changes a station token.
pub async fn patch(
    tx: &mut Tx,
    id: &str,
    version: IfMatch,
    input: StationTokenInput,
) -> Result<StationToken, Error> {
    records::lock(tx, "station_tokens", id, version).await?;
    let before = get(tx, id).await?;
    require_ours(&before)?;
    let mut token = before.clone();
    let mut errors = entered::take(&mut token, &input, false).err().unwrap_or_default();
    if let Some(org_id) = &input.org_id
        && organizations::key(org_id) != organizations::key(&token.org_id)
    {
        errors.push(wrong("orgId", "changes by Transfer tokens only"));
    }
    match input.status {
        None => {}
        Some(status) if status == token.status => {}
        Some(Status::Active) => errors.push(active()),
        Some(_) if token.status == Status::Active => {
            errors.push(wrong(
                "status",
                "an Active token stays Active; an import can change it",
            ));
        }
        Some(status) => token.status = status,
    }
    refuse(errors)?;
    tx.changed("Changed", Some(&before), Some(&token));
    if token == before {
        return Ok(token);
    }
    check_token_sn(tx, &token).await?;
    token.version += 1;
    token.updated_at = clock::now();
    write(tx, std::slice::from_ref(&token)).await?;
    Ok(token)
}

/// Deletes a station token, unless it is in use.
pub async fn delete(tx: &mut Tx, id: &str, version: IfMatch) -> Result<(), Error> {
    records::lock(tx, "station_tokens", id, version).await?;
    let token = get(tx, id).await?;
    require_ours(&token)?;
    if token.status == Status::Active {
        return Err(Error::InUse(format!(
            "{} is Active on {}, so it stays. Nothing was changed.",
            token.token_sn, token.evse_id
        )));
    }
    sqlx::query("DELETE FROM station_tokens WHERE id = $1")
        .bind(id)
        .execute(&mut **tx)
        .await?;
    tx.changed("Deleted", Some(&token), None);
    Ok(())
}

fn wrong(field: &str, message: &str) -> FieldError {
    FieldError {
        field: field.to_owned(),
        message: message.to_owned(),
    }
}

fn active() -> FieldError {
    wrong("status", "a token becomes Active by Apply to station")
}

fn refuse(errors: Vec<FieldError>) -> Result<(), Error> {
    match errors.is_empty() {
        true => Ok(()),
        false => Err(Error::fields(errors)),
    }
}

async fn check_token_sn(tx: &mut Tx, token: &StationToken) -> Result<(), Error> {
    let other = sqlx::query(
        "SELECT t.token_sn, o.key, o.name FROM station_tokens t JOIN organizations o ON o.key = t.org_key \
         WHERE t.token_sn_fold = $1 AND t.id <> $2",
    )
    .bind(key(&token.token_sn))
    .bind(&token.id)
    .fetch_optional(&mut **tx)
    .await?;
    let Some(other) = other else { return Ok(()) };
    let (token_sn, key): (String, String) = (other.try_get("token_sn")?, other.try_get("key")?);
    let name: String = match tx.caller().reaches(&key) {
        true => other.try_get("name")?,
        false => "another organization".into(),
    };
    Err(Error::Duplicate {
        field: "tokenSn",
        detail: format!("There is a station token {token_sn} already; it belongs to {name}."),
    })
}
