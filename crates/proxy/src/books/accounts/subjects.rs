//! By what OpenID Connect knows an account: issuer and subject, one text.

use super::{Found, find as find_account};
use crate::books::Tx;
use crate::problem::Error;

/// The account of that subject.
pub async fn find(tx: &mut Tx, subject: &str) -> Result<Option<Found>, Error> {
    find_account(tx, "a.subject = $1 AND a.subject <> ''", &[subject.into()]).await
}

/// Ties a subject to an account.
pub async fn set(tx: &mut Tx, account: &str, subject: &str) -> Result<(), Error> {
    sqlx::query("UPDATE accounts SET subject = $2 WHERE id = $1")
        .bind(account)
        .bind(subject)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
