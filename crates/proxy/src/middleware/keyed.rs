//! `Idempotency-Key`: a creating request that is sent again is done once.

use axum::extract::{FromRequest, Request};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{body, if_match};
use crate::access::caller;
use crate::app::App;
use crate::books::secrets::hex;
use crate::books::{Tx, idempotency};
use crate::problem::Error;

/// The longest key.
const MAX_KEY: usize = 255;

/// A creating request: its body and what it is recognised by.
pub struct Keyed<T> {
    path: String,
    body: T,
    key: Option<Key>,
}

struct Key {
    key: String,
    digest: String,
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Keyed<T> {
    type Rejection = Error;

    async fn from_request(request: Request, _: &S) -> Result<Self, Error> {
        let typed = body::require_json(request.headers());
        let path = request.uri().path().to_owned();
        let named = request
            .headers()
            .get("idempotency-key")
            .map(|value| value.to_str().map(str::to_owned));
        let bytes = body::read(request, body::MAX_BODY).await?;
        typed?;
        let key = match named {
            None => None,
            Some(Ok(name)) if (1..=MAX_KEY).contains(&name.len()) => Some(Key {
                key: format!("{} {path} {name}", caller().account().unwrap_or_default()),
                digest: digest(&bytes),
            }),
            Some(_) => {
                return Err(Error::Malformed(
                    "Idempotency-Key takes 1 to 255 visible characters.".into(),
                ));
            }
        };
        Ok(Self {
            path,
            body: body::parse(&bytes)?,
            key,
        })
    }
}

/// The SHA-256 of some bytes, in hex.
pub fn digest(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// What a creating request comes to.
pub enum Begun<T> {
    /// It was done before, with this answer.
    Before(Response),
    /// It is to be done.
    New(T, Creation),
}

/// What a request comes to whose change is made elsewhere, where no transaction reaches.
pub enum Claimed<T> {
    /// It was made before; this was answered.
    Before(String),
    /// It is to be made.
    New(T, Claim),
}

/// A key that is taken until it is known what became of the change: it is then never made twice.
pub struct Claim(Option<Key>);

impl<T> Keyed<T> {
    /// Takes the key at once.
    ///
    /// # Errors
    /// A request with that key has not ended, or nobody knows how it ended.
    pub async fn claim(self, app: &App) -> Result<Claimed<T>, Error> {
        let Some(key) = self.key else {
            return Ok(Claimed::New(self.body, Claim(None)));
        };
        let mut tx = app.books.write().await?;
        match idempotency::claim(&mut tx, &key.key, &key.digest).await? {
            None => {
                tx.silently("only the key of a request is taken");
                tx.commit().await?;
                Ok(Claimed::New(self.body, Claim(Some(key))))
            }
            Some(kept) if kept.is_empty() => Err(Error::InUse(
                "A request with this Idempotency-Key was sent, and what became of it is not known or not yet. Look how \
                 it is before sending it with a new key."
                    .into(),
            )),
            Some(kept) => Ok(Claimed::Before(kept)),
        }
    }
}

impl Claim {
    /// Keeps what is answered.
    pub async fn keep(&self, tx: &mut Tx, json: &str) -> Result<(), Error> {
        match &self.0 {
            Some(key) => idempotency::keep(tx, &key.key, json).await,
            None => Ok(()),
        }
    }

    /// Gives the key back: nothing was changed.
    pub async fn give_back(self, app: &App) -> Result<(), Error> {
        let Some(key) = self.0 else { return Ok(()) };
        let mut tx = app.books.write().await?;
        idempotency::forget(&mut tx, &key.key).await?;
        tx.silently("only the key of a request is given back");
        Ok(tx.commit().await?)
    }
}

/// A creation under way.
pub struct Creation {
    pub tx: Tx,
    path: String,
    key: Option<Key>,
}

impl<T> Keyed<T> {
    /// Takes the key. Another request with the same key waits until the transaction ends.
    pub async fn begin(self, app: &App) -> Result<Begun<T>, Error> {
        let mut tx = app.books.write().await?;
        if let Some(key) = &self.key
            && let Some(kept) = idempotency::claim(&mut tx, &key.key, &key.digest).await?
        {
            return Ok(Begun::Before(answer(&self.path, kept)));
        }
        let Self { path, body, key } = self;
        Ok(Begun::New(body, Creation { tx, path, key }))
    }
}

impl Creation {
    /// Keeps the answer under the key, in the transaction that made the record.
    pub async fn end<R: Serialize>(mut self, record: &R) -> Result<Response, Error> {
        let json = serde_json::to_string(record).map_err(|e| Error::Internal(e.to_string()))?;
        if let Some(key) = &self.key {
            idempotency::keep(&mut self.tx, &key.key, &json).await?;
        }
        self.tx.commit().await?;
        Ok(answer(&self.path, json))
    }
}

/// What of a new record goes into the headers.
#[derive(Deserialize)]
struct Made {
    #[serde(alias = "_id")]
    id: String,
    version: Option<u64>,
}

/// The record, where it is, and its version if it has one.
fn answer(path: &str, json: String) -> Response {
    let made = serde_json::from_str::<Made>(&json);
    let mut response = (StatusCode::CREATED, json).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    if let Ok(Made { id, version }) = made {
        let tag = version.and_then(if_match::tag);
        headers.extend(tag.map(|tag| (header::ETAG, tag)));
        let place = HeaderValue::from_str(&format!("{path}/{id}"));
        headers.extend(place.ok().map(|place| (header::LOCATION, place)));
    }
    response
}
