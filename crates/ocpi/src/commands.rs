//! Commands of others to our stations.

use serde::{Deserialize, Serialize};

use crate::locations::DisplayText;
use crate::tokens::Token;

/// The commands that there are.
pub const COMMANDS: &[&str] = &[
    "CANCEL_RESERVATION",
    "RESERVE_NOW",
    "START_SESSION",
    "STOP_SESSION",
    "UNLOCK_CONNECTOR",
];

/// What START_SESSION and RESERVE_NOW have in common: for whom, and where.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ForToken {
    pub response_url: String,
    pub token: Token,
    pub location_id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evse_uid: Option<String>,
}

/// What comes of it at first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommandResponse {
    /// `NOT_SUPPORTED`, `REJECTED`, `ACCEPTED` or `UNKNOWN_SESSION`.
    pub result: String,
    /// Seconds after which nothing more comes.
    pub timeout: u32,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub message: Vec<DisplayText>,
}
