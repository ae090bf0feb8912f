use std::time::Duration;

use reqwest::header::{HeaderMap, RETRY_AFTER};
use secrecy::ExposeSecret;

use super::config::ClientConfig;
use crate::calls::Call;
use crate::codec::envelope::{self, UsernameToken};
use crate::error::Error;
use crate::table::ACTION;

/// The one place that knows HTTP.
#[derive(Debug)]
pub struct Transport {
    http: reqwest::Client,
    endpoint: reqwest::Url,
    token: UsernameToken,
    max_answer: usize,
}

/// The most room that is made for an answer before it is there.
const ROOM: u64 = 64 * 1024;

/// What came back, not yet read.
#[derive(Debug)]
pub struct Raw {
    pub status: u16,
    pub body: Vec<u8>,
    /// For how long it asks to be left alone.
    pub wait: Option<Duration>,
}

/// Why nothing came back.
pub struct Lost {
    pub error: Error,
    /// Whether the request may have arrived.
    pub sent: bool,
}

impl From<Error> for Lost {
    fn from(error: Error) -> Self {
        Self { error, sent: true }
    }
}

impl Transport {
    pub fn new(config: &ClientConfig) -> Result<Self, Error> {
        let endpoint = endpoint(config)?;
        // The default provider is the process's: an error says that one is installed already.
        drop(rustls::crypto::ring::default_provider().install_default());
        let mut http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .user_agent(concat!("ev-portal/", env!("CARGO_PKG_VERSION")));
        if is_this_machine(&endpoint) {
            http = http.no_proxy();
        }
        if endpoint.scheme() == "http" {
            // A machine without certificates, such as a bare container, must be able to use it.
            http = http.tls_certs_only([]);
        }
        let http = http.build().map_err(|error| Error::Config(innermost(error)))?;
        Ok(Self {
            http,
            endpoint,
            token: UsernameToken {
                username: config.license_key.clone(),
                password: config.password.clone(),
            },
            max_answer: config.max_answer,
        })
    }

    /// The address that is asked. It never carries credentials.
    pub fn endpoint(&self) -> &str {
        self.endpoint.as_str()
    }

    /// Whether there are a licence key and a password.
    pub fn has_secrets(&self) -> (bool, bool) {
        let is_set = |secret: &secrecy::SecretString| !secret.expose_secret().is_empty();
        (is_set(&self.token.username), is_set(&self.token.password))
    }

    /// A call as it goes out.
    pub fn request<C: Call>(&self, call: &C) -> String {
        envelope::write_request(&self.token, call)
    }

    /// A text of the service without our secrets, should it echo them, and not too long.
    pub fn redact(&self, text: &str) -> String {
        let mut clean: String = text.to_owned();
        for secret in [&self.token.username, &self.token.password] {
            if !secret.expose_secret().is_empty() {
                clean = clean.replace(secret.expose_secret(), "***");
            }
        }
        clean.chars().take(500).collect()
    }

    /// Sends a request once.
    pub async fn post(&self, operation: &str, request: String) -> Result<Raw, Lost> {
        let mut response = self
            .http
            .post(self.endpoint.clone())
            .header("Content-Type", "text/xml; charset=utf-8")
            .header("Accept", "text/xml")
            .header("SOAPAction", format!("\"{ACTION}{operation}\""))
            .body(request)
            .send()
            .await
            .map_err(|error| Lost {
                sent: !error.is_connect(),
                error: transport(error),
            })?;
        let too_large = Error::TooLarge {
            limit: self.max_answer,
        };
        let announced = response.content_length().unwrap_or_default();
        if announced > self.max_answer as u64 {
            return Err(too_large.into());
        }
        // What is announced is not believed beyond what many answers take.
        let mut body = Vec::with_capacity(announced.min(ROOM) as usize);
        while let Some(chunk) = response.chunk().await.map_err(transport)? {
            if body.len() + chunk.len() > self.max_answer {
                return Err(too_large.into());
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Raw {
            status: response.status().as_u16(),
            wait: wait(response.headers()),
            body,
        })
    }
}

/// `Retry-After` in seconds. Its other form, a date, would have to be compared with a clock that is not ours.
fn wait(headers: &HeaderMap) -> Option<Duration> {
    let seconds = headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds))
}

fn transport(error: reqwest::Error) -> Error {
    Error::Transport(innermost(error))
}

/// What failed, without the address: reqwest says it in the innermost cause only.
fn innermost(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut cause: &dyn std::error::Error = &error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}

fn endpoint(config: &ClientConfig) -> Result<reqwest::Url, Error> {
    let refuse = |why: &str| Err(Error::Config(format!("the address {why}")));
    let Ok(url) = reqwest::Url::parse(&config.endpoint) else {
        return refuse("is not a URL");
    };
    if !url.username().is_empty() || url.password().is_some() {
        return refuse("may not carry a user or a password");
    }
    match url.scheme() {
        "https" => Ok(url),
        "http" if config.allow_plain_http || is_this_machine(&url) => Ok(url),
        "http" => refuse("must be https: the credentials would travel in clear"),
        _ => refuse("must be https"),
    }
}

fn is_this_machine(url: &reqwest::Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']');
    let ip = address.parse::<std::net::IpAddr>();
    host == "localhost" || ip.is_ok_and(|ip| ip.is_loopback())
}
