//! Which account somebody signs in to whom the issuer knows.

use domain::accounts::AccountInput;

use super::provider::{Provider, Told};
use crate::access::{Caller, within};
use crate::app::App;
use crate::books::accounts::{self, Found, subjects};
use crate::books::sessions;
use crate::middleware::if_match::IfMatch;
use crate::problem::Error;

/// The account, made at the first sign-in, with the role that the issuer's claim gives it. Who has another role
/// than before is signed out elsewhere.
///
/// # Errors
/// There is no role or no account for them; the words are theirs to read.
pub async fn enter(app: &App, provider: &Provider, told: &Told, caller: Caller) -> Result<Found, Error> {
    let named = if told.name.is_empty() {
        &told.email
    } else {
        &told.name
    };
    let caller = caller.named(format!(
        "{named}, signing in with {}",
        provider.settings.openid_name
    ));
    within(caller, find_or_make(app, provider, told, named)).await
}

async fn find_or_make(app: &App, provider: &Provider, told: &Told, named: &str) -> Result<Found, Error> {
    let whose = &provider.settings.openid_name;
    let role = role(provider, told);
    let mut tx = app.books.write().await?;
    let known = subjects::find(&mut tx, &told.subject).await?;
    let Some(role) = role else {
        if let Some(found) = known {
            sessions::end_all(&mut tx, &found.account.id).await?;
            tx.commit().await?;
        }
        return Err(Error::Forbidden(format!(
            "You are known with {whose}, but have no role in this portal there. Ask whoever gives out roles for a role \
             in the portal, then sign in again."
        )));
    };
    let input = AccountInput {
        role_id: Some(role.to_owned()),
        ..AccountInput::default()
    };
    let id = match known {
        Some(found) if !found.is_enabled() => {
            return Err(Error::Forbidden(
                "Your account in this portal is disabled. Ask an administrator of the portal to enable it."
                    .into(),
            ));
        }
        Some(found) if found.account.role_id != role => {
            accounts::patch(&mut tx, &found.account.id, IfMatch::Any, input)
                .await?
                .id
        }
        Some(found) => return Ok(found),
        None => {
            require_own_email(told, whose)?;
            if accounts::by_email(&mut tx, &told.email).await?.is_some() {
                return Err(Error::Forbidden(format!(
                    "There is an account with the e-mail address {} in this portal, which is not signed in to with \
                     {whose}. Sign in to it as before; or ask an administrator to delete it, then sign in again.",
                    told.email
                )));
            }
            let input = AccountInput {
                name: Some(named.to_owned()),
                email: Some(told.email.clone()),
                ..input
            };
            let made = accounts::create(&mut tx, input).await?;
            subjects::set(&mut tx, &made.id, &told.subject).await?;
            made.id
        }
    };
    tx.commit().await?;
    let found = accounts::by_id(&mut app.books.read().await?, &id).await?;
    found.ok_or(Error::SignedOut)
}

/// The first of the settings' roles that somebody has.
fn role<'p>(provider: &'p Provider, told: &Told) -> Option<&'p str> {
    let mut roles = provider.settings.openid_role.iter();
    let found = roles.find(|(value, _)| told.values.contains(value));
    found.map(|(_, role)| role.as_str())
}

/// By its e-mail address an account is found by people, so it must be theirs.
fn require_own_email(told: &Told, whose: &str) -> Result<(), Error> {
    let missing = if told.email.is_empty() {
        "does not tell your e-mail address"
    } else if !told.email_verified {
        "does not say that your e-mail address is verified"
    } else {
        return Ok(());
    };
    Err(Error::Forbidden(format!(
        "Signing in with {whose} works, but it {missing}, which an account in this portal needs. Ask whoever runs it."
    )))
}
