//! The session's cookie, and what a secret is known by.

use axum::http::{HeaderMap, HeaderValue, header};

use crate::middleware::keyed::digest;
use crate::problem::Error;

/// The random bytes of a secret: 160 bits.
const BYTES: usize = 20;

/// A new secret, in hex.
///
/// # Errors
/// There are no random numbers.
pub fn secret() -> Result<String, Error> {
    let mut bytes = [0; BYTES];
    getrandom::fill(&mut bytes)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// What stands in the books for a secret: it lets nobody in.
pub fn known_by(secret: &str) -> String {
    digest(secret.as_bytes())
}

fn name(secure: bool) -> &'static str {
    if secure { "__Host-ev_portal" } else { "ev_portal" }
}

/// The session's secret among the request's cookies. A name that is there twice is nobody's: another host of
/// the domain may have set one.
pub fn read(headers: &HeaderMap, secure: bool) -> Option<&str> {
    let cookies = headers.get_all(header::COOKIE).iter();
    let mut own = cookies
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(|(key, _)| *key == name(secure));
    let (_, secret) = own.next()?;
    let is_ours = secret.len() == 2 * BYTES && secret.bytes().all(|byte| byte.is_ascii_hexdigit());
    (is_ours && own.next().is_none()).then_some(secret)
}

/// Sets the cookie. It ends with the browser; the server ends it sooner.
pub fn set(secret: &str, secure: bool) -> Option<HeaderValue> {
    let more = if secure { "; Secure" } else { "" };
    let cookie = format!(
        "{}={secret}; Path=/; HttpOnly; SameSite=Strict{more}",
        name(secure)
    );
    HeaderValue::from_str(&cookie).ok()
}

/// Takes the cookie away.
pub fn clear(secure: bool) -> Option<HeaderValue> {
    let more = if secure { "; Secure" } else { "" };
    let cookie = format!(
        "{}=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict{more}",
        name(secure)
    );
    HeaderValue::from_str(&cookie).ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn of(cookies: &str) -> Option<String> {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, cookies.parse().unwrap());
        read(&headers, false).map(str::to_owned)
    }

    #[test]
    fn only_our_own_cookie_and_only_one() {
        let secret = secret().unwrap();
        assert_eq!(of(&format!("a=b; ev_portal={secret}")), Some(secret.clone()));
        assert_eq!(of(&format!("ev_portal={secret}; ev_portal={secret}")), None);
        assert_eq!(of("ev_portal=short"), None);
        assert_eq!(of(&format!("__Host-ev_portal={secret}")), None);
    }

    #[test]
    fn over_https_it_belongs_to_the_host_alone() {
        let cookie = set("x", true).unwrap();
        let text = cookie.to_str().unwrap();
        assert!(text.starts_with("__Host-ev_portal=x; Path=/;") && text.ends_with("; Secure"));
        for flag in ["HttpOnly", "SameSite=Strict"] {
            assert!(text.contains(flag));
        }
    }
}
