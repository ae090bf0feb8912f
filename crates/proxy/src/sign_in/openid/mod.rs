//! Signing in with OpenID Connect: authorization code with PKCE, state and nonce. The issuer is one that the
//! settings name; what it says of somebody gives them an account and a role.

mod enter;
mod http;
mod provider;
mod settings;

pub use provider::Provider;
pub use settings::OpenIdArgs;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use self::provider::{Failed, Ties};
use super::begin;
use super::page::{Asked, message, own_place, page};
use crate::access::{Caller, Stranger, cookie};
use crate::app::App;
use crate::books::secrets;
use crate::edge::client::Client;
use crate::join::address;
use crate::join::html::escape;
use crate::middleware::arrival::is_https;
use crate::middleware::keyed::digest;
use crate::middleware::limits::SIGN_INS;
use crate::problem::Error;

/// Where the issuer sends browsers back to.
pub const BACK: &str = "/sign-in/openid/done";

/// The longest address to go to afterwards that is kept meanwhile.
const MAX_NEXT: usize = 1_000;

impl Ties {
    fn of(secret: &str) -> Self {
        let part = |name: &str| digest(format!("{name} {secret}").as_bytes());
        Self {
            state: part("state"),
            nonce: part("nonce"),
            verifier: part("verifier"),
        }
    }
}

/// What the sign-in page offers.
pub fn draw(app: &App, next: &str) -> String {
    let Some(provider) = &app.access.openid else {
        return String::new();
    };
    let next: String = form_urlencoded::byte_serialize(next.as_bytes()).collect();
    format!(
        "<p><a class=\"button\" href=\"/sign-in/openid?next={next}\">Sign in with {}</a></p>",
        escape(&provider.settings.openid_name)
    )
}

/// GET `/sign-in/openid`: to the issuer.
pub async fn leave(
    State(app): State<App>,
    Client(client): Client,
    headers: HeaderMap,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Response {
    let Some(provider) = &app.access.openid else {
        return Error::NotFound("address").into_response();
    };
    if let Err(seconds) = app.limits.count(SIGN_INS, &client) {
        return refused(&Error::TooMany(seconds));
    }
    let asked = asked.map(|Query(asked)| asked).unwrap_or_default();
    let next = own_place(&asked.next).chars().take(MAX_NEXT).collect::<String>();
    let left = async {
        let secret = secrets::secret()?;
        let back = address::base(&app, &headers)?.url + BACK;
        match provider.address(Ties::of(&secret), back).await {
            Err(error) => Ok(unreachable(provider, &error)),
            Ok(place) => {
                let place =
                    HeaderValue::from_str(&place).map_err(|error| Error::Internal(error.to_string()))?;
                let kept = cookie::keep_ties(&secret, &next, is_https(&headers));
                let mut response = StatusCode::SEE_OTHER.into_response();
                let answered = response.headers_mut();
                answered.insert(header::LOCATION, place);
                answered.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
                answered.extend(kept.map(|kept| (header::SET_COOKIE, kept)));
                Ok(response)
            }
        }
    };
    left.await.unwrap_or_else(|error| refused(&error))
}

/// What the issuer sends back.
#[derive(Default, Deserialize)]
pub struct Back {
    #[serde(default)]
    code: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    error: String,
    iss: Option<String>,
}

/// GET [`BACK`]: from the issuer. It answers with a page, not with another address: the session's cookie goes
/// only with requests that a page of the portal begins.
pub async fn done(
    State(app): State<App>,
    Stranger(caller): Stranger,
    headers: HeaderMap,
    back: Result<Query<Back>, QueryRejection>,
) -> Response {
    let Some(provider) = &app.access.openid else {
        return Error::NotFound("address").into_response();
    };
    if let Err(seconds) = app.limits.count(SIGN_INS, &caller.address()) {
        return refused(&Error::TooMany(seconds));
    }
    let secure = is_https(&headers);
    let back = back.map(|Query(back)| back).unwrap_or_default();
    let done = come_back(&app, provider, &headers, back, caller).await;
    let mut response = done.unwrap_or_else(|error| refused(&error));
    response
        .headers_mut()
        .extend(cookie::drop_ties(secure).map(|ended| (header::SET_COOKIE, ended)));
    response
}

async fn come_back(
    app: &App,
    provider: &Provider,
    headers: &HeaderMap,
    back: Back,
    caller: Caller,
) -> Result<Response, Error> {
    let kept = cookie::read_ties(headers, is_https(headers));
    let Some((secret, next)) = kept.filter(|(secret, _)| Ties::of(secret).state == back.state) else {
        return Ok(message(
            StatusCode::BAD_REQUEST,
            "Sign in again",
            "This sign-in was begun in another browser, or too long ago. Open the portal and begin again.",
        ));
    };
    let is_other = back
        .iss
        .as_deref()
        .is_some_and(|issuer| issuer != provider.issuer());
    if back.code.is_empty() || !back.error.is_empty() || is_other {
        tracing::info!(error = ?back.error.chars().take(50).collect::<String>(), "a sign-in was broken off");
        return Ok(message(
            StatusCode::FORBIDDEN,
            "Not signed in",
            &format!(
                "Signing in with {} was broken off. Open the portal and begin again.",
                provider.settings.openid_name
            ),
        ));
    }
    let place = address::base(app, headers)?.url + BACK;
    let told = match provider.told(back.code, Ties::of(&secret), place).await {
        Ok(told) => told,
        Err(error) => return Ok(unreachable(provider, &error)),
    };
    let found = enter::enter(app, provider, &told, caller.clone()).await?;
    let signed_in = crate::access::within(caller, begin(app, headers, found)).await?;
    let next = own_place(&next);
    let body = format!(
        "<h1>You are signed in</h1><p><a href=\"{}\">Go on to the portal</a></p>",
        escape(next)
    );
    let mut response = page(StatusCode::OK, "You are signed in – EV portal", &body);
    if let Ok(value) = HeaderValue::from_str(&format!("0; url={next}")) {
        response.headers_mut().insert(header::REFRESH, value);
    }
    Ok(signed_in.answer(response))
}

fn unreachable(provider: &Provider, error: &Failed) -> Response {
    tracing::warn!(%error, "signing in with OpenID Connect failed");
    message(
        StatusCode::BAD_GATEWAY,
        "Not signed in",
        &format!(
            "Signing in with {} does not work at the moment. Try again in a few minutes; if it stays so, tell whoever \
             runs the portal: its log says more.",
            provider.settings.openid_name
        ),
    )
}

fn refused(error: &Error) -> Response {
    let problem = error.problem();
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if status.is_server_error() {
        tracing::error!(%error, "signing in with OpenID Connect failed");
    }
    let mut response = message(status, "Not signed in", &problem.detail);
    if let Error::TooMany(seconds) = error {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from(*seconds));
    }
    response
}
