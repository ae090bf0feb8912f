//! Where drivers reach the portal.

use std::net::Ipv4Addr;

use axum::http::uri::Authority;
use axum::http::{HeaderMap, Uri, header};

use crate::app::Portal;
use crate::middleware::arrival::is_https;
use crate::problem::Error;

/// The beginning of all links to drivers.
#[derive(Debug, PartialEq, Eq)]
pub struct Base {
    /// `https://portal.example`, without a stroke at the end.
    pub url: String,
    /// It leads to this machine only.
    pub local: bool,
}

/// The address that the settings name, else the one that this request was sent to.
///
/// # Errors
/// Without a setting, a request that names no host.
pub fn base(app: &Portal, headers: &HeaderMap) -> Result<Base, Error> {
    let url = match &app.public_url {
        Some(url) => url.clone(),
        None => {
            let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
            let host = host.filter(|host| is_host(host)).ok_or_else(|| {
                Error::Malformed("The request names no host, so no link to the portal can be given.".into())
            })?;
            let scheme = if is_https(headers) { "https" } else { "http" };
            format!("{scheme}://{host}")
        }
    };
    let local = url.split_once("://").is_some_and(|(_, host)| is_local(host));
    Ok(Base { url, local })
}

/// Reads the setting: scheme and host, with a port where it is needed.
///
/// # Errors
/// What is wrong with it.
pub fn public_url(text: &str) -> Result<String, String> {
    let text = text.trim().trim_end_matches('/');
    let uri: Uri = text
        .parse()
        .map_err(|_| "an address is like https://portal.example")?;
    let host = uri.authority().map(Authority::as_str).unwrap_or_default();
    if !matches!(uri.scheme_str(), Some("http" | "https")) || !is_host(host) {
        return Err("an address is like https://portal.example".into());
    }
    if uri.path_and_query().is_some_and(|path| path != "/") {
        return Err("the portal stands at the root of its host: leave out what follows the host".into());
    }
    Ok(text.to_owned())
}

/// A name or number, with or without a port, and nothing else.
fn is_host(text: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || ".-:[]".contains(c);
    text.len() <= 255
        && text.chars().all(is_plain)
        && text
            .parse::<Authority>()
            .is_ok_and(|host| !host.host().is_empty())
}

/// Whether a host is this machine.
pub fn is_local(host: &str) -> bool {
    let Ok(host) = host.parse::<Authority>() else {
        return false;
    };
    let name = host.host().to_ascii_lowercase();
    name == "localhost"
        || name.ends_with(".localhost")
        || name == "[::1]"
        || name.parse::<Ipv4Addr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_may_be_the_public_address() {
        assert_eq!(
            public_url("https://portal.example/").unwrap(),
            "https://portal.example"
        );
        assert_eq!(
            public_url("http://10.0.0.1:8080").unwrap(),
            "http://10.0.0.1:8080"
        );
        assert_eq!(public_url("http://[::1]:80").unwrap(), "http://[::1]:80");
        for text in [
            "",
            "portal.example",
            "ftp://portal.example",
            "https://",
            "https://user:secret@portal.example",
            "https://portal.example/ev",
            "https://portal.example?x=1",
            "javascript:alert(1)",
        ] {
            assert!(public_url(text).is_err(), "{text}");
        }
    }

    #[test]
    fn which_addresses_lead_to_this_machine() {
        for host in [
            "localhost",
            "LOCALHOST:8080",
            "portal.localhost",
            "127.0.0.2:1",
            "[::1]:80",
        ] {
            assert!(is_local(host), "{host}");
        }
        for host in ["portal.example", "10.0.0.1", "localhost.example", "[::2]"] {
            assert!(!is_local(host), "{host}");
        }
    }

    #[test]
    fn a_host_is_nothing_but_a_host() {
        for host in ["a@b", "a/b", "a b", "<a>", "a\"b", "", ":80"] {
            assert!(!is_host(host), "{host}");
        }
    }
}
