//! Who asks: looked up by the secret that came along, unless that was done just before.

use std::sync::Arc;

use axum::http::{HeaderMap, header};
use domain::Timestamp;

use super::known::Held;
use super::{Caller, Identity, Who, cookie, spawn};
use crate::app::App;
use crate::books::{Tx, keys, secrets, sessions};
use crate::clock;
use crate::middleware::arrival::is_https;
use crate::problem::Error;

/// The account that the page asking was opened for; a session of another one does not count.
pub const MEANT: &str = "ev-portal-account";

/// Whether a browser's session has not ended; where the books fail, the page says so better than this.
pub async fn is_signed_in(app: &App, headers: &HeaderMap) -> bool {
    let Some(secret) = cookie::read(headers, is_https(headers)) else {
        return false;
    };
    let digest = secrets::known_by(secret);
    let found = async { sessions::find(&mut app.books.read().await?, &digest, app.access.lifetime).await };
    found.await.map_or(true, |found| found.is_some())
}

/// Who asks: by a key, else by a session.
///
/// # Errors
/// There is no such key, or the books cannot be read.
pub async fn caller(app: &App, headers: &HeaderMap, nobody: Caller) -> Result<Caller, Error> {
    if let Some(value) = headers.get(header::AUTHORIZATION) {
        let text = value.to_str().unwrap_or_default();
        let (scheme, secret) = text.split_once(' ').unwrap_or_default();
        let found = if scheme.eq_ignore_ascii_case("bearer") {
            held(app, &secrets::known_by(secret.trim()), of_key).await?
        } else {
            None
        };
        return Ok(asking(app, &*found.ok_or(Error::SignedOut)?, nobody));
    }
    let Some(secret) = cookie::read(headers, is_https(headers)) else {
        return Ok(nobody);
    };
    let found = held(app, &secrets::known_by(secret), of_session).await?;
    // A page that was opened for another account, before somebody else signed in with this browser, is not
    // to go on as that one.
    let is_meant = |held: &Arc<Held>| {
        let meant = headers.get(MEANT);
        meant.is_none_or(|id| held.identity.account().is_some_and(|own| id == own))
    };
    Ok(match found.filter(is_meant) {
        Some(held) => asking(app, &held, nobody),
        None => nobody,
    })
}

/// What the books say of a secret, and until when: who it is, when the use was last noted, and the end.
type Found = (Identity, Option<Timestamp>, Timestamp);

/// The caller of a digest: as they were looked up before, if nothing changed since.
async fn held<F>(app: &App, digest: &str, find: F) -> Result<Option<Arc<Held>>, Error>
where
    F: AsyncFn(&App, &mut Tx, &str) -> Result<Option<Found>, Error>,
{
    let mark = app.books.last_told().await?;
    if let Some(held) = app.access.known.get(digest, mark, &clock::now()) {
        return Ok(Some(held));
    }
    // What is seldom done has its own place in memory: that of every request is to stay small.
    let found = Box::pin(async { find(app, &mut app.books.read().await?, digest).await }).await?;
    Ok(found.map(|(identity, seen, until)| {
        let held = Held::new(identity, (seen, until), mark);
        app.access.known.keep(digest.to_owned(), held)
    }))
}

async fn of_key(_: &App, tx: &mut Tx, digest: &str) -> Result<Option<Found>, Error> {
    let found = keys::find(tx, digest).await?;
    Ok(found.map(|(found, key)| {
        let scopes = &key.permissions;
        let mut permissions = found.held();
        permissions.retain(|own| scopes.iter().any(|scope| scope == own));
        let identity = Identity {
            name: format!("{}, API key {}", found.account.name, key.name),
            permissions,
            organizations: found.organizations(),
            who: Who::Program {
                account: found.account.id,
                key: key.id,
            },
        };
        (identity, key.last_used_at, key.expires_at)
    }))
}

async fn of_session(app: &App, tx: &mut Tx, digest: &str) -> Result<Option<Found>, Error> {
    let found = sessions::find(tx, digest, app.access.lifetime).await?;
    Ok(found.map(|(found, seen, until)| {
        let identity = Identity {
            name: found.account.name.clone(),
            permissions: found.held(),
            organizations: found.organizations(),
            who: Who::Person {
                account: found.account.id,
                session: digest.to_owned(),
            },
        };
        (identity, Some(seen), until)
    }))
}

/// The caller of this request; that the session or key is in use is noted now and then.
fn asking(app: &App, held: &Held, nobody: Caller) -> Caller {
    if held.is_first() {
        let (app, who) = (app.clone(), held.identity.who.clone());
        note(async move {
            let mut tx = app.books.write().await?;
            match &who {
                Who::Person { session, .. } => sessions::seen(&mut tx, session).await?,
                Who::Program { key, .. } => keys::used(&mut tx, key).await?,
                Who::Nobody | Who::Driver | Who::Portal | Who::Partner(_) => return Ok(()),
            }
            Ok(tx.commit().await?)
        });
    }
    nobody.known(Arc::clone(&held.identity))
}

/// Notes a use beside the request, which does not wait for its turn to write.
fn note(work: impl Future<Output = Result<(), Error>> + Send + 'static) {
    spawn(async move {
        if let Err(error) = work.await {
            tracing::warn!(%error, "the use of a session or key was not noted");
        }
    });
}
