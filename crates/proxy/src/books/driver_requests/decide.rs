//! Decisions on requests that came through an invitation.

use domain::driver_requests::{Decision, DriverRequest};

use super::super::{Tx, connections};
use super::{card, find, renew};
use crate::clock;
use crate::problem::Error;

/// What came of a decision on one request.
pub enum Changed {
    /// It was carried out; whether it made a charge token.
    Done { token: bool },
    /// The request stays as it was, for this reason.
    Undone(String),
}

/// The status that a decision leads to.
///
/// # Errors
/// Why it cannot be made in this status.
pub fn allowed(status: &str, decision: Decision) -> Result<&'static str, String> {
    let (from, to, when): (&[&str], _, _) = match decision {
        Decision::Approve => (&["Pending", "Denied"], "Approved", "pending or denied"),
        Decision::Deny => (&["Pending"], "Denied", "pending"),
        Decision::Remove => (&["Approved"], "Removed", "approved"),
    };
    if from.contains(&status) {
        Ok(to)
    } else {
        Err(format!(
            "is {} already; only a request that is {when} can be {}",
            status.to_lowercase(),
            to.to_lowercase()
        ))
    }
}

/// Decides on a request. With the approval, the driver's card becomes a charge token of the customer that
/// the connection names; with the removal, a card that became one in this way is blocked, so that the
/// driver no longer charges with it. A card that cannot become one leaves the request undecided, which
/// then says why. A driver who is connected already is so by the newer request alone.
pub async fn decide(tx: &mut Tx, id: &str, decision: Decision, text: &str) -> Result<Changed, Error> {
    let changed = carry_out(tx, id, decision, text).await?;
    if let (Changed::Done { .. }, Decision::Approve) = (&changed, decision)
        && let Some(request) = find(tx, id).await?
    {
        renew::replace(tx, &request).await?;
    }
    Ok(changed)
}

/// Approves a request that nobody looked at. It takes the place of none: whoever knows a driver's e-mail
/// address could put their own card there, and a request that waits would say that the driver is connected.
pub(super) async fn approve_at_once(tx: &mut Tx, id: &str) -> Result<(), Error> {
    carry_out(tx, id, Decision::Approve, "").await?;
    Ok(())
}

async fn carry_out(tx: &mut Tx, id: &str, decision: Decision, text: &str) -> Result<Changed, Error> {
    // Locks the request for the rest of the transaction.
    sqlx::query("UPDATE driver_requests SET version = version WHERE id = $1")
        .bind(id)
        .execute(&mut **tx)
        .await?;
    let Some(request) = find(tx, id).await? else {
        return Ok(Changed::Undone("is gone".into()));
    };
    let to = match allowed(&request.status, decision) {
        Ok(to) => to,
        Err(reason) => return Ok(Changed::Undone(reason)),
    };
    let mut made = card::Made::default();
    match decision {
        Decision::Approve => match approve(tx, &request).await? {
            Ok(card) => made = card,
            Err(problem) => {
                sqlx::query("UPDATE driver_requests SET problem = $2, version = version + 1 WHERE id = $1")
                    .bind(id)
                    .bind(&problem)
                    .execute(&mut **tx)
                    .await?;
                return Ok(Changed::Undone(problem));
            }
        },
        Decision::Remove => card::block(tx, id).await?,
        Decision::Deny => {}
    }
    sqlx::query(
        "UPDATE driver_requests SET status = $2, text = $3, decided_at = $4, problem = NULL, \
         token_id = COALESCE($5, token_id), version = version + 1 WHERE id = $1",
    )
    .bind(id)
    .bind(to)
    .bind(text)
    .bind(clock::now())
    .bind(made.token_id)
    .execute(&mut **tx)
    .await?;
    Ok(Changed::Done { token: made.is_new })
}

async fn approve(tx: &mut Tx, request: &DriverRequest) -> Result<Result<card::Made, String>, Error> {
    let connection_id = request.connection_id.as_deref().unwrap_or_default();
    let connection = connections::get(tx, connection_id).await?;
    match connection.customer {
        Some(customer) if !request.card_number.is_empty() => card::grant(tx, request, &customer).await,
        _ => Ok(Ok(card::Made::default())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_decided_when() {
        use Decision::*;
        let ok = [
            ("Pending", Approve, "Approved"),
            ("Denied", Approve, "Approved"),
            ("Pending", Deny, "Denied"),
            ("Approved", Remove, "Removed"),
        ];
        for status in domain::driver_requests::STATUSES {
            for decision in [Approve, Deny, Remove] {
                let to = ok.iter().find(|(from, by, _)| from == status && *by == decision);
                assert_eq!(allowed(status, decision).ok(), to.map(|(.., to)| *to));
            }
        }
    }
}
