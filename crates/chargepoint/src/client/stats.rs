use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::calls::Answer;
use crate::code::Code;
use crate::error::Error;

/// Upper bounds of the spans by which durations are counted, in seconds.
pub const BOUNDS: [f64; 10] = [0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0];

/// How calls went since the start. One that got the answer of another is not counted.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CallStats {
    /// How often each outcome came: a response code, or what went wrong in a word.
    pub outcomes: BTreeMap<&'static str, u64>,
    /// How many lasted no longer than each of [`BOUNDS`], and all.
    pub within: [u64; BOUNDS.len() + 1],
    /// How long all of them lasted together, in seconds.
    pub seconds: f64,
}

/// Counts calls by name.
#[derive(Debug, Default)]
pub struct Stats(Mutex<BTreeMap<&'static str, CallStats>>);

impl Stats {
    /// Counts one that ended.
    pub fn count<A: Answer>(&self, call: &'static str, came: &Result<A, Error>, lasted: Duration) {
        let mut all = self.lock();
        let stats = all.entry(call).or_default();
        *stats.outcomes.entry(outcome(came)).or_default() += 1;
        let seconds = lasted.as_secs_f64();
        stats.seconds += seconds;
        for (n, count) in stats.within.iter_mut().enumerate() {
            if BOUNDS.get(n).is_none_or(|bound| seconds <= *bound) {
                *count += 1;
            }
        }
    }

    /// How calls went so far.
    pub fn all(&self) -> Vec<(&'static str, CallStats)> {
        self.lock()
            .iter()
            .map(|(call, stats)| (*call, stats.clone()))
            .collect()
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<&'static str, CallStats>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An outcome in a word; there are not many, whatever the service says.
fn outcome<A: Answer>(came: &Result<A, Error>) -> &'static str {
    match came {
        Ok(answer) => match answer.status() {
            None => Code::Success.number(),
            Some((code, _)) => Code::of(code).map_or("other", Code::number),
        },
        Err(Error::Timeout) => "timeout",
        Err(Error::Transport(_)) => "transport",
        Err(Error::HttpStatus { .. }) => "http",
        Err(Error::TooLarge { .. } | Error::Malformed(_) | Error::Incomplete { .. }) => "unreadable",
        Err(Error::InvalidSecurity) => "security",
        Err(Error::Fault { .. }) => "fault",
        Err(Error::Budget { .. } | Error::Paused { .. } | Error::WildcardSpent) => "not-sent",
        Err(Error::Config(_) | Error::Invalid(_) | Error::TooMany { .. } | Error::Response { .. }) => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calls::Coded;
    use crate::calls::alarms::GetAlarmsResponse;

    #[test]
    fn calls_are_counted_by_outcome_and_span() {
        let stats = Stats::default();
        let answer = |code: &str| Ok(GetAlarmsResponse::of_code(code, ""));
        stats.count("getAlarms", &answer("100"), Duration::from_millis(60));
        stats.count("getAlarms", &answer("101"), Duration::from_millis(10));
        stats.count("getAlarms", &answer("4711"), Duration::from_secs(99));
        let timeout: Result<GetAlarmsResponse, Error> = Err(Error::Timeout);
        stats.count("getAlarms", &timeout, Duration::from_secs(30));
        let all = stats.all();
        assert_eq!(all.len(), 1);
        let (_, found) = &all[0];
        let expected = [("100", 1), ("101", 1), ("other", 1), ("timeout", 1)];
        assert_eq!(found.outcomes, expected.into_iter().collect());
        assert_eq!(found.within, [1, 1, 2, 2, 2, 2, 2, 2, 2, 3, 4]);
        assert!((found.seconds - 129.07).abs() < 1e-9);
    }
}
