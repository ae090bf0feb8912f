//! Who a request comes from, as far as limits care.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;

/// A client's address, as limits count it.
pub struct Client(pub String);

impl<S: Send + Sync> FromRequestParts<S> for Client {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        Ok(Self(name(peer.map(|info| info.0.ip()), &parts.headers)))
    }
}

/// The peer; where that is this machine, a server that passes requests on, the last address it names.
/// Whoever has an IPv6 address has the 2^64 around it.
fn name(peer: Option<IpAddr>, headers: &HeaderMap) -> String {
    let named = || {
        let value = headers.get_all("x-forwarded-for").iter().next_back()?;
        let last = value.to_str().ok()?.rsplit(',').next()?;
        last.trim().parse().ok()
    };
    let passed_on = peer.is_none_or(|peer| peer.is_loopback());
    let address = if passed_on { named().or(peer) } else { peer };
    match address.map(|address| address.to_canonical()) {
        Some(IpAddr::V6(address)) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}")
        }
        Some(IpAddr::V4(address)) => address.to_string(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn only_this_machine_may_speak_for_others() {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", "6.6.6.6, 9.9.9.9".parse().unwrap());
        let of = |peer: &str| name(Some(peer.parse().unwrap()), &headers);
        assert_eq!(of("127.0.0.1"), "9.9.9.9");
        assert_eq!(of("8.8.8.8"), "8.8.8.8");
        assert_eq!(of("2001:db8:1:2:3:4:5:6"), of("2001:db8:1:2::9"));
        assert_eq!(of("::ffff:8.8.8.8"), "8.8.8.8");
        assert_eq!(
            name(Some("127.0.0.1".parse().unwrap()), &HeaderMap::new()),
            "127.0.0.1"
        );
    }
}
