//! How long somebody waits who failed to sign in: longer each time. Counted for an e-mail address from one
//! place, and more patiently for the address from everywhere, so that nobody is kept out by a stranger's
//! guesses for long.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// Failures without a wait, from one place and from everywhere.
const FREE: u32 = 3;
const FREE_FROM_EVERYWHERE: u32 = 20;
/// The longest wait, in seconds.
const LONGEST: u64 = 900;
const LONGEST_FROM_EVERYWHERE: u64 = 30;
/// After how long failures are forgotten.
const KEPT: Duration = Duration::from_secs(24 * 3600);
/// The most that are kept.
const MAX_KEPT: usize = 50_000;

/// The failures of late.
#[derive(Default)]
pub struct Failures {
    counts: Mutex<HashMap<(String, String), (u32, Instant)>>,
}

impl Failures {
    /// Fails with the seconds that are left to wait.
    pub fn wait(&self, email: &str, address: &str) -> Result<(), u64> {
        self.wait_at(email, address, Instant::now())
    }

    fn wait_at(&self, email: &str, address: &str, now: Instant) -> Result<(), u64> {
        let Ok(counts) = self.counts.lock() else {
            return Ok(());
        };
        let left = |address: &str, free: u32, longest: u64| {
            let (times, last) = counts.get(&(email.to_owned(), address.to_owned()))?;
            let over = times.checked_sub(free)?;
            let wait = 1_u64.checked_shl(over).unwrap_or(longest).min(longest);
            wait.checked_sub((now - *last).as_secs()).filter(|left| *left > 0)
        };
        let here = left(address, FREE, LONGEST);
        let everywhere = left("", FREE_FROM_EVERYWHERE, LONGEST_FROM_EVERYWHERE);
        here.max(everywhere).map_or(Ok(()), Err)
    }

    /// Notes a failure.
    pub fn note(&self, email: &str, address: &str) {
        self.note_at(email, address, Instant::now());
    }

    fn note_at(&self, email: &str, address: &str, now: Instant) {
        let Ok(mut counts) = self.counts.lock() else {
            return;
        };
        if counts.len() >= MAX_KEPT {
            counts.retain(|_, (_, last)| now - *last < KEPT);
        }
        if counts.len() >= MAX_KEPT {
            // Guesses at names that nobody has fill it; those for one address from everywhere stay.
            counts.retain(|(_, address), _| address.is_empty());
        }
        for address in [address, ""] {
            let (times, last) = counts
                .entry((email.to_owned(), address.to_owned()))
                .or_insert((0, now));
            *times = if now - *last < KEPT {
                times.saturating_add(1)
            } else {
                1
            };
            *last = now;
        }
    }

    /// Somebody signed in: the failures from that place are forgotten.
    pub fn forget(&self, email: &str, address: &str) {
        if let Ok(mut counts) = self.counts.lock() {
            counts.remove(&(email.to_owned(), address.to_owned()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_failure_takes_longer_up_to_a_quarter_of_an_hour() {
        let (failures, now) = (Failures::default(), Instant::now());
        let mut waits = Vec::new();
        for _ in 0..16 {
            failures.note_at("a@b", "1.1.1.1", now);
            waits.push(failures.wait_at("a@b", "1.1.1.1", now).err().unwrap_or_default());
        }
        assert_eq!(
            waits,
            [0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900, 900]
        );
        let later = now + Duration::from_secs(899);
        assert_eq!(failures.wait_at("a@b", "1.1.1.1", later), Err(1));
        assert_eq!(
            failures.wait_at("a@b", "1.1.1.1", later + Duration::from_secs(1)),
            Ok(())
        );
    }

    #[test]
    fn a_strangers_guesses_keep_the_owner_out_for_half_a_minute_at_most() {
        let (failures, now) = (Failures::default(), Instant::now());
        for n in 0..1_000 {
            failures.note_at("a@b", &n.to_string(), now);
        }
        assert_eq!(failures.wait_at("a@b", "owner", now), Err(30));
        assert_eq!(failures.wait_at("other@b", "owner", now), Ok(()));
        failures.note_at("a@b", "owner", now);
        failures.forget("a@b", "owner");
        assert_eq!(
            failures.wait_at("a@b", "owner", now + Duration::from_secs(30)),
            Ok(())
        );
    }
}
