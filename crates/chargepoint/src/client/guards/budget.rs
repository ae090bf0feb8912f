use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

const MINUTE: Duration = Duration::from_secs(60);

/// So many calls in any minute; who comes later gets a moment of their own to begin at.
#[derive(Debug)]
pub struct Budget {
    most: Option<usize>,
    /// When the last calls began or are to begin.
    begun: Mutex<VecDeque<Instant>>,
}

impl Budget {
    pub fn new(per_minute: Option<u32>) -> Self {
        Self {
            most: per_minute.map(|most| most.max(1) as usize),
            begun: Mutex::default(),
        }
    }

    /// How many calls a minute may have, and how many of this minute's are left; none where nobody counts.
    pub fn left(&self, now: Instant) -> Option<(usize, usize)> {
        let most = self.most?;
        let begun = self.begun.lock().unwrap_or_else(PoisonError::into_inner);
        let used = begun.iter().filter(|at| **at + MINUTE > now).count();
        Some((most, most.saturating_sub(used)))
    }

    /// When a call may begin that must not wait beyond `deadline`.
    ///
    /// # Errors
    /// How long it would have to wait.
    pub fn reserve(&self, now: Instant, deadline: Instant) -> Result<Instant, Duration> {
        let Some(most) = self.most else {
            return Ok(now);
        };
        let mut begun = self.begun.lock().unwrap_or_else(PoisonError::into_inner);
        while begun.front().is_some_and(|at| *at + MINUTE <= now) {
            begun.pop_front();
        }
        let at = match begun.len().checked_sub(most) {
            Some(before) => begun.get(before).map_or(now, |at| *at + MINUTE),
            None => now,
        };
        if at >= deadline && at > now {
            return Err(at - now);
        }
        begun.push_back(at);
        Ok(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_minute_has_more_calls_than_allowed() {
        let budget = Budget::new(Some(3));
        let start = Instant::now();
        let far = start + Duration::from_secs(3600);
        let second = Duration::from_secs(1);
        let begun: Vec<Instant> = (0..7)
            .filter_map(|n| budget.reserve(start + n * second, far).ok())
            .collect();
        let after: Vec<u64> = begun.iter().map(|at| (*at - start).as_secs()).collect();
        assert_eq!(after, [0, 1, 2, 60, 61, 62, 120]);
        // Who cannot wait is told how long it would be, and takes nobody's place.
        let now = start + 10 * second;
        assert_eq!(budget.reserve(now, now + 30 * second), Err(111 * second));
        assert_eq!(budget.reserve(now, far), Ok(start + 121 * second));
        assert_eq!(budget.left(start + 62 * second), Some((3, 0)));
        // A minute later all is as it was.
        let later = start + 1000 * second;
        assert_eq!(budget.left(later), Some((3, 3)));
        assert_eq!(budget.reserve(later, later), Ok(later));
        assert_eq!(budget.left(later), Some((3, 2)));
    }

    #[test]
    fn without_a_number_nobody_waits() {
        let budget = Budget::new(None);
        let now = Instant::now();
        for _ in 0..1000 {
            assert_eq!(budget.reserve(now, now), Ok(now));
        }
        assert_eq!(budget.left(now), None);
    }
}
