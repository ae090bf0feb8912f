//! What every request of the API passes: who asks is found, and whether they may is looked up.

use std::pin::Pin;

use axum::RequestExt;
use axum::extract::{RawPathParams, Request};
use axum::handler::Handler;
use axum::http::{HeaderValue, Method, header};
use axum::response::{IntoResponse, Response};
use domain::access;

use super::routes::{Needs, needs};
use super::{Caller, who, within};
use crate::app::App;
use crate::books::limits::{self, Owned};
use crate::books::{accounts, organizations};
use crate::edge::client;
use crate::estate::reach;
use crate::middleware::limits::{EXPORTS, IMPORTS, Rule};
use crate::middleware::request_id::routed;
use crate::problem::Error;

/// A handler that is reached by who may alone. It stands around the handler itself, because what is laid over a
/// route the framework makes anew for each request, with all that is below it.
#[derive(Clone)]
pub struct Guarded<H> {
    handler: H,
    door: Door,
}

/// What a route asks of whoever wants to pass.
#[derive(Clone, Copy)]
struct Door {
    needs: Option<Needs>,
    /// What takes the server long is counted for each account.
    counted: Option<Rule>,
    /// What its `{id}` names, if that belongs to an organization.
    owned: Option<&'static Owned>,
}

/// The handler of a route, for who may.
pub fn guarded<H>(method: &Method, pattern: &str, handler: H) -> Guarded<H> {
    let counted = match pattern.rsplit('/').next() {
        Some("export") => Some(EXPORTS),
        Some("imports") if method == Method::POST => Some(IMPORTS),
        _ => None,
    };
    let door = Door {
        needs: needs(method, pattern),
        counted,
        owned: limits::owned(pattern),
    };
    Guarded { handler, door }
}

impl<H: Handler<T, App>, T: 'static> Handler<T, App> for Guarded<H> {
    type Future = Pin<Box<dyn Future<Output = Response> + Send>>;

    fn call(self, mut request: Request, app: App) -> Self::Future {
        let Self { handler, door } = self;
        Box::pin(async move {
            routed(&request);
            let mut response = match door.let_in(&app, &mut request).await {
                Err(error) => error.into_response(),
                Ok(caller) => within(caller, handler.call(request, app)).await,
            };
            response
                .headers_mut()
                .entry(header::CACHE_CONTROL)
                .or_insert(HeaderValue::from_static("no-store"));
            response
        })
    }
}

impl Door {
    /// Who asks, if they may, and reach what the address names.
    async fn let_in(self, app: &App, request: &mut Request) -> Result<Caller, Error> {
        let stranger = Caller::stranger(client::of(request.extensions()));
        let caller = who::caller(app, request.headers(), stranger).await?;
        check(app, &caller, self.needs, request.method()).await?;
        if let Some(rule) = self.counted {
            let account = caller.account().unwrap_or_default();
            app.limits.count(rule, account).map_err(Error::TooMany)?;
        }
        if let (Some(_), Some(owned)) = (&caller.organizations, self.owned) {
            let params = request.extract_parts::<RawPathParams>().await;
            let params = params.map_err(|_| Error::NotFound("address"))?;
            let named = params.iter().find(|(name, _)| *name == "id");
            let named = named.map(|(_, id)| id).unwrap_or_default();
            Box::pin(within(caller.clone(), reached(app, owned, named))).await?;
        }
        Ok(caller)
    }
}

/// Fails for a record that the caller does not reach, as for one that is not there.
async fn reached(app: &App, owned: &Owned, id: &str) -> Result<(), Error> {
    match owned.station(id) {
        Some(station) => reach::require_station(&app.estate, station).await,
        None => limits::require(&mut app.books.read().await?, owned, id).await,
    }
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
