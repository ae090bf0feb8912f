//! A driver's card as a charge token of the connection's customer. A request makes a token only of a card of
//! which nothing is known. It changes none: tokens are given to a customer and unblocked on their own pages.

use domain::driver_requests::DriverRequest;
use domain::identifiers::auth_key;
use domain::tokens::{CustomerRef, Token, TokenInput};
use sqlx::Row;

use super::super::{Tx, tokens};
use crate::clock;
use crate::middleware::if_match::IfMatch;
use crate::problem::Error;

/// What an approval finds of the card.
pub enum Card {
    /// It can charge.
    Charges {
        /// The token that came into being with a driver's request, and is blocked when the last one goes.
        token_id: Option<String>,
        /// A token was made.
        is_new: bool,
    },
    /// Nothing was changed, for this reason.
    Left(String),
}

/// The card of a request that brings none, or whose connection names no customer.
pub const NONE: Card = Card::Charges {
    token_id: None,
    is_new: false,
};

/// Makes the card a charge token of the customer, if nothing is known of it. `by_operator`: a card that came
/// into being with an earlier request is this one's from now on.
pub async fn grant(
    tx: &mut Tx,
    request: &DriverRequest,
    customer: &CustomerRef,
    by_operator: bool,
) -> Result<Card, Error> {
    let card = request.card_number.as_str();
    let key = auth_key(card);
    // Locks the token, so that it is not blocked for another driver meanwhile.
    sqlx::query("UPDATE tokens SET version = version WHERE auth_key = $1")
        .bind(&key)
        .execute(&mut **tx)
        .await?;
    let token = tokens::by_auth_key(tx, &key).await?;
    let why = match &token {
        Some(token) => why_not(token, customer),
        None if is_listed(tx, &key).await? => Some(format!(
            "stands on an Authorization list; make a charge token of {} of it",
            customer.name
        )),
        None => None,
    };
    if let Some(why) = why {
        return Ok(Card::Left(format!(
            "has the card {card}, which {why} and approve again, or ask for another card"
        )));
    }
    if let Some(token) = token {
        let is_ours = by_operator && came_with_a_request(tx, &token.id).await?;
        return Ok(Card::Charges {
            token_id: Some(token.id).filter(|_| is_ours),
            is_new: false,
        });
    }
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
    Ok(Card::Charges {
        token_id: Some(token.id),
        is_new: true,
    })
}

/// Why a token is not the customer's to charge with, and what an operator can do.
fn why_not(token: &Token, customer: &CustomerRef) -> Option<String> {
    match &token.customer {
        None => Some(format!(
            "is a charge token without customer; give it to {}",
            customer.name
        )),
        Some(other) if other.id != customer.id => Some(format!(
            "is a charge token of {}; give it to {}",
            other.name, customer.name
        )),
        Some(_) if !token.valid => Some("is blocked; unblock the charge token".into()),
        Some(_)
            if token
                .expires
                .as_deref()
                .is_some_and(|at| at <= clock::now().as_str()) =>
        {
            Some("is expired; change when the charge token expires".into())
        }
        Some(_) => None,
    }
}

async fn is_listed(tx: &mut Tx, key: &str) -> Result<bool, Error> {
    let found = sqlx::query(
        "SELECT l.id FROM locations l WHERE EXISTS (SELECT 1 FROM authorization_tokens a \
         WHERE a.location_id = l.id AND a.kind = 0 AND a.key = $1) LIMIT 1",
    )
    .bind(key)
    .fetch_optional(&mut **tx)
    .await?;
    Ok(found.is_some())
}

async fn came_with_a_request(tx: &mut Tx, token_id: &str) -> Result<bool, Error> {
    let found = sqlx::query("SELECT id FROM driver_requests WHERE token_id = $1 LIMIT 1")
        .bind(token_id)
        .fetch_optional(&mut **tx)
        .await?;
    Ok(found.is_some())
}

/// Locks the requests that a token came into being with, before the token itself is locked, as decisions do.
pub async fn hold(tx: &mut Tx, token_id: &str) -> Result<(), Error> {
    sqlx::query("UPDATE driver_requests SET version = version WHERE token_id = $1")
        .bind(token_id)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Lets a token be nobody's request's: an operator gave it to another customer, so that no removal of a driver
/// blocks it any more.
pub async fn leave(tx: &mut Tx, token_id: &str) -> Result<(), Error> {
    sqlx::query("UPDATE driver_requests SET token_id = NULL WHERE token_id = $1")
        .bind(token_id)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Blocks the token that came into being with a request, unless another approved request stands on the same
/// card: the token is then theirs.
pub async fn release(tx: &mut Tx, request_id: &str) -> Result<(), Error> {
    let row = sqlx::query(
        "SELECT t.id, t.auth_key FROM driver_requests r JOIN tokens t ON t.id = r.token_id WHERE r.id = $1",
    )
    .bind(request_id)
    .fetch_optional(&mut **tx)
    .await?;
    let Some(row) = row else { return Ok(()) };
    let (token_id, key): (String, String) = (row.try_get("id")?, row.try_get("auth_key")?);
    // Locks the token, so that no other driver is approved on it meanwhile.
    sqlx::query("UPDATE tokens SET version = version WHERE id = $1")
        .bind(&token_id)
        .execute(&mut **tx)
        .await?;
    let others = sqlx::query(
        "UPDATE driver_requests SET token_id = $1 WHERE card_key = $2 AND status = 'Approved' AND id <> $3 \
         AND connection_id IN (SELECT n.id FROM connections n JOIN tokens t ON t.customer_id = n.customer_id \
         WHERE t.id = $4)",
    )
    .bind(&token_id)
    .bind(key)
    .bind(request_id)
    .bind(&token_id)
    .execute(&mut **tx)
    .await?;
    if others.rows_affected() > 0 {
        return Ok(());
    }
    let blocked = TokenInput {
        valid: Some(false),
        ..TokenInput::default()
    };
    tokens::patch(tx, &token_id, IfMatch::Any, blocked).await?;
    Ok(())
}
