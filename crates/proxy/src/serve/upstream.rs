//! What the portal asks: ChargePoint or its stand-in inside, and an issuer of OpenID Connect.

use std::time::Duration;

use chargepoint::{Client, ClientConfig, Guards};
use sandbox::{Running, Sandbox, SandboxConfig};

use super::secrets::secret;
use super::{Failure, io_failure};
use crate::cli::Serve;
use crate::sign_in::openid::Provider;

/// Starts the stand-in inside.
///
/// # Errors
/// The settings do not fit, or there is no port for it.
pub async fn start_stand_in(settings: &Serve) -> Result<Running, Failure> {
    let scale = settings.sandbox_scale;
    if !(1..=SandboxConfig::MAX_SCALE).contains(&scale) {
        return Err(Failure::Settings(format!(
            "--sandbox-scale is from 1 to {}",
            SandboxConfig::MAX_SCALE
        )));
    }
    let config = SandboxConfig {
        seed: settings.sandbox_seed,
        scale,
        oddities: settings.sandbox_oddities,
        ..SandboxConfig::default()
    };
    Sandbox::start(config).await.map_err(io_failure("the stand-in"))
}

/// The client of the stand-in or of ChargePoint; none where nothing is set.
///
/// # Errors
/// The settings do not fit.
pub fn client(settings: &Serve, stand_in: Option<&Running>) -> Result<Option<Client>, Failure> {
    let config = match (stand_in, &settings.chargepoint_url, settings.chargepoint_region) {
        (Some(stand_in), ..) => ClientConfig::new(stand_in.endpoint(), "sandbox", "sandbox"),
        (None, None, None) => return Ok(None),
        (None, url, region) => {
            let endpoint = url
                .as_deref()
                .or(region.map(|region| region.endpoint()))
                .unwrap_or_default();
            let key = secret(
                settings.chargepoint_license_key_file.as_deref(),
                "CHARGEPOINT_LICENSE_KEY",
                "ChargePoint",
            )?;
            let password = secret(
                settings.chargepoint_password_file.as_deref(),
                "CHARGEPOINT_PASSWORD",
                "ChargePoint",
            )?;
            ClientConfig::new(endpoint, key, password)
        }
    };
    let guards = match stand_in {
        // It is ours to break and to mend, and takes any number of wildcards.
        Some(_) => Guards {
            breaker: None,
            one_wildcard_a_day: false,
            per_minute: None,
            ..Guards::default()
        },
        None => Guards {
            per_minute: Some(settings.chargepoint_per_minute),
            ..Guards::default()
        },
    };
    let config = ClientConfig {
        timeout: Duration::from_secs(settings.chargepoint_timeout.max(1)),
        max_in_flight: settings.chargepoint_in_flight,
        guards,
        ..config
    };
    Client::new(config)
        .map(Some)
        .map_err(|error| Failure::Settings(error.to_string()))
}

/// Where else people sign in; none where nothing is set.
///
/// # Errors
/// There is no secret for it.
pub fn openid(settings: &Serve) -> Result<Option<Provider>, Failure> {
    let settings = &settings.openid;
    if settings.openid_issuer.is_none() {
        return Ok(None);
    }
    let file = settings.openid_client_secret_file.as_deref();
    let secret = secret(file, "OPENID_CLIENT_SECRET", "OpenID Connect")?;
    Provider::new(settings.clone(), secret)
        .map(Some)
        .map_err(Failure::Settings)
}
