use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chargepoint::DateTime;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// Where the stand-in reads the time, in seconds since 1970 UTC.
#[derive(Debug, Clone)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// A clock that is set by hand.
    Manual(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at a moment until [`Clock::set`].
    pub fn manual(seconds: i64) -> Self {
        Self::Manual(Arc::new(AtomicI64::new(seconds)))
    }

    /// Sets a manual clock; the machine's clock takes no notice.
    pub fn set(&self, seconds: i64) {
        if let Self::Manual(clock) = self {
            clock.store(seconds, Ordering::Relaxed);
        }
    }

    /// Seconds since 1970 UTC.
    pub fn now(&self) -> i64 {
        match self {
            Self::System => OffsetDateTime::now_utc().unix_timestamp(),
            Self::Manual(clock) => clock.load(Ordering::Relaxed),
        }
    }
}

/// A moment as the service writes it; moments no calendar has give 1970.
pub fn date_time(seconds: i64) -> DateTime {
    let moment = OffsetDateTime::from_unix_timestamp(seconds).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    DateTime(moment.format(&Rfc3339).unwrap_or_default())
}

/// The moment that a text names, in seconds since 1970 UTC.
pub fn seconds(moment: &str) -> Option<i64> {
    let moment = OffsetDateTime::parse(moment, &Rfc3339).ok()?;
    Some(moment.unix_timestamp())
}
