//! Decisions on requests that came through an invitation.

use domain::driver_requests::{Decision, DriverRequest};
use sqlx::AssertSqlSafe;

use super::super::{Tx, connections};
use super::card::{self, Card};
use super::send::key;
use super::{find, renew};
use crate::clock;
use crate::problem::Error;

/// What came of a decision on one request.
pub enum Changed {
    /// It was carried out; whether it made a charge token.
    Done { token: bool },
    /// The request stays as it was, for this reason.
    Undone(String),
}

/// Decides on a request. With the approval, a card of which nothing was known becomes a charge token of the
/// customer that the connection names; with the removal, a card that became one in this way is blocked, so
/// that the driver no longer charges with it. A card that cannot charge leaves the request undecided, which
/// then says why. A driver who answered anew is connected by the newer request alone.
pub async fn decide(tx: &mut Tx, id: &str, decision: Decision, text: &str) -> Result<Changed, Error> {
    carry_out(tx, id, decision, text, true).await
}

/// Approves a request that nobody looked at. A card that cannot charge does not hold it up, so that a
/// stranger does not learn by it which cards there are; the request says why the card was left.
pub(super) async fn approve_at_once(tx: &mut Tx, id: &str) -> Result<(), Error> {
    carry_out(tx, id, Decision::Approve, "", false).await?;
    Ok(())
}

async fn carry_out(
    tx: &mut Tx,
    id: &str,
    decision: Decision,
    text: &str,
    by_operator: bool,
) -> Result<Changed, Error> {
    // Locks the request for the rest of the transaction.
    sqlx::query("UPDATE driver_requests SET version = version WHERE id = $1")
        .bind(id)
        .execute(&mut **tx)
        .await?;
    let Some(request) = find(tx, id).await? else {
        return Ok(Changed::Undone("is gone".into()));
    };
    let to = match request.decided(decision) {
        Ok(to) => to,
        Err(reason) => return Ok(Changed::Undone(reason)),
    };
    let found = match decision {
        Decision::Approve => approve(tx, &request, by_operator).await?,
        Decision::Remove => {
            card::release(tx, id).await?;
            card::NONE
        }
        Decision::Deny => card::NONE,
    };
    let (token_id, is_new, problem) = match found {
        Card::Charges { token_id, is_new } => (token_id, is_new, None),
        Card::Left(problem) => (None, false, Some(problem)),
    };
    if let (true, Some(problem)) = (by_operator, &problem) {
        sqlx::query("UPDATE driver_requests SET problem = $2, version = version + 1 WHERE id = $1")
            .bind(id)
            .bind(problem)
            .execute(&mut **tx)
            .await?;
        let after = DriverRequest {
            problem: Some(problem.clone()),
            ..request.clone()
        };
        tx.changed("Not carried out", Some(&request), Some(&after));
        return Ok(Changed::Undone(problem.clone()));
    }
    sqlx::query(
        "UPDATE driver_requests SET status = $2, text = $3, decided_at = $4, problem = $5, \
         token_id = COALESCE($6, token_id), version = version + 1 WHERE id = $1",
    )
    .bind(id)
    .bind(to)
    .bind(text)
    .bind(clock::now())
    .bind(&problem)
    .bind(token_id)
    .execute(&mut **tx)
    .await?;
    let after = DriverRequest {
        status: to.to_owned(),
        text: text.to_owned(),
        problem: problem.clone(),
        ..request.clone()
    };
    tx.changed(to, Some(&request), Some(&after));
    if decision == Decision::Approve && problem.is_none() {
        renew::replace(tx, id).await?;
    }
    Ok(Changed::Done { token: is_new })
}

async fn approve(tx: &mut Tx, request: &DriverRequest, by_operator: bool) -> Result<Card, Error> {
    if !by_operator && was_removed(tx, request).await? {
        return Ok(Card::Left(
            "has the e-mail address of a driver who was removed; approve again to take the driver back, or remove"
                .into(),
        ));
    }
    let connection_id = request.connection_id.as_deref().unwrap_or_default();
    let connection = connections::get(tx, connection_id).await?;
    match connection.customer {
        Some(customer) if !request.card_number.is_empty() => {
            card::grant(tx, request, &customer, by_operator).await
        }
        _ => Ok(card::NONE),
    }
}

/// Whether an operator took a driver with the same e-mail address off the connection, and none took one back.
async fn was_removed(tx: &mut Tx, request: &DriverRequest) -> Result<bool, Error> {
    let of = |status: &str| {
        format!(
            "SELECT id FROM driver_requests WHERE connection_id = $1 AND email_key = $2 AND status = '{status}'"
        )
    };
    let sql = format!(
        "{} AND text <> $3 AND NOT EXISTS ({} AND problem IS NULL)",
        of("Removed"),
        of("Approved")
    );
    let found = sqlx::query(AssertSqlSafe(sql))
        .bind(request.connection_id.clone())
        .bind(key(&request.email))
        .bind(renew::RENEWED)
        .fetch_optional(&mut **tx)
        .await?;
    Ok(found.is_some())
}
