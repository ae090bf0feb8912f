use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::BreakerRule;

/// Whether calls are tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BreakerState {
    /// They are.
    Closed,
    /// None is, for so long; too many failed.
    Open(Duration),
    /// The pause is over: the next call decides.
    HalfOpen,
}

/// A circuit breaker.
#[derive(Debug)]
pub struct Breaker {
    rule: Option<BreakerRule>,
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    failures: u32,
    open_until: Option<Instant>,
    probing: bool,
}

/// The right to try one call. One that is dropped without a word says nothing of the service.
#[derive(Debug)]
pub struct Ticket<'a> {
    breaker: &'a Breaker,
    probe: bool,
}

impl Breaker {
    pub fn new(rule: Option<BreakerRule>) -> Self {
        Self {
            rule,
            inner: Mutex::default(),
        }
    }

    /// Asks to try a call.
    ///
    /// # Errors
    /// How long to wait where none is tried.
    pub fn admit(&self, now: Instant) -> Result<Ticket<'_>, Duration> {
        let mut inner = self.inner();
        let Some(until) = inner.open_until else {
            return Ok(self.ticket(false));
        };
        if now < until {
            return Err(until - now);
        }
        if std::mem::replace(&mut inner.probing, true) {
            return Err(Duration::from_secs(1));
        }
        Ok(self.ticket(true))
    }

    fn ticket(&self, probe: bool) -> Ticket<'_> {
        Ticket { breaker: self, probe }
    }

    pub fn state(&self, now: Instant) -> BreakerState {
        match self.inner().open_until {
            None => BreakerState::Closed,
            Some(until) if now < until => BreakerState::Open(until - now),
            Some(_) => BreakerState::HalfOpen,
        }
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Ticket<'_> {
    /// Says how the call went.
    pub fn done(self, well: bool, now: Instant) {
        let mut inner = self.breaker.inner();
        if well {
            inner.failures = 0;
            // A call that began before the pause says nothing of now.
            if self.probe {
                inner.open_until = None;
            }
            return;
        }
        inner.failures = inner.failures.saturating_add(1);
        if let Some(rule) = self.breaker.rule
            && (self.probe || inner.failures >= rule.failures)
        {
            inner.open_until = Some(now + rule.pause);
        }
    }
}

impl Drop for Ticket<'_> {
    fn drop(&mut self) {
        if self.probe {
            self.breaker.inner().probing = false;
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const PAUSE: Duration = Duration::from_secs(10);

    fn breaker() -> Breaker {
        Breaker::new(Some(BreakerRule {
            failures: 3,
            pause: PAUSE,
        }))
    }

    fn fail(breaker: &Breaker, times: u32, now: Instant) {
        for _ in 0..times {
            breaker.admit(now).unwrap().done(false, now);
        }
    }

    #[test]
    fn it_opens_after_failures_in_a_row_and_closes_after_a_call_that_works() {
        let (breaker, now) = (breaker(), Instant::now());
        fail(&breaker, 2, now);
        breaker.admit(now).unwrap().done(true, now);
        fail(&breaker, 2, now);
        assert_eq!(breaker.state(now), BreakerState::Closed, "not in a row");
        fail(&breaker, 1, now);
        assert_eq!(breaker.state(now), BreakerState::Open(PAUSE));
        assert_eq!(breaker.admit(now).unwrap_err(), PAUSE);

        let later = now + PAUSE;
        assert_eq!(breaker.state(later), BreakerState::HalfOpen);
        let probe = breaker.admit(later).unwrap();
        assert!(breaker.admit(later).is_err(), "one decides");
        probe.done(true, later);
        assert_eq!(breaker.state(later), BreakerState::Closed);
        breaker.admit(later).unwrap().done(true, later);
    }

    #[test]
    fn a_probe_that_fails_opens_it_again_and_one_that_is_given_up_lets_the_next_try() {
        let (breaker, now) = (breaker(), Instant::now());
        fail(&breaker, 3, now);
        let later = now + PAUSE;
        fail(&breaker, 1, later);
        assert_eq!(breaker.state(later), BreakerState::Open(PAUSE));
        let later = later + PAUSE;
        drop(breaker.admit(later).unwrap());
        assert_eq!(breaker.state(later), BreakerState::HalfOpen);
        breaker.admit(later).unwrap().done(true, later);
        assert_eq!(breaker.state(later), BreakerState::Closed);
    }

    #[test]
    fn a_call_from_before_the_pause_does_not_end_it() {
        let (breaker, now) = (breaker(), Instant::now());
        let early = breaker.admit(now).unwrap();
        fail(&breaker, 3, now);
        early.done(true, now);
        assert_eq!(breaker.state(now), BreakerState::Open(PAUSE));
    }

    #[test]
    fn without_a_rule_it_stays_closed() {
        let (breaker, now) = (Breaker::new(None), Instant::now());
        fail(&breaker, 100, now);
        assert_eq!(breaker.state(now), BreakerState::Closed);
    }
}
