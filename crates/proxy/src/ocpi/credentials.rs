//! Credentials: a partner registers, changes what they told, and leaves.

use axum::extract::State;
use domain::partners::Partner;
use ocpi::credentials::{BusinessDetails, Credentials, Role};
use ocpi::envelope::Status;

use super::answer::{Done, Refusal, Reply};
use super::asker::{Asker, Us};
use super::body::{Body, Site};
use super::handshake::Remote;
use super::{Party, VERSIONS};
use crate::app::App;
use crate::books::partners::{self, Asking};
use crate::join::address::Base;

/// The portal's own, for somebody who is to ask with that token.
pub fn ours(party: &Party, base: &Base, token: String) -> Credentials {
    let role = |role: &str| Role {
        role: role.into(),
        business_details: BusinessDetails {
            name: party.name.clone(),
        },
        party_id: party.party_id.clone(),
        country_code: party.country_code.clone(),
    };
    Credentials {
        token,
        url: format!("{}{VERSIONS}", base.url),
        roles: vec![role("CPO"), role("EMSP")],
    }
}

/// Whether a partner tells of parties that they are: one that passes on may be any, others what the operator
/// entered, since the party decides what they are shown.
///
/// # Errors
/// They tell of another one, or something does not fit.
pub fn check(partner: &Partner, told: &Credentials) -> Result<(), Refusal> {
    if let Some(wrong) = told.wrong() {
        return Err(Refusal::invalid(wrong));
    }
    let is_own = |role: &Role| role.is(&partner.country_code, &partner.party_id);
    if partner.role != "HUB" && !told.roles.iter().all(is_own) {
        return Err(Refusal::invalid(format!(
            "This token was made for {}-{}, and `roles` name another party.",
            partner.country_code, partner.party_id
        )));
    }
    Ok(())
}

/// GET `/ocpi/2.2.1/credentials`
pub async fn get(Asker(asking): Asker, Us(party): Us, Site(base): Site) -> Reply<Credentials> {
    Reply(ours(&party, &base, asking.token.clone()))
}

/// POST: registers.
pub async fn post(
    State(app): State<App>,
    Asker(asking): Asker,
    us: Us,
    site: Site,
    body: Body,
) -> Result<Reply<Credentials>, Refusal> {
    if asking.is_registered() {
        return Err(Refusal::no_method());
    }
    register(&app, &asking, us, site, &body).await
}

/// PUT: registers anew.
pub async fn put(
    State(app): State<App>,
    Asker(asking): Asker,
    us: Us,
    site: Site,
    body: Body,
) -> Result<Reply<Credentials>, Refusal> {
    if !asking.is_registered() {
        return Err(Refusal::no_method());
    }
    register(&app, &asking, us, site, &body).await
}

async fn register(
    app: &App,
    asking: &Asking,
    Us(party): Us,
    Site(base): Site,
    body: &Body,
) -> Result<Reply<Credentials>, Refusal> {
    let told: Credentials = body.parse()?;
    check(&asking.partner, &told)?;
    let remote = Remote::of(app, &told.token, asking.partner.unencoded_token);
    let endpoints = remote.endpoints(&told.url).await.map_err(|unusable| {
        let status = if unusable.is_version() {
            Status::UNSUPPORTED_VERSION
        } else {
            Status::UNUSABLE
        };
        Refusal::of(status, unusable.to_string())
    })?;
    let mut tx = app.books.write().await?;
    let asked_by = Some(asking.token.as_str());
    let done = partners::register(&mut tx, &asking.partner.id, asked_by, &told, &endpoints, None).await?;
    tx.commit().await?;
    Ok(Reply(ours(&party, &base, done.token)))
}

/// DELETE: leaves.
pub async fn delete(State(app): State<App>, Asker(asking): Asker) -> Result<Done, Refusal> {
    if !asking.is_registered() {
        return Err(Refusal::no_method());
    }
    let mut tx = app.books.write().await?;
    partners::end(&mut tx, &asking.partner.id).await?;
    tx.commit().await?;
    Ok(Done)
}
