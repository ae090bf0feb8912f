//! Whether somebody who was let in for long may still do what they could then.

use super::{Caller, Who};
use crate::app::App;
use crate::books::accounts::Found;
use crate::books::{keys, sessions};
use crate::problem::Error;

/// Whether the session or key has not ended, and lets the caller do what they may, no less and no more. Looking
/// does not count as use.
///
/// # Errors
/// The books fail.
pub async fn is_still(app: &App, caller: &Caller) -> Result<bool, Error> {
    let mut tx = app.books.read().await?;
    let found: Option<(Found, Vec<String>)> = match &caller.who {
        Who::Person { session, .. } => {
            let found = sessions::find(&mut tx, session, app.access.lifetime).await?;
            found.map(|found| (found.0, Vec::new()))
        }
        Who::Program { key, .. } => {
            let found = keys::by_id(&mut tx, key).await?;
            found.map(|(found, key)| (found, key.permissions))
        }
        Who::Nobody | Who::Partner(_) | Who::Driver | Who::Portal => None,
    };
    let Some((found, scopes)) = found else {
        return Ok(false);
    };
    let mut held = found.held();
    held.retain(|own| scopes.is_empty() || scopes.iter().any(|scope| scope == own));
    Ok(held == caller.permissions && found.organizations() == caller.organizations)
}
