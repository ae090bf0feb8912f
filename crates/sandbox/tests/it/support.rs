use std::sync::OnceLock;
use std::time::Duration;

use chargepoint::calls::{Answer, Call};
use chargepoint::code::{Code, Meaning, blamed};
use chargepoint::codec::envelope::{self, UsernameToken};
use chargepoint::codec::json::RecordJson;
use chargepoint::codec::read_record;
use chargepoint::table::Operation;
use chargepoint::{Client, ClientConfig, Station};
use sandbox::{Clock, Fault, Running, Sandbox, SandboxConfig};

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

/// A client that speaks HTTP alone. It is made once and keeps no connection: each test has a runtime
/// of its own.
pub fn http() -> &'static reqwest::Client {
    static HTTP: OnceLock<reqwest::Client> = OnceLock::new();
    HTTP.get_or_init(|| {
        // An error says that one is installed already.
        drop(rustls::crypto::ring::default_provider().install_default());
        let client = reqwest::Client::builder().no_proxy();
        client.pool_max_idle_per_host(0).build().unwrap()
    })
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

/// Sends one call and gives its answer as it came, whatever its code. A refusal of what was asked for must be about
/// a parameter of the call.
pub async fn ask<C: Call>(running: &Running, call: &C) -> C::Answer {
    let token = UsernameToken {
        username: "sandbox".into(),
        password: "sandbox".into(),
    };
    let message = envelope::write_request(&token, call);
    let answer = http()
        .post(running.endpoint())
        .body(message)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 200);
    let answer = answer.bytes().await.unwrap();
    let (_, read): (_, C::Answer) = envelope::read(&answer, |entry, parser| {
        assert_eq!(entry.name, Operation::of::<C>().response.name);
        read_record(parser).map(|(answer, _)| answer)
    })
    .unwrap();
    if let Some((code, text)) = read.status()
        && let Some(code) = Code::of(code)
        && matches!(code.meaning(), Meaning::Invalid(_))
    {
        let request = serde_json::to_value(RecordJson(call)).unwrap();
        let fields = blamed(const { &C::SHAPE }, &request, code, text);
        assert!(!fields.is_empty(), "{code:?} is about nothing of {request}");
    }
    read
}

/// The code of an answer.
pub async fn code<C: Call>(running: &Running, call: &C) -> String {
    let answer = ask(running, call).await;
    let (code, text) = answer.status().unwrap();
    assert!(!text.is_empty());
    code.to_owned()
}

/// How our client reads what a fault gives.
pub trait Reading {
    /// Whether it reads it as if nothing were wrong.
    fn is_harmless(&self) -> bool;
    /// Whether it comes late, or never.
    fn is_slow(&self) -> bool;
}

impl Reading for Fault {
    fn is_harmless(&self) -> bool {
        matches!(self, Self::WrongOrder | Self::WrongNamespace)
    }

    fn is_slow(&self) -> bool {
        matches!(self, Self::Hang | Self::Latency(_) | Self::Drip(_))
    }
}
