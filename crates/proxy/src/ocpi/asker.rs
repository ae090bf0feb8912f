//! Who asks: a partner, by their token.

use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

use super::answer::Refusal;
use super::{Party, VERSIONS};
use crate::access::{Identity, Stranger, Who, spawn, within};
use crate::app::App;
use crate::books::partners::{self, Asking};
use crate::clock;
use crate::middleware::request_id::routed;

/// What is given back as it came.
const ECHOED: [HeaderName; 2] = [
    HeaderName::from_static("x-request-id"),
    HeaderName::from_static("x-correlation-id"),
];
/// The longest of them.
const MAX_ID: usize = 128;

/// Whoever asks.
#[derive(Clone)]
pub struct Asker(pub Arc<Asking>);

impl FromRequestParts<App> for Asker {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Refusal> {
        let asker = parts.extensions.get::<Self>().cloned();
        asker.ok_or_else(Refusal::unauthorized)
    }
}

/// What the portal is to them.
pub struct Us(pub Party);

impl FromRequestParts<App> for Us {
    type Rejection = Refusal;

    async fn from_request_parts(_: &mut Parts, app: &App) -> Result<Self, Refusal> {
        let party = app.ocpi.party.clone();
        party.map(Self).ok_or_else(Refusal::no_address)
    }
}

/// Lets partners in, and those who want to become one to where they can.
pub async fn layer(
    State(app): State<App>,
    Stranger(stranger): Stranger,
    mut request: Request,
    next: Next,
) -> Response {
    routed(&request);
    let echoed: Vec<(HeaderName, HeaderValue)> = ECHOED
        .into_iter()
        .filter_map(|name| Some((name.clone(), request.headers().get(&name)?.clone())))
        .filter(|(_, value)| value.len() <= MAX_ID)
        .collect();
    let mut response = match let_in(&app, request.headers(), request.uri().path()).await {
        Err(refusal) => refusal.into_response(),
        Ok(asking) => {
            let partner = &asking.partner;
            let identity = Identity {
                who: Who::Partner(partner.id.clone()),
                name: format!(
                    "{}, partner {}-{}",
                    partner.name, partner.country_code, partner.party_id
                ),
                ..Identity::default()
            };
            request.extensions_mut().insert(Asker(Arc::new(asking)));
            within(stranger.known(Arc::new(identity)), next.run(request)).await
        }
    };
    response.headers_mut().extend(echoed);
    let no_store = HeaderValue::from_static("no-store");
    response.headers_mut().insert(header::CACHE_CONTROL, no_store);
    response
}

async fn let_in(app: &App, headers: &HeaderMap, path: &str) -> Result<Asking, Refusal> {
    let Some(us) = &app.ocpi.party else {
        return Err(Refusal::no_address());
    };
    let value = headers.get(header::AUTHORIZATION);
    let shown = value
        .and_then(|value| value.to_str().ok())
        .and_then(ocpi::authorization::read);
    let shown = shown.ok_or_else(Refusal::unauthorized)?;
    let found = partners::find(&mut app.books.read().await?, &shown, us).await?;
    let asking = found.ok_or_else(Refusal::unauthorized)?;
    if !asking.is_registered() && !is_for_registering(path) {
        return Err(Refusal::unauthorized());
    }
    let last = asking.partner.last_contact_at.as_deref();
    if last.is_none_or(|last| last < clock::minutes_ago(1).as_str()) {
        let (app, id) = (app.clone(), asking.partner.id.clone());
        spawn(async move {
            let note = async {
                let mut tx = app.books.write().await?;
                partners::seen(&mut tx, &id).await?;
                Ok::<_, crate::problem::Error>(tx.commit().await?)
            };
            if let Err(error) = note.await {
                tracing::warn!(%error, "a partner's contact was not noted");
            }
        });
    }
    Ok(asking)
}

/// Whether somebody may ask that before they are registered. The path may be the whole one, or what is left of it
/// below `/ocpi`.
fn is_for_registering(path: &str) -> bool {
    let path = path.trim_end_matches('/');
    let path = path.strip_prefix("/ocpi").unwrap_or(path);
    [&VERSIONS["/ocpi".len()..], "/2.2.1", "/2.2.1/credentials"].contains(&path)
}
