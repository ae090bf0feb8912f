use std::time::Duration;

use crate::code::{Code, Meaning};
use crate::codec::Broken;
use crate::rules::Invalid;

/// What can go wrong with a call. No variant carries the licence key, the password, or a piece of
/// an answer that could hold them.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    /// The client's settings cannot work.
    #[error("the ChargePoint connection is not set up rightly: {0}")]
    Config(String),
    /// The request breaks a rule of the guide; it was not sent.
    #[error("{}", .0.why)]
    Invalid(Invalid),
    /// The day's search with wildcards was made; it was not sent.
    #[error("ChargePoint allows one search with wildcards in a day, and today's was made")]
    WildcardSpent,
    /// Too many calls in this minute; it was not sent.
    #[error("too many calls to ChargePoint in this minute")]
    Budget {
        /// When there will be room.
        wait: Duration,
    },
    /// Too many calls failed one after the other; it was not sent.
    #[error("ChargePoint failed again and again, and is left alone for a moment")]
    Paused {
        /// When calls are tried again.
        wait: Duration,
    },
    /// The service could not be reached, or the connection broke.
    #[error("ChargePoint could not be reached: {0}")]
    Transport(String),
    /// No whole answer came within the time allowed.
    #[error("ChargePoint did not answer in time")]
    Timeout,
    /// The answer was not a SOAP message.
    #[error("ChargePoint answered HTTP {status} with {hint}")]
    HttpStatus {
        /// The HTTP status, which may be 200 (a login page, for example).
        status: u16,
        /// What came instead of SOAP; never a piece of it.
        hint: &'static str,
        /// For how long the answer asks to be left alone.
        wait: Option<Duration>,
    },
    /// The answer was larger than the client takes.
    #[error("ChargePoint's answer is larger than {limit} bytes")]
    TooLarge {
        /// The limit in bytes.
        limit: usize,
    },
    /// The answer was SOAP, but broken or not the answer to the call.
    #[error("ChargePoint's answer cannot be read: {0}")]
    Malformed(#[from] Broken),
    /// More rows were announced than came: a page brought nothing new. What came is not all, so it
    /// says nothing of what is missing from it.
    #[error("ChargePoint announced more rows than it gave: {received} came")]
    Incomplete {
        /// The rows that came.
        received: usize,
    },
    /// More rows than were wanted at most.
    #[error("there are more than {most} rows")]
    TooMany {
        /// The most that were wanted.
        most: usize,
    },
    /// The licence key or the password is wrong, or belongs to another region.
    #[error("ChargePoint refused the licence key or the password (or they are of another region)")]
    InvalidSecurity,
    /// Any other SOAP fault.
    #[error("ChargePoint answered with the fault {code}: {string}")]
    Fault {
        /// Local name of the `faultcode`.
        code: String,
        /// The `faultstring`.
        string: String,
    },
    /// A response code other than success or "nothing found"; see [`crate::code`].
    #[error("ChargePoint answered {code}: {text}")]
    Response {
        /// `responseCode`, a number as text.
        code: String,
        /// `responseText`.
        text: String,
        /// Of a refusal of what was asked for, the parameters that it is about, by their names in JSON.
        fields: Vec<String>,
    },
}

/// How the codes of faults begin that are told before anything is done (SOAP 1.1, 4.4.1; 1.2, 5.4.6).
const REFUSALS: [&str; 4] = ["Client", "Sender", "MustUnderstand", "VersionMismatch"];

impl From<Invalid> for Error {
    fn from(invalid: Invalid) -> Self {
        Self::Invalid(invalid)
    }
}

impl Error {
    /// What a response code means, where the failure has one that the guide knows. A refusal of what was asked
    /// for that can be about none of the call's parameters is a failure of the service.
    pub fn meaning(&self) -> Option<Meaning> {
        match self {
            Self::Response { code, fields, .. } => match Code::of(code).map(Code::meaning) {
                Some(Meaning::Invalid(_)) if fields.is_empty() => Some(Meaning::Upstream),
                meaning => meaning,
            },
            Self::Invalid(invalid) => Some(invalid.code.meaning()),
            _ => None,
        }
    }

    /// Whether a change that ended so may have been made: it was sent, and nobody said that it was refused.
    pub fn leaves_open(&self) -> bool {
        match self {
            Self::Timeout | Self::Transport(_) | Self::Malformed(_) | Self::TooLarge { .. } => true,
            Self::HttpStatus { status, .. } => *status != 429,
            Self::Fault { code, .. } => !REFUSALS.iter().any(|refusal| code.starts_with(refusal)),
            Self::Response { code, .. } => {
                let is_refusal = code == Code::NoOperation.number();
                !is_refusal && Code::of(code).is_none_or(|code| code.meaning() == Meaning::Upstream)
            }
            _ => false,
        }
    }
}
