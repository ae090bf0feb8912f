use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::Duration;

use crate::error::Error;

/// Whether a failure may be over in a moment: the connection broke, or a server on the way was busy.
pub fn may_pass(outcome: &Result<u16, Error>) -> bool {
    match outcome {
        Ok(status) => matches!(status, 429 | 502 | 503 | 504),
        Err(error) => matches!(error, Error::Transport(_)),
    }
}

/// How long to wait before trying again for the `n`-th time, from 0: twice as long each time, and half
/// as much more or less by chance, so that those who failed together do not come back together.
pub fn pause_before(n: u32, first: Duration) -> Duration {
    let chance = RandomState::new().build_hasher().finish() % 1000;
    let longest = first.saturating_mul(2_u32.saturating_pow(n));
    longest / 2 + longest.mul_f64(chance as f64 / 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_differ() {
        let first = Duration::from_millis(100);
        for n in 0..4 {
            let middle = first * 2_u32.pow(n);
            let pauses: Vec<Duration> = (0..50).map(|_| pause_before(n, first)).collect();
            assert!(
                pauses.iter().all(|p| (middle / 2..middle * 3 / 2).contains(p)),
                "{pauses:?}"
            );
            assert!(pauses.iter().any(|pause| *pause != pauses[0]), "{pauses:?}");
        }
        assert_eq!(pause_before(3, Duration::ZERO), Duration::ZERO);
    }
}
