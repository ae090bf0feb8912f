//! What roaming partners may ask: OCPI 2.2.1, below `/ocpi`. They come with a token of their own and with nothing
//! else; sessions and API keys mean nothing here, and a partner's token means nothing at `/api`.

mod answer;
mod asker;
mod body;
mod commands;
mod credentials;
mod external;
mod handshake;
mod locations;
mod shape;
mod stations;
mod tokens;
mod versions;

pub use handshake::join;

use axum::routing::{get, post};
use axum::{Router, middleware};

use crate::app::App;
use crate::books::partners::shown::Kept;
use crate::join::address::Base;
use crate::problem::Error;
use answer::Refusal;

/// Where the versions are, behind the portal's own address.
pub const VERSIONS: &str = "/ocpi/versions";

/// What the portal is to its partners.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// In capitals.
    pub country_code: String,
    pub party_id: String,
    /// The company's name.
    pub name: String,
}

/// Reads the setting: `NL-EVP`.
///
/// # Errors
/// What is wrong with it.
pub fn party(text: &str) -> Result<(String, String), String> {
    let wrong = || "a party is like NL-EVP: two letters of a country, three letters or digits".to_owned();
    let (country, party) = text.trim().split_once(['-', '*']).ok_or_else(wrong)?;
    let is_country = country.len() == 2 && country.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_party = party.len() == 3 && party.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if !is_country || !is_party {
        return Err(wrong());
    }
    Ok((country.to_uppercase(), party.to_uppercase()))
}

/// What OCPI keeps in memory.
#[derive(Default)]
pub struct Ocpi {
    /// None: the portal has no partners.
    pub party: Option<Party>,
    /// The portal is for this machine, and so its partners may be on it.
    pub is_local: bool,
    stations: stations::Stations,
    /// What partners were shown, while nothing changes.
    shown: Kept,
}

impl Ocpi {
    /// As that party, for this machine alone or for others.
    pub fn of(party: Option<Party>, is_local: bool) -> Self {
        Self {
            party,
            is_local,
            ..Self::default()
        }
    }
}

/// The modules: name, role, and path behind the version's own.
const MODULES: &[(&str, &str, &str)] = &[
    ("credentials", "SENDER", "credentials"),
    ("locations", "SENDER", "cpo/locations"),
    ("tokens", "RECEIVER", "cpo/tokens"),
    ("commands", "RECEIVER", "cpo/commands"),
    ("tokens", "SENDER", "emsp/tokens"),
];

/// Where version 2.2.1 is.
fn root(base: &Base) -> String {
    format!("{}/ocpi/{}", base.url, ocpi::VERSION)
}

/// That partners need a party to speak with.
pub fn no_party() -> Error {
    let said = "The portal is no party yet: whoever runs it names one with --ocpi-party.";
    Error::InUse(said.into())
}

/// The routes below `/ocpi`.
pub fn routes(app: &App) -> Router<App> {
    let version = Router::new()
        .route("/", get(versions::details))
        .route(
            "/credentials",
            get(credentials::get)
                .post(credentials::post)
                .put(credentials::put)
                .delete(credentials::delete),
        )
        .route("/cpo/locations", get(locations::list))
        .route("/cpo/locations/{id}", get(locations::location))
        .route("/cpo/locations/{id}/{evse}", get(locations::evse))
        .route(
            "/cpo/locations/{id}/{evse}/{connector}",
            get(locations::connector),
        )
        .route(
            "/cpo/tokens/{country}/{party}/{uid}",
            get(external::get).put(external::put).patch(external::patch),
        )
        .route("/cpo/commands/{command}", post(commands::post))
        .route("/emsp/tokens", get(tokens::list))
        .route("/emsp/tokens/{uid}/authorize", post(tokens::authorize));
    Router::new()
        .route("/versions", get(versions::list))
        .nest("/2.2.1", version)
        .fallback(async || Refusal::no_address())
        .method_not_allowed_fallback(async || Refusal::no_method())
        .layer(middleware::from_fn_with_state(app.clone(), asker::layer))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_party() {
        assert_eq!(party(" nl-evp "), Ok(("NL".into(), "EVP".into())));
        assert_eq!(party("NL*E1P"), Ok(("NL".into(), "E1P".into())));
        for text in ["", "NL", "NLEVP", "N1-EVP", "NL-EV", "NL-EVPX", "NL-É1P"] {
            assert!(party(text).is_err(), "{text}");
        }
    }
}
