use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

/// Searches with wildcards: the service allows one in a day.
#[derive(Debug)]
pub struct Wildcards {
    guarded: bool,
    /// The last day (UTC, since 1970) on which one was made.
    spent: Mutex<Option<u64>>,
}

impl Wildcards {
    pub fn new(guarded: bool) -> Self {
        Self {
            guarded,
            spent: Mutex::default(),
        }
    }

    /// Takes the day's search; whether it was still there.
    pub fn take(&self, now: SystemTime) -> bool {
        let today = day(now);
        !self.guarded || self.lock().replace(today) != Some(today)
    }

    /// Whether the day's search is still there; none where nobody counts.
    pub fn is_left(&self, now: SystemTime) -> Option<bool> {
        self.guarded.then(|| *self.lock() != Some(day(now)))
    }

    /// Gives it back: nothing was sent.
    pub fn give_back(&self) {
        *self.lock() = None;
    }

    /// The service says that it was made already.
    pub fn spend(&self, now: SystemTime) {
        *self.lock() = Some(day(now));
    }

    fn lock(&self) -> MutexGuard<'_, Option<u64>> {
        self.spent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn day(now: SystemTime) -> u64 {
    let since = now.duration_since(SystemTime::UNIX_EPOCH);
    since.map_or(0, |since| since.as_secs() / 86_400)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn one_in_a_day() {
        let noon = SystemTime::UNIX_EPOCH + Duration::from_secs(86_400 * 20_000 + 43_200);
        let (evening, tomorrow) = (
            noon + Duration::from_secs(43_199),
            noon + Duration::from_secs(43_200),
        );
        let wildcards = Wildcards::new(true);
        assert_eq!(wildcards.is_left(noon), Some(true));
        assert!(wildcards.take(noon));
        assert_eq!(wildcards.is_left(evening), Some(false));
        assert!(!wildcards.take(evening));
        assert!(wildcards.take(tomorrow));
        wildcards.give_back();
        assert!(wildcards.take(tomorrow));
        wildcards.give_back();
        wildcards.spend(tomorrow);
        assert!(!wildcards.take(tomorrow));
        let free = Wildcards::new(false);
        assert!(free.take(noon) && free.take(noon) && free.is_left(noon).is_none());
    }
}
