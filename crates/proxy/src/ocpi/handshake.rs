//! Asking partners: their versions while they register, and registering with them.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use domain::partners::{Partner, RegisterPartner};
use ocpi::VERSION;
use ocpi::authorization;
use ocpi::credentials::{Credentials, Endpoint, Version, VersionDetails};
use ocpi::envelope::{Envelope, Status};
use reqwest::redirect::Policy;
use reqwest::{Method, Url};
use serde::de::DeserializeOwned;

use super::credentials::{check, ours};
use crate::app::App;
use crate::books::partners;
use crate::books::secrets::secret;
use crate::join::address::Base;
use crate::problem::Error;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// The largest answer, in bytes.
const MAX_ANSWER: usize = 1024 * 1024;
/// The most endpoints that are kept.
const MAX_ENDPOINTS: usize = 100;

/// Why a partner's interface cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Unusable {
    #[error("{0} is no https address that the portal may ask")]
    Address(String),
    #[error("{0} gave no answer")]
    NoAnswer(String),
    #[error("{0} gave an answer that is no OCPI")]
    Malformed(String),
    #[error("{0} refused: HTTP {1}, status {2}")]
    Refused(String, u16, u16),
    #[error("version {VERSION} is not offered")]
    Version,
    #[error("no address for credentials is offered")]
    NoCredentials,
    #[error("there is no TLS here: {0}")]
    NoTls(String),
}

impl Unusable {
    /// Whether the versions do not meet.
    pub fn is_version(&self) -> bool {
        matches!(self, Self::Version)
    }
}

/// A partner, as the portal asks them.
pub struct Remote {
    authorization: String,
    /// As [`super::Ocpi`] has it.
    is_local: bool,
}

impl Remote {
    /// Asked with that token of theirs.
    pub fn of(app: &App, token: &str, plain: bool) -> Self {
        Self {
            authorization: authorization::write(token, plain),
            is_local: app.ocpi.is_local,
        }
    }

    /// What they offer of version 2.2.1, by the address of their versions.
    ///
    /// # Errors
    /// They do not answer, or offer none.
    pub async fn endpoints(&self, versions: &str) -> Result<Vec<Endpoint>, Unusable> {
        let offered: Vec<Version> = self.ask(Method::GET, versions, None).await?;
        let found = offered.into_iter().find(|one| one.version == VERSION);
        let details: VersionDetails = self
            .ask(Method::GET, &found.ok_or(Unusable::Version)?.url, None)
            .await?;
        if details.version != VERSION {
            return Err(Unusable::Version);
        }
        let mut endpoints = details.endpoints;
        endpoints.truncate(MAX_ENDPOINTS);
        Ok(endpoints)
    }

    async fn ask<T: DeserializeOwned>(
        &self,
        method: Method,
        address: &str,
        body: Option<String>,
    ) -> Result<T, Unusable> {
        let name = || ocpi::text::cut(address, 200);
        let url: Url = address.parse().map_err(|_| Unusable::Address(name()))?;
        let http = self.http(&url).await?;
        let mut request = http
            .request(method, url)
            .header("authorization", &self.authorization)
            .header("x-request-id", id()?)
            .header("x-correlation-id", id()?);
        if let Some(body) = body {
            request = request.header("content-type", "application/json").body(body);
        }
        let no_answer = |_: reqwest::Error| Unusable::NoAnswer(name());
        let mut answer = request.send().await.map_err(no_answer)?;
        let status = answer.status();
        let mut bytes = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(no_answer)? {
            if bytes.len() + chunk.len() > MAX_ANSWER {
                return Err(Unusable::Malformed(name()));
            }
            bytes.extend_from_slice(&chunk);
        }
        let envelope: Envelope<T> = match serde_json::from_slice(&bytes) {
            Ok(envelope) => envelope,
            Err(_) if !status.is_success() => return Err(Unusable::Refused(name(), status.as_u16(), 0)),
            Err(_) => return Err(Unusable::Malformed(name())),
        };
        let code = envelope.status_code;
        if !status.is_success() || code != Status::SUCCESS {
            return Err(Unusable::Refused(name(), status.as_u16(), code.0));
        }
        envelope.data.ok_or_else(|| Unusable::Malformed(name()))
    }

    /// What asks that address, and no other than it stands for now: a name that leads into the portal's own net is
    /// not asked, and cannot begin to lead there between the look and the question.
    async fn http(&self, url: &Url) -> Result<reqwest::Client, Unusable> {
        let refused = || Unusable::Address(ocpi::text::cut(url.as_str(), 200));
        let host = url.host_str().ok_or_else(refused)?;
        let port = url.port_or_known_default().ok_or_else(refused)?;
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        let found: Vec<SocketAddr> = tokio::net::lookup_host((bare, port))
            .await
            .map_err(|_| Unusable::NoAnswer(ocpi::text::cut(url.as_str(), 200)))?
            .collect();
        let may = |address: &SocketAddr| match (url.scheme(), self.is_local) {
            ("https", false) => is_public(address.ip()),
            ("https", true) => true,
            ("http", true) => address.ip().is_loopback(),
            _ => false,
        };
        if found.is_empty() || !found.iter().all(may) {
            return Err(refused());
        }
        drop(rustls::crypto::ring::default_provider().install_default());
        let mut http = reqwest::Client::builder()
            .redirect(Policy::none())
            .timeout(PATIENCE)
            .no_proxy()
            .user_agent(concat!("ev-portal/", env!("CARGO_PKG_VERSION")))
            .resolve_to_addrs(host, &found);
        if url.scheme() == "http" {
            // A machine without certificates, such as a bare container, must be able to try it.
            http = http.tls_certs_only([]);
        }
        http.build().map_err(|error| Unusable::NoTls(error.to_string()))
    }
}

/// Whether an address is somewhere in the world, and not in a net of one's own. Of IPv6 that is what is given out
/// (2000::/3), and the ways to IPv4 (NAT64, 6to4) lead where that address does.
fn is_public(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(v4) => {
            let [a, b, c, _] = v4.octets();
            let is_shared = a == 100 && (64..128).contains(&b);
            let is_reserved = (a, b, c) == (192, 0, 0) || (a == 198 && (18..20).contains(&b));
            !(v4.is_private() || v4.is_loopback() || v4.is_link_local() || v4.is_broadcast())
                && !(a == 0 || a >= 224 || is_shared || is_reserved)
        }
        IpAddr::V6(v6) => {
            let parts = v6.segments();
            let v4 =
                |high: u16, low: u16| IpAddr::from((u32::from(high) << 16 | u32::from(low)).to_be_bytes());
            match parts {
                [0x64, 0xff9b, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..] => is_public(v4(high, low)),
                // Teredo holds an address of another kind.
                [0x2001, 0, ..] => false,
                [first, ..] => first >> 13 == 1,
            }
        }
    }
}

fn id() -> Result<String, Unusable> {
    crate::books::ids::new("req").map_err(|error| Unusable::NoTls(error.to_string()))
}

/// Registers with a partner, with what they gave for it.
///
/// # Errors
/// The portal has no party of its own; they cannot be asked, or refuse.
pub async fn join(
    app: &App,
    base: &Base,
    partner: &Partner,
    given: &RegisterPartner,
) -> Result<Partner, Error> {
    let Some(party) = &app.ocpi.party else {
        return Err(super::no_party());
    };
    let token = given.token.trim();
    if !authorization::is_token(token) {
        return Err(Error::field(
            "token",
            "1 to 64 printable characters without blanks",
        ));
    }
    let wrong = |unusable: Unusable| Error::field("versionsUrl", unusable.to_string());
    let plain = partner.unencoded_token;
    let remote = Remote::of(app, token, plain);
    let endpoints = remote.endpoints(given.versions_url.trim()).await.map_err(wrong)?;
    let credentials = endpoints.iter().find(|one| one.identifier == "credentials");
    let address = &credentials.ok_or_else(|| wrong(Unusable::NoCredentials))?.url;
    let own = secret()?;
    // They ask with it before they answer.
    let mut tx = app.books.write().await?;
    partners::invite(&mut tx, &partner.id, &own).await?;
    tx.commit().await?;
    let body = serde_json::to_string(&ours(party, base, own.clone()))
        .map_err(|error| Error::Internal(error.to_string()))?;
    let told: Credentials = remote
        .ask(Method::POST, address, Some(body))
        .await
        .map_err(wrong)?;
    check(partner, &told).map_err(|refusal| Error::field("versionsUrl", refusal.message))?;
    let mut tx = app.books.write().await?;
    let done = partners::register(
        &mut tx,
        &partner.id,
        Some(&own),
        &told,
        &endpoints,
        Some(own.clone()),
    )
    .await?;
    tx.commit().await?;
    Ok(done.partner)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_is_in_a_net_of_ones_own() {
        for own in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "::1",
            "::",
            "fe80::1",
            "fd00::1",
            "::ffff:10.0.0.1",
            "::10.0.0.1",
            "64:ff9b::10.0.0.1",
            "64:ff9b:1::10.0.0.1",
            "2002:a00:1::1",
            "2001:0:a00:1::1",
            "fec0::1",
            "192.0.0.8",
            "198.18.0.1",
        ] {
            assert!(!is_public(own.parse().unwrap()), "{own}");
        }
        for other in [
            "93.184.216.34",
            "100.128.0.1",
            "2606:2800:220:1::1",
            "64:ff9b::93.184.216.34",
            "2002:5db8:d822::1",
            "2001:db9::1",
        ] {
            assert!(is_public(other.parse().unwrap()), "{other}");
        }
    }
}
