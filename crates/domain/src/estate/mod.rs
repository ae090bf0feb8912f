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
