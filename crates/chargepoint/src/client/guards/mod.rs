//! What keeps the account within what the service allows, and the service's troubles away from us.

mod breaker;
mod budget;
mod flights;
mod retry;
mod wildcard;

use std::time::Duration;

pub use breaker::{Breaker, BreakerState};
pub use budget::Budget;
pub use flights::Flights;
pub use retry::{may_pass, pause_before};
pub use wildcard::Wildcards;

/// What stands between a call and the service.
#[derive(Debug, Clone, PartialEq)]
pub struct Guards {
    /// Whether a request that breaks the guide's rules is refused here: [`crate::Error::Invalid`].
    pub checks: bool,
    /// Whether reads that ask the same at the same time are one call.
    pub share_reads: bool,
    /// How often a read that failed on its way is tried again. A write never is.
    pub retries: u32,
    /// About how long is waited before the first of them; then twice as long, and so on.
    pub retry_pause: Duration,
    /// Most calls in a minute; further ones wait their turn, or fail where that is too long.
    pub per_minute: Option<u32>,
    /// Whether one search with wildcards is made in a day, as the service allows.
    pub one_wildcard_a_day: bool,
    /// When calls are not even tried.
    pub breaker: Option<BreakerRule>,
}

/// When calls are not even tried: after so many failures in a row, for so long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BreakerRule {
    /// Calls that fail one after the other.
    pub failures: u32,
    /// How long none is tried; then one is, and decides.
    pub pause: Duration,
}

impl Default for Guards {
    /// All of them: two further tries, 300 calls in a minute, and a pause of 15 s after 5 failures.
    fn default() -> Self {
        Self {
            checks: true,
            share_reads: true,
            retries: 2,
            retry_pause: Duration::from_millis(250),
            per_minute: Some(300),
            one_wildcard_a_day: true,
            breaker: Some(BreakerRule {
                failures: 5,
                pause: Duration::from_secs(15),
            }),
        }
    }
}

impl Guards {
    /// None of them: each call is sent once, as it is.
    pub fn off() -> Self {
        Self {
            checks: false,
            share_reads: false,
            retries: 0,
            retry_pause: Duration::ZERO,
            per_minute: None,
            one_wildcard_a_day: false,
            breaker: None,
        }
    }
}
