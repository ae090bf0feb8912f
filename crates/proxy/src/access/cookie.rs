//! The session's cookie, and the one of a sign-in that is under way elsewhere.

use axum::http::{HeaderMap, HeaderValue, header};

use crate::books::secrets::is_secret;

/// The session's cookie.
pub fn name(secure: bool) -> &'static str {
    if secure { "__Host-ev_portal" } else { "ev_portal" }
}

/// The cookie of a sign-in that is under way elsewhere.
fn ties_name(secure: bool) -> &'static str {
    if secure {
        "__Host-ev_portal_openid"
    } else {
        "ev_portal_openid"
    }
}

/// The session's secret among the request's cookies.
pub fn read(headers: &HeaderMap, secure: bool) -> Option<&str> {
    own(headers, name(secure)).filter(|value| is_secret(value))
}

/// The value of a cookie. A name that is there twice is nobody's: another host of the domain may have set one.
fn own<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let cookies = headers.get_all(header::COOKIE).iter();
    let mut own = cookies
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(|(key, _)| *key == name);
    let (_, value) = own.next()?;
    own.next().is_none().then_some(value)
}

/// Keeps what ties a sign-in elsewhere to this browser, and where to go afterwards, for ten minutes. It comes
/// along from another site, unlike the session's.
pub fn keep_ties(secret: &str, next: &str, secure: bool) -> Option<HeaderValue> {
    let next: String = form_urlencoded::byte_serialize(next.as_bytes()).collect();
    ties(&format!("{secret}.{next}"), 600, secure)
}

/// What [`keep_ties`] kept.
pub fn read_ties(headers: &HeaderMap, secure: bool) -> Option<(String, String)> {
    let (secret, next) = own(headers, ties_name(secure))?.split_once('.')?;
    let (next, _) = form_urlencoded::parse(next.as_bytes()).next().unwrap_or_default();
    is_secret(secret).then(|| (secret.to_owned(), next.into_owned()))
}

/// Takes away what [`keep_ties`] kept: it is good for one try.
pub fn drop_ties(secure: bool) -> Option<HeaderValue> {
    ties("", 0, secure)
}

fn ties(value: &str, seconds: u32, secure: bool) -> Option<HeaderValue> {
    let more = if secure { "; Secure" } else { "" };
    let cookie = format!(
        "{}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{more}",
        ties_name(secure)
    );
    HeaderValue::from_str(&cookie).ok()
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
    use crate::books::secrets::secret;

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
    fn what_ties_a_sign_in_comes_back_as_it_was_kept() {
        let secret = secret().unwrap();
        let kept = keep_ties(&secret, "/tokens?q=a&b=ü;,", false).unwrap();
        let mut headers = HeaderMap::new();
        let pair = kept.to_str().unwrap().split(';').next().unwrap().to_owned();
        headers.insert(header::COOKIE, pair.parse().unwrap());
        let (again, next) = read_ties(&headers, false).unwrap();
        assert_eq!((again, next.as_str()), (secret, "/tokens?q=a&b=ü;,"));
        assert_eq!(read_ties(&headers, true), None);
        assert!(read(&headers, false).is_none());
        headers.insert(header::COOKIE, "ev_portal_openid=x.%2F".parse().unwrap());
        assert_eq!(read_ties(&headers, false), None);
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
