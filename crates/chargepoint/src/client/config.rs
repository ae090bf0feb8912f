use std::time::Duration;

use secrecy::SecretString;

use super::guards::Guards;

/// How to reach ChargePoint. Key and password show in no Debug output.
#[derive(Debug, Clone)]
pub struct ClientConfig {
    /// Address to post to; see [`crate::Region::endpoint`].
    pub endpoint: String,
    /// API licence key.
    pub license_key: SecretString,
    /// API password.
    pub password: SecretString,
    /// Longest wait for a whole answer, the wait for a turn and further tries included.
    pub timeout: Duration,
    /// Largest answer taken, in bytes.
    pub max_answer: usize,
    /// Most calls in flight at once; further ones wait.
    pub max_in_flight: usize,
    /// What stands between a call and the service.
    pub guards: Guards,
    /// Whether `http` is taken for hosts other than this machine. Credentials then travel in clear.
    pub allow_plain_http: bool,
}

impl ClientConfig {
    /// Settings with 30 s, 64 MiB and 4 calls in flight, https only but on this machine, and no guards.
    pub fn new(
        endpoint: impl Into<String>,
        license_key: impl Into<SecretString>,
        password: impl Into<SecretString>,
    ) -> Self {
        Self {
            endpoint: endpoint.into(),
            license_key: license_key.into(),
            password: password.into(),
            timeout: Duration::from_secs(30),
            max_answer: 64 * 1024 * 1024,
            max_in_flight: 4,
            guards: Guards::off(),
            allow_plain_http: false,
        }
    }
}
