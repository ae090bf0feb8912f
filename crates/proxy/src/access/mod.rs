//! Who asks, and what they may do: found once for each request, asked by everything that it touches.

pub mod cookie;
mod known;
mod layer;
mod offered;
pub mod routes;
mod still;

pub use known::Known;
pub use layer::{MEANT, is_signed_in, layer};
pub use offered::{Offered, offered};
pub use still::is_still;

use std::convert::Infallible;
use std::future::Future;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use domain::access::PERMISSIONS;
use tokio::task::JoinHandle;
use tokio::task_local;

use crate::books::sessions::Lifetime;
use crate::edge::client::Client;
use crate::middleware::request_id::RequestId;
use crate::problem::Error;
use crate::sign_in::Failures;
use crate::sign_in::openid::Provider;

task_local! {
    static CALLER: Arc<Caller>;
}

/// How accounts are signed in to.
#[derive(Default)]
pub struct Settings {
    pub lifetime: Lifetime,
    /// The stand-in's portal, whose accounts anybody may try.
    pub sandbox: bool,
    pub failures: Failures,
    /// Who asked lately.
    pub known: Known,
    /// Where else people sign in.
    pub openid: Option<Provider>,
}

/// Who asks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Caller {
    pub who: Who,
    /// Their name, as the audit log shows it.
    pub name: String,
    /// Keys of [`PERMISSIONS`].
    pub permissions: Vec<&'static str>,
    /// Keys of the organizations that they are limited to; none: they reach all.
    pub organizations: Option<Vec<String>>,
    /// Where the request came from, as limits count it.
    pub address: String,
    /// The request's number.
    pub request: String,
}

/// What kind of caller.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Who {
    /// Nobody who is known.
    #[default]
    Nobody,
    /// Somebody who signed in, and the digest of the session's cookie.
    Person { account: String, session: String },
    /// A program with a key of an account.
    Program { account: String, key: String },
    /// A driver on a public page.
    Driver,
    /// A roaming partner, by its id.
    Partner(String),
    /// The portal by itself.
    Portal,
}

impl Caller {
    /// What the portal does by itself.
    pub fn portal() -> Self {
        Self {
            who: Who::Portal,
            name: "EV portal".into(),
            permissions: PERMISSIONS.iter().map(|permission| permission.key).collect(),
            ..Self::default()
        }
    }

    /// The same caller under a name that the audit log shows.
    pub fn named(self, name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            ..self
        }
    }

    /// The same caller, who is a driver on a public page.
    pub fn driver(self) -> Self {
        Self {
            who: Who::Driver,
            ..self.named("A driver")
        }
    }

    /// Whether they may.
    pub fn may(&self, permission: &str) -> bool {
        self.permissions.contains(&permission)
    }

    /// Whether they reach what belongs to the organization of that key.
    pub fn reaches(&self, organization: &str) -> bool {
        let own = self.organizations.as_ref();
        own.is_none_or(|own| own.iter().any(|key| key == organization))
    }

    /// The account that answers for it.
    pub fn account(&self) -> Option<&str> {
        match &self.who {
            Who::Person { account, .. } | Who::Program { account, .. } => Some(account),
            Who::Nobody | Who::Driver | Who::Partner(_) | Who::Portal => None,
        }
    }

    /// That account.
    ///
    /// # Errors
    /// Nobody answers for it.
    pub fn require_account(&self) -> Result<&str, Error> {
        self.account().ok_or(Error::SignedOut)
    }

    /// The account of somebody who is signed in; a program is nobody in person.
    ///
    /// # Errors
    /// It is a program, or nobody.
    pub fn person(&self) -> Result<&str, Error> {
        match &self.who {
            Who::Person { account, .. } => Ok(account),
            Who::Program { .. } => Err(Error::Forbidden(
                "This takes a person who signed in; an API key is not enough.".into(),
            )),
            Who::Nobody | Who::Driver | Who::Partner(_) | Who::Portal => Err(Error::SignedOut),
        }
    }
}

/// Whoever sends a request, before anybody knows who it is.
pub struct Stranger(pub Caller);

impl<S: Send + Sync> FromRequestParts<S> for Stranger {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let Client(address) = Client::from_request_parts(parts, state).await?;
        let RequestId(request) = RequestId::from_request_parts(parts, state).await?;
        Ok(Self(Caller {
            address,
            request,
            ..Caller::default()
        }))
    }
}

/// Who asks: outside of a request, the portal itself.
pub fn caller() -> Arc<Caller> {
    CALLER
        .try_with(Arc::clone)
        .unwrap_or_else(|_| Arc::new(Caller::portal()))
}

/// Does something for a caller.
pub async fn within<T>(caller: Caller, work: impl Future<Output = T>) -> T {
    CALLER.scope(Arc::new(caller), work).await
}

/// Does something beside the request, for the same caller.
#[allow(clippy::disallowed_methods)]
pub fn spawn<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> JoinHandle<T> {
    tokio::spawn(CALLER.scope(caller(), work))
}
