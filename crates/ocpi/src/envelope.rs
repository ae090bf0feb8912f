//! What every answer is wrapped in.

use serde::{Deserialize, Serialize};

use crate::time;

/// An OCPI status code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Status(pub u16);

impl Status {
    pub const SUCCESS: Self = Self(1000);
    pub const CLIENT: Self = Self(2000);
    pub const INVALID: Self = Self(2001);
    pub const NOT_ENOUGH: Self = Self(2002);
    pub const UNKNOWN_LOCATION: Self = Self(2003);
    pub const UNKNOWN_TOKEN: Self = Self(2004);
    pub const SERVER: Self = Self(3000);
    /// The client's own interface cannot be used.
    pub const UNUSABLE: Self = Self(3001);
    pub const UNSUPPORTED_VERSION: Self = Self(3002);
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Envelope<T> {
    #[serde(default = "none", skip_serializing_if = "Option::is_none")]
    pub data: Option<T>,
    pub status_code: Status,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status_message: Option<String>,
    pub timestamp: String,
}

fn none<T>() -> Option<T> {
    None
}

impl<T> Envelope<T> {
    /// What was asked for.
    pub fn of(data: T) -> Self {
        Self {
            data: Some(data),
            status_code: Status::SUCCESS,
            status_message: None,
            timestamp: time::now(),
        }
    }

    /// That nothing is given, and why.
    pub fn refusal(status_code: Status, message: impl Into<String>) -> Self {
        Self {
            data: None,
            status_code,
            status_message: Some(message.into()),
            timestamp: time::now(),
        }
    }
}
