//! The names that the portal answers to. A page of any site can let its own name point at this machine and
//! would then be of one origin with the portal; so a name is believed only where it is known.

use std::net::{IpAddr, SocketAddr};

use axum::http::uri::Authority;

/// The names.
#[derive(Debug, Default)]
pub struct Hosts(Vec<String>);

impl Hosts {
    /// Besides this machine's own, and all numbers: a name can be made to point anywhere, a number cannot.
    pub fn new(names: impl IntoIterator<Item = String>) -> Self {
        Self(names.into_iter().map(|name| name.to_ascii_lowercase()).collect())
    }

    /// Whether a `Host`, with or without a port, is one of them.
    pub fn know(&self, host: &str) -> bool {
        // As most say it, without more ado.
        if host.parse::<SocketAddr>().is_ok() || self.0.iter().any(|own| own == host) {
            return true;
        }
        let Some(name) = name(host) else { return false };
        let number = name.trim_start_matches('[').trim_end_matches(']');
        number.parse::<IpAddr>().is_ok()
            || name == "localhost"
            || name.ends_with(".localhost")
            || self.0.contains(&name)
    }
}

/// The name in a `Host` or in the setting, without its port.
pub fn name(host: &str) -> Option<String> {
    let authority: Authority = host.parse().ok()?;
    let name = authority.host().trim_end_matches('.').to_ascii_lowercase();
    (!name.is_empty() && !host.contains('@')).then_some(name)
}

/// Reads the setting: a host's name and nothing else.
///
/// # Errors
/// What is wrong with it.
pub fn setting(text: &str) -> Result<String, String> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || ".-".contains(c);
    match name(text) {
        Some(name) if text.chars().all(is_plain) => Ok(name),
        _ => Err("a host is a name like portal.example, without https:// and without a port".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_known_and_names_that_are_not() {
        let hosts = Hosts::new(["Portal.example".to_owned()]);
        for known in [
            "portal.example",
            "PORTAL.example:8443",
            "portal.example.",
            "localhost:8080",
            "portal.localhost",
            "127.0.0.1:8080",
            "10.1.2.3",
            "[::1]:8080",
            "[2001:db8::1]",
        ] {
            assert!(hosts.know(known), "{known}");
        }
        for strange in [
            "evil.example",
            "portal.example.evil.example",
            "127.0.0.1.evil.example",
            "localhost.evil.example",
            "portal.example@evil.example",
            "evil.example@portal.example",
            "evil.example:80 portal.example",
            "portal.example/",
            "",
            ":80",
        ] {
            assert!(!hosts.know(strange), "{strange}");
        }
    }

    #[test]
    fn what_the_setting_takes() {
        assert_eq!(setting("Portal.Example").as_deref(), Ok("portal.example"));
        for wrong in [
            "https://portal.example",
            "portal.example:80",
            "a b",
            "",
            "*",
            "[::1]",
        ] {
            assert!(setting(wrong).is_err(), "{wrong}");
        }
    }
}
