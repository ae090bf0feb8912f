//! How often strangers may ask, and accounts for what takes the server long. Counted in memory: a restart forgets, and the codes are long
//! enough to stand without.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::{Duration, Instant};

const MINUTE: u64 = 60;
const HOUR: u64 = 3600;

/// So many times in that many seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rule {
    name: &'static str,
    most: u32,
    seconds: u64,
    /// Counted for each client; those counts go first when memory runs short.
    of_client: bool,
}

const fn rule(name: &'static str, most: u32, seconds: u64, of_client: bool) -> Rule {
    Rule {
        name,
        most,
        seconds,
        of_client,
    }
}

/// Pages that a client reads.
pub const VIEWS: Rule = rule("views", 240, MINUTE, true);
/// Forms that a client sends. A company's drivers may share one address.
pub const SENDS: Rule = rule("sends", 60, 10 * MINUTE, true);
/// Forms with nothing wrong in them, with one e-mail address, that a client sends to one connection. Counted for
/// the client: a stranger who knows a driver's address keeps the driver out nowhere else.
pub const SENDS_OF_ADDRESS: Rule = rule("sends of an address", 10, HOUR, true);
/// Forms with nothing wrong in them, sent to one connection by all.
pub const SENDS_TO_ONE: Rule = rule("sends to one", 600, HOUR, false);
/// Search codes that a client tries.
pub const SEARCHES: Rule = rule("searches", 10, 10 * MINUTE, true);
/// Search codes that all try, with nothing wrong in their forms: of some 850,000,000,000, nobody guesses one at that pace.
pub const SEARCHES_OF_ALL: Rule = rule("searches of all", 600, HOUR, false);

/// Sign-ins that a client tries. A company's operators may share one address.
pub const SIGN_INS: Rule = rule("sign-ins", 60, 10 * MINUTE, true);
/// Sign-ins that all try: each takes the server a moment of hard work.
pub const SIGN_INS_OF_ALL: Rule = rule("sign-ins of all", 600, MINUTE, false);

/// Imports that an account begins. A file of a hundred locations is a hundred imports.
pub const IMPORTS: Rule = rule("imports", 600, 10 * MINUTE, true);
/// Lists that an account takes as a file.
pub const EXPORTS: Rule = rule("exports", 300, 10 * MINUTE, true);

/// The most counts that are kept.
const MAX_KEPT: usize = 50_000;

struct Count {
    since: Instant,
    times: u32,
}

/// The counts.
#[derive(Default)]
pub struct Limits {
    counts: Mutex<HashMap<(Rule, String), Count>>,
}

impl Limits {
    /// Counts one more.
    ///
    /// # Errors
    /// It is one too many; the seconds after which it will do.
    pub fn count(&self, rule: Rule, of: &str) -> Result<(), u64> {
        self.count_at(rule, of, Instant::now())
    }

    fn count_at(&self, rule: Rule, of: &str, now: Instant) -> Result<(), u64> {
        let Ok(mut counts) = self.counts.lock() else {
            return Ok(());
        };
        if counts.len() >= MAX_KEPT {
            let is_over = |rule: &Rule, count: &Count| now - count.since >= Duration::from_secs(rule.seconds);
            counts.retain(|(rule, _), count| !is_over(rule, count));
            if counts.len() >= MAX_KEPT {
                counts.retain(|(rule, _), _| !rule.of_client);
            }
        }
        let count = counts
            .entry((rule, of.to_owned()))
            .or_insert(Count { since: now, times: 0 });
        let passed = (now - count.since).as_secs();
        if passed >= rule.seconds {
            *count = Count { since: now, times: 0 };
        } else if count.times >= rule.most {
            return Err(rule.seconds - passed);
        }
        count.times += 1;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn one_too_many_waits_for_the_rest_of_the_time() {
        let (limits, now) = (Limits::default(), Instant::now());
        let at = |of: &str, seconds| limits.count_at(SEARCHES, of, now + Duration::from_secs(seconds));
        for _ in 0..SEARCHES.most {
            at("a", 0).unwrap();
        }
        assert_eq!(at("a", 100), Err(500));
        assert_eq!(at("b", 100), Ok(()));
        assert_eq!(at("a", 600), Ok(()));
    }

    #[test]
    fn memory_has_an_end_and_counts_of_all_stay() {
        let (limits, now) = (Limits::default(), Instant::now());
        limits.count_at(SEARCHES_OF_ALL, "", now).unwrap();
        for n in 0..MAX_KEPT + 10 {
            limits.count_at(VIEWS, &n.to_string(), now).unwrap();
        }
        let counts = limits.counts.lock().unwrap();
        assert!(counts.len() < MAX_KEPT);
        assert!(counts.contains_key(&(SEARCHES_OF_ALL, String::new())));
    }
}
