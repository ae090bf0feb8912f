use crate::codec::Broken;

/// What can go wrong with a call. No variant carries the licence key, the password, or a piece of
/// an answer that could hold them.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The client's settings cannot work.
    #[error("the ChargePoint connection is not set up rightly: {0}")]
    Config(String),
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
    },
}
