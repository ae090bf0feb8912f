//! Signing in: plain pages from the server, so that they need neither the app nor scripts, and what they and
//! `/api/v1/session` have in common.

pub mod browser;
mod failures;
pub mod openid;
mod page;
mod sandbox;
mod set_up;

pub use failures::Failures;
pub use sandbox::fill;

use axum::Router;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use axum::routing::{get, post};
use domain::sessions::Session;

use crate::access::{caller, cookie};
use crate::app::App;
use crate::books::accounts::{self, Found, password};
use crate::books::audit::{self, Noted};
use crate::books::{Tx, organizations, secrets, sessions, text};
use crate::middleware::arrival::is_https;
use crate::middleware::limits::{SIGN_INS, SIGN_INS_OF_ALL};
use crate::problem::Error;

/// The pages.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/sign-in", get(page::show).post(page::send))
        .route("/signed-in", get(page::done))
        .route("/sign-in/openid", get(openid::leave))
        .route(openid::BACK, get(openid::done))
        .route("/sign-in/try", post(sandbox::enter))
        .route("/set-up/{secret}", get(set_up::show).post(set_up::send))
}

/// Signs in by e-mail and password; in the sandbox, to its own accounts without one. An account that is not
/// there takes as long and is answered alike.
///
/// # Errors
/// They do not fit, or were tried too often.
pub async fn by_password(
    app: &App,
    headers: &HeaderMap,
    email: &str,
    secret: &str,
) -> Result<SignedIn, Error> {
    let address = caller().address();
    app.limits.count(SIGN_INS, &address).map_err(Error::TooMany)?;
    app.limits.count(SIGN_INS_OF_ALL, "").map_err(Error::TooMany)?;
    let tried = text::fold(email.trim());
    app.access
        .failures
        .wait(&tried, &address)
        .map_err(Error::TooMany)?;
    let found = accounts::by_email(&mut app.books.read().await?, email).await?;
    let hash = found.as_ref().map_or("", |found| found.password.as_str());
    let is_short = secret.chars().count() <= password::LONGEST;
    let is_open = app.access.sandbox && sandbox::is_open(email, secret, hash);
    let fits = is_open || password::fits(if is_short { secret } else { "" }, hash).await?;
    let tried_for = found.as_ref().map(|found| found.account.clone());
    match found.filter(|found| fits && found.is_enabled()) {
        Some(found) => {
            app.access.failures.forget(&tried, &address);
            begin(app, headers, found).await
        }
        None => {
            app.access.failures.note(&tried, &address);
            // What was typed is not told: some type the password there.
            audit::note(
                &app.books,
                match &tried_for {
                    Some(account) => Noted::about("Sign-in failed", account),
                    None => Noted::new("Sign-in failed", "accounts", "", "An unknown e-mail address"),
                },
            )
            .await?;
            Err(Error::WrongPassword)
        }
    }
}

/// A session that has begun.
pub struct SignedIn {
    pub session: Session,
    secret: String,
    secure: bool,
}

impl SignedIn {
    /// The answer with the session's cookie.
    pub fn answer(&self, mut response: Response) -> Response {
        let cookie = cookie::set(&self.secret, self.secure);
        response
            .headers_mut()
            .extend(cookie.map(|cookie| (header::SET_COOKIE, cookie)));
        response
    }
}

/// Begins a session, and ends the one that the browser had.
pub async fn begin(app: &App, headers: &HeaderMap, found: Found) -> Result<SignedIn, Error> {
    let agent = headers
        .get(header::USER_AGENT)
        .and_then(|value| value.to_str().ok());
    let mut tx = app.books.write().await?;
    let secure = is_https(headers);
    if let Some(old) = cookie::read(headers, secure) {
        sessions::end(&mut tx, &secrets::known_by(old)).await?;
    }
    sessions::sweep(&mut tx, app.access.lifetime).await?;
    let secret = sessions::begin(&mut tx, &found.account.id, agent.unwrap_or_default()).await?;
    let session = session(&mut tx, found).await?;
    tx.commit().await?;
    Ok(SignedIn {
        session,
        secret,
        secure,
    })
}

/// Who an account's session is.
pub async fn session(tx: &mut Tx, found: Found) -> Result<Session, Error> {
    let held = found.held();
    let account = found.account;
    Ok(Session {
        givers: accounts::givers(tx).await?,
        permissions: held.into_iter().map(str::to_owned).collect(),
        organizations: organizations::named(tx, &account.organizations).await?,
        id: account.id,
        name: account.name,
        email: account.email,
        role: account.role,
        has_password: account.has_password,
    })
}

/// What a browser forgets at sign-out: the cookie, and what it kept of answers. Not all cookies: that would
/// sign out of whatever else the domain serves.
pub fn signed_out(asked: &HeaderMap, mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.extend(cookie::clear(is_https(asked)).map(|cookie| (header::SET_COOKIE, cookie)));
    headers.insert("clear-site-data", HeaderValue::from_static("\"cache\""));
    response
}
