//! What every request of the API passes: who asks is found, and whether they may is looked up.

use std::sync::Arc;

use axum::extract::rejection::RawPathParamsRejection;
use axum::extract::{MatchedPath, RawPathParams, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::{Timestamp, access};

use super::known::Held;
use super::routes::{Needs, needs};
use super::{Caller, Stranger, Who, cookie, spawn, within};
use crate::app::App;
use crate::books::{Tx, accounts, keys, limits, organizations, secrets, sessions};
use crate::clock;
use crate::estate::reach;
use crate::middleware::arrival::is_https;
use crate::middleware::limits::{EXPORTS, IMPORTS};
use crate::middleware::request_id::routed;
use crate::problem::Error;

/// The account that the page asking was opened for; a session of another one does not count.
pub const MEANT: &str = "ev-portal-account";

/// Passes on what the caller may do, for the caller.
pub async fn layer(
    State(app): State<App>,
    Stranger(stranger): Stranger,
    params: Result<RawPathParams, RawPathParamsRejection>,
    request: Request,
    next: Next,
) -> Response {
    routed(&request);
    let pattern = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
    let asked = (request.method(), pattern);
    let mut response = match let_in(&app, asked, request.headers(), params, stranger).await {
        Err(error) => error.into_response(),
        Ok(caller) => within(caller, next.run(request)).await,
    };
    response
        .headers_mut()
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    response
}

/// Who asks, if they may, and reach what the address names.
async fn let_in(
    app: &App,
    (method, pattern): (&Method, Option<&str>),
    headers: &HeaderMap,
    params: Result<RawPathParams, RawPathParamsRejection>,
    stranger: Caller,
) -> Result<Caller, Error> {
    let needs = pattern.and_then(|pattern| needs(method, pattern));
    let caller = caller(app, headers, stranger).await?;
    check(app, &caller, needs, method).await?;
    count(app, &caller, method, pattern.unwrap_or_default())?;
    if let (Some(_), Some(owned)) = (&caller.organizations, pattern.and_then(limits::owned)) {
        let params = params.map_err(|_| Error::NotFound("address"))?;
        let named = params.iter().find(|(name, _)| *name == "id");
        let named = named.map(|(_, id)| id.to_owned()).unwrap_or_default();
        let look = async {
            match owned.station(&named) {
                Some(id) => reach::require_station(&app.estate, id).await,
                None => limits::require(&mut app.books.read().await?, owned, &named).await,
            }
        };
        Box::pin(within(caller.clone(), look)).await?;
    }
    Ok(caller)
}

/// What takes the server long is counted for each account.
fn count(app: &App, caller: &Caller, method: &Method, pattern: &str) -> Result<(), Error> {
    let rule = match pattern.rsplit('/').next() {
        Some("export") => EXPORTS,
        Some("imports") if method == Method::POST => IMPORTS,
        _ => return Ok(()),
    };
    let account = caller.account().unwrap_or_default();
    app.limits.count(rule, account).map_err(Error::TooMany)
}

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
async fn caller(app: &App, headers: &HeaderMap, nobody: Caller) -> Result<Caller, Error> {
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
        meant.is_none_or(|id| held.caller.account().is_some_and(|own| id == own))
    };
    Ok(match found.filter(is_meant) {
        Some(held) => asking(app, &held, nobody),
        None => nobody,
    })
}

/// What the books say of a secret, and until when: a caller, when the use was last noted, and the end.
type Found = (Caller, Option<Timestamp>, Timestamp);

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
    Ok(found.map(|(caller, seen, until)| {
        let held = Held::new(caller, (seen, until), mark);
        app.access.known.keep(digest.to_owned(), held)
    }))
}

async fn of_key(_: &App, tx: &mut Tx, digest: &str) -> Result<Option<Found>, Error> {
    let found = keys::find(tx, digest).await?;
    Ok(found.map(|(found, key)| {
        let scopes = &key.permissions;
        let mut permissions = found.held();
        permissions.retain(|own| scopes.iter().any(|scope| scope == own));
        let caller = Caller {
            name: format!("{}, API key {}", found.account.name, key.name),
            permissions,
            organizations: found.organizations(),
            who: Who::Program {
                account: found.account.id,
                key: key.id,
            },
            ..Caller::default()
        };
        (caller, key.last_used_at, key.expires_at)
    }))
}

async fn of_session(app: &App, tx: &mut Tx, digest: &str) -> Result<Option<Found>, Error> {
    let found = sessions::find(tx, digest, app.access.lifetime).await?;
    Ok(found.map(|(found, seen, until)| {
        let caller = Caller {
            name: found.account.name.clone(),
            permissions: found.held(),
            organizations: found.organizations(),
            who: Who::Person {
                account: found.account.id,
                session: digest.to_owned(),
            },
            ..Caller::default()
        };
        (caller, Some(seen), until)
    }))
}

/// The caller of this request; that the session or key is in use is noted now and then.
fn asking(app: &App, held: &Held, nobody: Caller) -> Caller {
    if held.is_first() {
        let (app, who) = (app.clone(), held.caller.who.clone());
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
    Caller {
        address: nobody.address,
        request: nobody.request,
        ..held.caller.clone()
    }
}

/// Notes a use beside the request, which does not wait for its turn to write.
fn note(work: impl Future<Output = Result<(), Error>> + Send + 'static) {
    spawn(async move {
        if let Err(error) = work.await {
            tracing::warn!(%error, "the use of a session or key was not noted");
        }
    });
}

async fn check(app: &App, caller: &Caller, needs: Option<Needs>, method: &Method) -> Result<(), Error> {
    let missing = match needs {
        Some(Needs::Nothing) => return Ok(()),
        _ if caller.account().is_none() => return Err(Error::SignedOut),
        Some(Needs::Account) => return Ok(()),
        Some(Needs::Permission(one)) if caller.may(one) => return Ok(()),
        Some(Needs::Either(one, other)) if caller.may(one) || caller.may(other) => return Ok(()),
        Some(Needs::Permission(one) | Needs::Either(one, _)) => one,
        None => {
            tracing::error!(%method, "a route is missing in the table of permissions");
            return Err(Error::Forbidden(
                "Nobody may do this: it is not in the table of permissions.".into(),
            ));
        }
    };
    Err(Error::Forbidden(Box::pin(refusal(app, caller, missing)).await?))
}

/// What is missing, and who can give it.
async fn refusal(app: &App, caller: &Caller, missing: &str) -> Result<String, Error> {
    let mut tx = app.books.read().await?;
    let keys = caller.organizations.clone().unwrap_or_default();
    let own = organizations::named(&mut tx, &keys).await?;
    let own: Vec<String> = own.into_iter().map(|organization| organization.name).collect();
    let givers = accounts::givers(&mut tx).await?;
    Ok(access::refusal(missing, &own, &givers))
}
