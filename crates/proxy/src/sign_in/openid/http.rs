//! Asking the issuer. No redirects, a bounded answer, a bounded time, and https but for this machine.

use std::future::Future;
use std::net::IpAddr;
use std::pin::Pin;
use std::time::Duration;

use axum::http::Response;
use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};
use reqwest::Url;
use reqwest::redirect::Policy;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(15);
/// The largest answer, in bytes: keys of an issuer, or what it tells of somebody.
const MAX_ANSWER: usize = 1024 * 1024;

/// Why the issuer did not answer. What it said itself is in none of them.
#[derive(Debug, thiserror::Error)]
pub enum Unanswered {
    #[error("an address that is neither https nor on this machine")]
    Plain,
    #[error("an answer larger than {MAX_ANSWER} bytes")]
    Large,
    #[error("{0}")]
    Transport(String),
}

/// What asks.
#[derive(Clone, Debug)]
pub struct Http(reqwest::Client);

impl Http {
    /// For that issuer.
    ///
    /// # Errors
    /// There is no TLS here.
    pub fn new(issuer: &str) -> Result<Self, String> {
        drop(rustls::crypto::ring::default_provider().install_default());
        let mut http = reqwest::Client::builder()
            .redirect(Policy::none())
            .timeout(PATIENCE)
            .user_agent(concat!("ev-portal/", env!("CARGO_PKG_VERSION")));
        if issuer.starts_with("http:") {
            // A machine without certificates, such as a bare container, must be able to try it.
            http = http.no_proxy().tls_certs_only([]);
        }
        http.build().map(Self).map_err(|error| error.to_string())
    }

    /// Sends a request.
    async fn ask(&self, request: HttpRequest) -> Result<HttpResponse, Unanswered> {
        let (head, body) = request.into_parts();
        let url: Url = head.uri.to_string().parse().map_err(|_| Unanswered::Plain)?;
        if !may_be_asked(&url) {
            return Err(Unanswered::Plain);
        }
        let transport = |error: reqwest::Error| Unanswered::Transport(error.without_url().to_string());
        let request = self.0.request(head.method, url).headers(head.headers).body(body);
        let mut answer = request.send().await.map_err(transport)?;
        let mut bytes = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(transport)? {
            if bytes.len() + chunk.len() > MAX_ANSWER {
                return Err(Unanswered::Large);
            }
            bytes.extend_from_slice(&chunk);
        }
        let mut response = Response::new(bytes);
        *response.status_mut() = answer.status();
        *response.headers_mut() = answer.headers().clone();
        Ok(response)
    }
}

impl<'c> AsyncHttpClient<'c> for Http {
    type Error = Unanswered;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, Unanswered>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.ask(request))
    }
}

/// Whether an address may be asked: over https, or on this machine.
pub fn may_be_asked(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let number = host.trim_start_matches('[').trim_end_matches(']');
    let is_local = host == "localhost" || number.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
    url.scheme() == "https" || (url.scheme() == "http" && is_local)
}
