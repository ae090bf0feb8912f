//! A number for each request, in the log and in the answer.

use std::fmt::{self, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock, OnceLock};
use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderName, HeaderValue, Method, Uri};
use axum::response::Response;
use tokio::task_local;

use crate::books::secrets::hex;

const NAME: HeaderName = HeaderName::from_static("x-request-id");

task_local! {
    static ASKED: Arc<Asked>;
}

/// What the log says of a request: its number, and its path without ids.
pub struct Asked {
    number: HeaderValue,
    method: Method,
    uri: Uri,
    path: OnceLock<MatchedPath>,
}

impl Asked {
    /// Of the next request.
    pub fn new(request: &Request) -> Self {
        static LAST: AtomicU64 = AtomicU64::new(0);
        let mut number = String::with_capacity(32);
        let _ = write!(number, "{}-{}", *RUN, LAST.fetch_add(1, Ordering::Relaxed) + 1);
        Self {
            number: HeaderValue::try_from(number).unwrap_or(HeaderValue::from_static("?")),
            method: request.method().clone(),
            uri: request.uri().clone(),
            path: OnceLock::new(),
        }
    }

    /// The request's number.
    pub fn number(&self) -> &str {
        self.number.to_str().unwrap_or_default()
    }
}

impl fmt::Display for Asked {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "request={} {} ", self.number(), self.method)?;
        match self.path.get() {
            Some(path) => out.write_str(path.as_str()),
            // What follows may be a secret.
            None => write!(out, "/{}", self.uri.path().split('/').nth(1).unwrap_or_default()),
        }
    }
}

/// Notes by which pattern the request came to its route.
pub fn routed(request: &Request) {
    if let Some(path) = request.extensions().get::<MatchedPath>() {
        let _ = ASKED.try_with(|asked| asked.path.set(path.clone()));
    }
}

/// The request that is being answered; none outside of one.
pub fn asked() -> Option<Arc<Asked>> {
    ASKED.try_with(Arc::clone).ok()
}

/// What tells this run of the server from others, so that a number in the audit log is found in one log.
static RUN: LazyLock<String> = LazyLock::new(|| {
    let mut bytes = [0; 4];
    let _ = getrandom::fill(&mut bytes);
    hex(&bytes)
});

/// Numbers a request and logs how its answer ended.
pub async fn numbered(asked: Asked, answer: impl Future<Output = Response>) -> Response {
    let number = asked.number.clone();
    let begun = Instant::now();
    let answered = async {
        let response = answer.await;
        let (status, ms) = (response.status().as_u16(), begun.elapsed().as_millis() as u64);
        tracing::debug!(status, ms, "answered");
        response
    };
    let mut response = ASKED.scope(Arc::new(asked), answered).await;
    // Partners are given their own number back.
    response.headers_mut().entry(NAME).or_insert(number);
    response
}
