//! The reverse proxies in front of the portal, and what they say of the clients behind them.

use std::net::IpAddr;
use std::str::FromStr;

use axum::http::HeaderMap;

/// Addresses from one to another, written `10.0.0.7` or `10.0.0.0/8`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    address: IpAddr,
    bits: u8,
}

impl FromStr for Range {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, Some(bits)),
            None => (text, None),
        };
        let wrong = || "an address is like 10.0.0.7, and a range like 10.0.0.0/8".to_owned();
        let address: IpAddr = address.parse().map_err(|_| wrong())?;
        let whole = if address.is_ipv4() { 32 } else { 128 };
        let bits = match bits {
            None => whole,
            Some(bits) => bits.parse().map_err(|_| wrong())?,
        };
        if bits > whole {
            return Err(wrong());
        }
        Ok(Self { address, bits })
    }
}

impl Range {
    fn holds(self, address: IpAddr) -> bool {
        match (self.address, address) {
            (IpAddr::V4(own), IpAddr::V4(other)) => {
                let mask = u32::MAX.checked_shl(32 - u32::from(self.bits)).unwrap_or(0);
                own.to_bits() & mask == other.to_bits() & mask
            }
            (IpAddr::V6(own), IpAddr::V6(other)) => {
                let mask = u128::MAX.checked_shl(128 - u32::from(self.bits)).unwrap_or(0);
                own.to_bits() & mask == other.to_bits() & mask
            }
            _ => false,
        }
    }
}

/// The proxies that are believed.
#[derive(Debug, Default)]
pub struct Proxies(Vec<Range>);

impl Proxies {
    /// These and no others.
    pub fn new(ranges: Vec<Range>) -> Self {
        Self(ranges)
    }

    /// Whether that address is one of them.
    pub fn trust(&self, address: IpAddr) -> bool {
        self.0.iter().any(|range| range.holds(address))
    }

    /// Who asked a proxy: from its end, the first address of `X-Forwarded-For` that is no proxy of ours. What
    /// stands before it anybody may have written.
    pub(super) fn client(&self, proxy: IpAddr, headers: &HeaderMap) -> IpAddr {
        let values: Vec<&str> = headers
            .get_all("x-forwarded-for")
            .iter()
            .map(|value| value.to_str().unwrap_or_default())
            .collect();
        let mut last = proxy;
        for text in values.iter().rev().flat_map(|value| value.rsplit(',')) {
            let Ok(address) = text.trim().parse::<IpAddr>() else {
                break;
            };
            last = address.to_canonical();
            if !self.trust(last) {
                break;
            }
        }
        last
    }
}

/// Whether a proxy says that it was asked over https; the nearest proxy's word is the last.
pub(super) fn says_https(headers: &HeaderMap) -> bool {
    let last = headers.get_all("x-forwarded-proto").iter().next_back();
    let last = last.and_then(|value| value.to_str().ok()?.rsplit(',').next());
    last.is_some_and(|scheme| scheme.trim().eq_ignore_ascii_case("https"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::{Edge, Via};
    use super::*;

    fn edge() -> Edge {
        let ranges = ["127.0.0.1", "10.0.0.0/8", "2001:db8::/32"];
        Edge {
            proxies: Proxies::new(ranges.iter().map(|text| text.parse().unwrap()).collect()),
            ..Edge::default()
        }
    }

    fn via(peer: &str, pairs: &[(&'static str, &str)]) -> (String, bool) {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, value.parse().unwrap());
        }
        let Via { client, https } = edge().via(peer.parse().ok(), &headers);
        (client.unwrap().to_string(), https)
    }

    #[test]
    fn ranges_are_read_and_hold_what_they_say() {
        let holds =
            |range: &str, address: &str| range.parse::<Range>().unwrap().holds(address.parse().unwrap());
        assert!(holds("10.0.0.0/8", "10.255.0.1") && !holds("10.0.0.0/8", "11.0.0.1"));
        assert!(holds("10.0.0.7", "10.0.0.7") && !holds("10.0.0.7", "10.0.0.6"));
        assert!(holds("0.0.0.0/0", "8.8.8.8") && !holds("0.0.0.0/0", "::1"));
        assert!(holds("2001:db8::/32", "2001:db8:1::1") && !holds("2001:db8::/32", "2001:db9::1"));
        assert!(holds("::/0", "::1"));
        for wrong in [
            "",
            "portal.example",
            "10.0.0.0/33",
            "10.0.0.0/x",
            "::/129",
            "10.0.0.0/-1",
        ] {
            assert!(wrong.parse::<Range>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn nobody_but_a_proxy_may_speak_for_others() {
        let said = [("x-forwarded-for", "6.6.6.6"), ("x-forwarded-proto", "https")];
        assert_eq!(via("8.8.8.8", &said), ("8.8.8.8".into(), false));
        assert_eq!(via("127.0.0.2", &said), ("127.0.0.2".into(), false));
        assert_eq!(via("127.0.0.1", &said), ("6.6.6.6".into(), true));
        assert_eq!(via("::ffff:127.0.0.1", &said), ("6.6.6.6".into(), true));
    }

    #[test]
    fn what_clients_wrote_before_the_proxies_is_not_believed() {
        let said = [("x-forwarded-for", "1.1.1.1, 9.9.9.9, 10.0.0.5")];
        assert_eq!(via("127.0.0.1", &said).0, "9.9.9.9");
        let said = [("x-forwarded-for", "1.1.1.1"), ("x-forwarded-for", "9.9.9.9")];
        assert_eq!(via("127.0.0.1", &said).0, "9.9.9.9");
        let said = [("x-forwarded-for", "1.1.1.1, unknown, 10.0.0.5")];
        assert_eq!(via("127.0.0.1", &said).0, "10.0.0.5");
        assert_eq!(via("127.0.0.1", &[]).0, "127.0.0.1");
        let said = [("x-forwarded-proto", "https, http")];
        assert!(!via("127.0.0.1", &said).1);
    }
}
