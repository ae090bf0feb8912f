//! A driver's card as a charge token of the connection's customer.

use domain::driver_requests::DriverRequest;
use domain::identifiers::auth_key;
use domain::tokens::{CustomerRef, TokenInput};
use sqlx::Row;

use super::super::{Tx, tokens};
use crate::middleware::if_match::IfMatch;
use crate::problem::Error;

/// What an approval did with the card.
#[derive(Default)]
pub struct Made {
    /// The token that became the customer's by it; none if it was theirs before.
    pub token_id: Option<String>,
    /// A token was made.
    pub is_new: bool,
}

/// Makes the card a charge token of the customer. Another customer's card stays theirs, a card that an
/// operator blocked stays blocked; the inner error says so. One that was blocked when its driver was
/// removed is valid again.
pub async fn grant(
    tx: &mut Tx,
    request: &DriverRequest,
    customer: &CustomerRef,
) -> Result<Result<Made, String>, Error> {
    let card = request.card_number.as_str();
    let Some(token) = tokens::by_auth_key(tx, &auth_key(card)).await? else {
        let input = TokenInput {
            auth_id: Some(card.to_owned()),
            customer_id: Some(customer.id.clone()),
            note: Some(format!(
                "Card of {}, who joined {}.",
                request.driver, request.connection
            )),
            ..TokenInput::default()
        };
        let token = tokens::create(tx, input).await?;
        return Ok(Ok(Made {
            token_id: Some(token.id),
            is_new: true,
        }));
    };
    let change = match &token.customer {
        Some(other) if other.id != customer.id => {
            return Ok(Err(format!(
                "has the card {card}, which is a charge token of {}; give the token to {} and approve again, or deny \
                 and ask for another card",
                other.name, customer.name
            )));
        }
        _ if !token.valid && !was_blocked_by_removal(tx, &token.id).await? => {
            return Ok(Err(format!(
                "has the card {card}, which is blocked; unblock the charge token and approve again, or deny and ask \
                 for another card"
            )));
        }
        Some(_) if token.valid => return Ok(Ok(Made::default())),
        _ => TokenInput {
            customer_id: Some(customer.id.clone()),
            valid: Some(true),
            ..TokenInput::default()
        },
    };
    tokens::patch(tx, &token.id, IfMatch::Any, change).await?;
    Ok(Ok(Made {
        token_id: Some(token.id),
        is_new: false,
    }))
}

async fn was_blocked_by_removal(tx: &mut Tx, token_id: &str) -> Result<bool, Error> {
    let row = sqlx::query(
        "SELECT COUNT(*) AS removed FROM driver_requests WHERE token_id = $1 AND status = 'Removed'",
    )
    .bind(token_id)
    .fetch_one(&mut **tx)
    .await?;
    Ok(row.try_get::<i64, _>("removed")? > 0)
}

/// Blocks the token that the approval of a request made, if it is still there and no other approved
/// request stands on it.
pub async fn block(tx: &mut Tx, request_id: &str) -> Result<(), Error> {
    let row = sqlx::query(
        "SELECT r.token_id FROM driver_requests r JOIN tokens t ON t.id = r.token_id WHERE r.id = $1 \
         AND NOT EXISTS (SELECT 1 FROM driver_requests o WHERE o.token_id = r.token_id AND o.id <> r.id \
         AND o.status = 'Approved')",
    )
    .bind(request_id)
    .fetch_optional(&mut **tx)
    .await?;
    let Some(row) = row else { return Ok(()) };
    let token_id: String = row.try_get("token_id")?;
    let blocked = TokenInput {
        valid: Some(false),
        ..TokenInput::default()
    };
    tokens::patch(tx, &token_id, IfMatch::Any, blocked).await?;
    Ok(())
}
