use std::time::Duration;

use chargepoint::{Client, ClientConfig, Station};
use sandbox::{Clock, Running, Sandbox, SandboxConfig};

/// 20 November 2026, 10:00 UTC.
pub const NOW: i64 = 1_795_168_800;

/// A stand-in whose clock stands at [`NOW`].
pub async fn start() -> Running {
    start_with(SandboxConfig::DEFAULT_SCALE).await
}

pub async fn start_with(scale: usize) -> Running {
    Sandbox::start(SandboxConfig {
        scale,
        clock: Clock::manual(NOW),
        ..SandboxConfig::default()
    })
    .await
    .unwrap()
}

pub fn client(running: &Running) -> Client {
    client_with(running, "sandbox", "sandbox")
}

pub fn client_with(running: &Running, key: &str, password: &str) -> Client {
    Client::new(ClientConfig::new(running.endpoint(), key, password)).unwrap()
}

/// A client that does not wait long.
pub fn hasty_client(running: &Running) -> Client {
    Client::new(ClientConfig {
        timeout: Duration::from_millis(300),
        ..ClientConfig::new(running.endpoint(), "sandbox", "sandbox")
    })
    .unwrap()
}

/// A client that speaks HTTP alone.
pub fn http() -> reqwest::Client {
    // An error says that one is installed already.
    drop(rustls::crypto::ring::default_provider().install_default());
    reqwest::Client::builder().no_proxy().build().unwrap()
}

/// The stations of the estate.
pub fn all(running: &Running) -> Vec<Station> {
    running.estate(|estate| estate.stations().cloned().collect())
}

/// Their identifiers.
pub fn ids<'a>(stations: impl IntoIterator<Item = &'a Station>) -> Vec<String> {
    stations
        .into_iter()
        .flat_map(|station| station.station_id.clone())
        .collect()
}
