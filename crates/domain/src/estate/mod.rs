//! What ChargePoint knows of a location's stations, read over SOAP and never stored as truth.

pub mod lists;

use serde::{Deserialize, Serialize};

use crate::Timestamp;
use crate::problem::Problem;

/// What a port is doing, in the portal's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum PortStatus {
    Available,
    InUse,
    Unreachable,
    /// ChargePoint gave no status, or one that the portal does not know.
    Unknown,
}

impl PortStatus {
    pub fn word(self) -> &'static str {
        match self {
            Self::Available => "Available",
            Self::InUse => "In use",
            Self::Unreachable => "Unreachable",
            Self::Unknown => "Unknown",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Port {
    pub port_number: String,
    pub status: PortStatus,
    /// ChargePoint's words for a fault.
    pub fault_reason: Option<String>,
    pub connector: Option<String>,
    /// `L1`, `L2` or `DC`.
    pub level: Option<String>,
    /// Nominal, in kW.
    pub power_kw: Option<f64>,
    pub status_at: Option<Timestamp>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Station {
    /// `CPNID:StationIdentifier`.
    pub station_id: String,
    pub name: String,
    pub manufacturer: Option<String>,
    pub model: Option<String>,
    pub serial_number: Option<String>,
    /// ChargePoint's words, for example `Reachable`.
    pub network_status: Option<String>,
    pub ports: Vec<Port>,
}

/// GET `/locations/{id}/stations`: the last answer of ChargePoint and how old it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct LocationStations {
    pub items: Vec<Station>,
    /// When ChargePoint gave this answer; none: it never did, and only ids and names are known.
    pub as_of: Option<Timestamp>,
    /// Why the answer is not fresh.
    pub problem: Option<Problem>,
}

/// GET `/chargepoint`: how the connection to ChargePoint is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ChargePointStatus {
    /// The server knows an address, a licence key and a password.
    pub configured: bool,
    /// The estate is simulated: the stand-in answers in ChargePoint's place.
    pub sandbox: bool,
    /// When ChargePoint last gave a good answer.
    pub last_answer: Option<Timestamp>,
    /// What the last call met, if it was not a good answer.
    pub problem: Option<Problem>,
    /// When it met that.
    pub problem_at: Option<Timestamp>,
}

/// GET `/chargepoint`: how the connection is, with what it has to go by.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ChargePointConnection {
    #[serde(flatten)]
    pub status: ChargePointStatus,
    /// `na`, `eu`, `ca`, `na-qa` or `eu-qa`; none where another address is asked.
    pub region: Option<String>,
    /// The region as people call it.
    pub region_name: Option<String>,
    /// The address that is asked.
    pub address: Option<String>,
    /// There is a licence key; it never leaves the server.
    pub has_licence_key: bool,
    /// There is a password; it never leaves the server.
    pub has_password: bool,
    /// Whether calls are tried: `Closed`, as usual; `Open`, for a while none is; `Trying`, one is.
    pub breaker: Option<String>,
    /// The same in words.
    pub calls: Option<String>,
    /// Seconds until calls are tried again.
    pub tried_in: Option<u64>,
    /// Most calls in a minute; none where nobody counts.
    pub per_minute: Option<u64>,
    /// How many of this minute's calls are left.
    pub calls_left: Option<u64>,
    /// How many searches with wildcards are left today, of the one that there is; none where nobody counts.
    pub wildcards_left: Option<u64>,
    /// Calls on their way now.
    pub in_flight: u64,
    /// Requests sent since the portal started.
    pub sent: u64,
    /// How many of them were further tries.
    pub retried: u64,
    /// What is kept, for each call of which there is something.
    pub kept: Vec<KeptCall>,
}

/// What is kept of a call's answers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct KeptCall {
    /// The call's name: `getStations`.
    pub call: String,
    /// For how many seconds an answer is passed on.
    pub kept_for: u64,
    /// How many answers are kept.
    pub answers: u64,
    /// How many rows they hold together.
    pub rows: u64,
    /// The age of the newest, in seconds.
    pub age_seconds: u64,
    /// The age of the oldest, in seconds.
    pub oldest_seconds: u64,
    /// How often an answer was passed on while it was fresh.
    pub hits: u64,
    /// How often ChargePoint had to be asked.
    pub misses: u64,
    /// How often an old answer was passed on, because ChargePoint was down.
    pub stale: u64,
}

/// POST `/chargepoint/test`: what ChargePoint answered now.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ChargePointTest {
    /// How long it took, in milliseconds.
    pub milliseconds: u64,
    /// The instances of its network that it named.
    pub networks: Vec<String>,
}
