//! What browsers may do with the portal's answers.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::Response;

/// Nothing is loaded, framed, or sent anywhere but what a page names besides.
macro_rules! policy {
    ($($more:literal)?) => {
        concat!(
            "default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
            $("; ", $more)?
        )
    };
}

/// Answers that are no pages.
const NOTHING: &str = policy!("form-action 'none'");
/// The app.
pub const APP: &str = policy!(
    "script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; \
     form-action 'self'"
);
/// Pages of the server with forms.
pub const FORMS: &str = policy!("style-src 'self'; img-src 'self' data:; form-action 'self'");
/// The sheet to print.
pub const SHEET: &str =
    policy!("script-src 'self'; style-src 'self'; img-src 'self' data:; form-action 'none'");
/// Pages to read.
pub const TEXT: &str = policy!("style-src 'self'; form-action 'none'");

/// What no page here uses, and no script that got in should.
const FEATURES: &str = "accelerometer=(), camera=(), display-capture=(), fullscreen=(), geolocation=(), gyroscope=(), \
                        hid=(), idle-detection=(), local-fonts=(), magnetometer=(), microphone=(), midi=(), \
                        payment=(), picture-in-picture=(), publickey-credentials-get=(), screen-wake-lock=(), \
                        serial=(), usb=(), xr-spatial-tracking=()";

const HEADERS: [(HeaderName, &str); 4] = [
    (header::CONTENT_SECURITY_POLICY, NOTHING),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
];

/// What means something on pages alone: every answer would be half a kilobyte larger by it.
const OF_PAGES: [(HeaderName, &str); 2] = [
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (HeaderName::from_static("permissions-policy"), FEATURES),
];

/// Adds the headers to every answer. What the API answers nobody keeps.
pub fn add(response: &mut Response, is_api: bool) {
    let headers = response.headers_mut();
    let is_page = is_page(headers);
    for (name, value) in HEADERS
        .into_iter()
        .chain(OF_PAGES.into_iter().filter(|_| is_page))
    {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if is_api {
        headers
            .entry(header::CACHE_CONTROL)
            .or_insert(HeaderValue::from_static("no-store"));
    }
}

/// HTML, or a picture that a browser may open as a page.
fn is_page(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.starts_with("text/html") || kind.starts_with("image/svg")
}
