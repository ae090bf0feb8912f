//! Who asks, and what they may do: found once for each request, asked by everything that it touches.

pub mod cookie;
mod guarded;
mod known;
mod offered;
pub mod routes;
mod still;
mod who;

pub use guarded::guarded;
pub use known::Known;
pub use offered::{Offered, offered};
pub use still::is_still;
pub use who::{MEANT, is_signed_in};

use std::convert::Infallible;
use std::future::{Future, pending};
use std::net::IpAddr;
use std::ops::Deref;
use std::panic::resume_unwind;
use std::sync::{Arc, LazyLock};

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use domain::access::PERMISSIONS;
use tokio::task::{JoinError, JoinHandle};
use tokio::task_local;

use crate::books::sessions::Lifetime;
use crate::edge::client;
use crate::middleware::request_id::{Asked, asked};
use crate::problem::Error;
use crate::sign_in::Failures;
use crate::sign_in::openid::Provider;

static NOBODY: LazyLock<Arc<Identity>> = LazyLock::new(Arc::default);

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

/// Who somebody is, whatever they ask.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    pub who: Who,
    /// Their name, as the audit log shows it.
    pub name: String,
    /// Keys of [`PERMISSIONS`].
    pub permissions: Vec<&'static str>,
    /// Keys of the organizations that they are limited to; none: they reach all.
    pub organizations: Option<Vec<String>>,
}

/// Who asks, and by which request: its own, while who somebody is lives longer and is looked up once.
#[derive(Clone, Default)]
pub struct Caller {
    identity: Arc<Identity>,
    client: Option<IpAddr>,
    asked: Option<Arc<Asked>>,
}

impl Deref for Caller {
    type Target = Identity;

    fn deref(&self) -> &Identity {
        &self.identity
    }
}

impl From<Identity> for Caller {
    fn from(identity: Identity) -> Self {
        Self::default().known(Arc::new(identity))
    }
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
        Self::from(Identity {
            who: Who::Portal,
            name: "EV portal".into(),
            permissions: PERMISSIONS.iter().map(|permission| permission.key).collect(),
            organizations: None,
        })
    }

    /// Whoever sends the request that is being answered, from there, before anybody knows who it is.
    pub fn stranger(client: Option<IpAddr>) -> Self {
        Self {
            identity: Arc::clone(&NOBODY),
            client,
            asked: asked(),
        }
    }

    /// The same request of somebody who is known.
    pub fn known(self, identity: Arc<Identity>) -> Self {
        Self { identity, ..self }
    }

    /// The same caller under a name that the audit log shows.
    pub fn named(self, name: impl Into<String>) -> Self {
        let identity = Identity {
            name: name.into(),
            ..Identity::clone(&self)
        };
        self.known(Arc::new(identity))
    }

    /// The same caller, who is a driver on a public page.
    pub fn driver(self) -> Self {
        let identity = Identity {
            who: Who::Driver,
            name: "A driver".into(),
            ..Identity::clone(&self)
        };
        self.known(Arc::new(identity))
    }

    /// Where the request came from, as limits count it.
    pub fn address(&self) -> String {
        client::name(self.client)
    }

    /// The request's number; empty where there is none.
    pub fn request(&self) -> &str {
        self.asked.as_ref().map_or("", |asked| asked.number())
    }
}

impl Identity {
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

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(Caller::stranger(client::of(&parts.extensions))))
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

/// Does something to its end for the same caller, also where they go away meanwhile: what another system was told
/// cannot be undone, so that it must not stay untold here.
pub async fn to_its_end<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> T {
    match spawn(work).await.map_err(JoinError::try_into_panic) {
        Ok(done) => done,
        Err(Ok(panic)) => resume_unwind(panic),
        // The server ends, and with it who waits.
        Err(Err(_)) => pending().await,
    }
}
