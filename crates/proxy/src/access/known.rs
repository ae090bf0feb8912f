//! Who asked lately, so that not every request looks up its session, its account and its role.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use domain::Timestamp;

use super::Identity;
use crate::clock;

/// How many callers are kept: whoever is beyond them is looked up as everybody was.
const MOST: usize = 1_000;
/// How long one is kept at most. What changes is seen at once, by the audit log; this is for what somebody did to
/// the database itself.
const LONGEST: Duration = Duration::from_secs(60);

/// A caller as the books had it.
pub struct Held {
    pub identity: Arc<Identity>,
    /// When it ends by itself.
    pub until: Timestamp,
    /// The audit log's last line before it was looked up.
    pub mark: i64,
    at: Instant,
    /// That the session or key is in use.
    is_noted: AtomicBool,
}

impl Held {
    /// A caller who was looked up now, after the audit log ended in that line; the session or key was `seen` in use
    /// last, as far as was noted.
    pub fn new(identity: Identity, (seen, until): (Option<Timestamp>, Timestamp), mark: i64) -> Self {
        let lately = clock::minutes_ago(1);
        Self {
            identity: Arc::new(identity),
            until,
            mark,
            at: Instant::now(),
            is_noted: AtomicBool::new(seen.is_some_and(|seen| seen >= lately)),
        }
    }

    /// Whether it is for this one to note the use: nobody did lately, or since it was looked up.
    pub fn is_first(&self) -> bool {
        !self.is_noted.load(Ordering::Relaxed) && !self.is_noted.swap(true, Ordering::Relaxed)
    }
}

/// Callers by the digest of their secret. They hold as long as the audit log ends in the same line: whatever ends
/// a session or a key, or changes what an account may do, leaves a line in the same transaction, on whichever
/// server it was.
#[derive(Default)]
pub struct Known(Mutex<HashMap<String, Arc<Held>>>);

impl Known {
    /// The caller of a secret, if they were looked up since the last change, and have not ended at that time.
    pub fn get(&self, digest: &str, mark: i64, now: &str) -> Option<Arc<Held>> {
        let known = self.lock();
        let held = known.get(digest)?;
        let holds = held.mark == mark && held.at.elapsed() < LONGEST && now < held.until.as_str();
        holds.then(|| Arc::clone(held))
    }

    /// Keeps a caller.
    pub fn keep(&self, digest: String, held: Held) -> Arc<Held> {
        let held = Arc::new(held);
        let mut known = self.lock();
        if known.len() >= MOST && !known.contains_key(&digest) {
            known.retain(|_, old| old.mark == held.mark && old.at.elapsed() < LONGEST);
            if known.len() >= MOST {
                known.clear();
            }
        }
        known.insert(digest, Arc::clone(&held));
        held
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Arc<Held>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(mark: i64) -> Held {
        Held::new(Identity::default(), (None, "2026-11-20T12:00:00Z".into()), mark)
    }

    #[test]
    fn a_caller_holds_until_something_changed_or_their_time_is_over() {
        let known = Known::default();
        known.keep("a".into(), held(7));
        let is_known = |digest, mark, now| known.get(digest, mark, now).is_some();
        assert!(is_known("a", 7, "2026-11-20T11:59:59Z"));
        assert!(!is_known("a", 8, "2026-11-20T11:59:59Z"), "a line was added");
        assert!(!is_known("a", 7, "2026-11-20T12:00:00Z"), "it ended");
        assert!(!is_known("b", 7, "2026-11-20T11:59:59Z"));
    }

    #[test]
    fn the_use_is_noted_by_one_of_many() {
        let held = held(1);
        assert_eq!(
            (0..3).map(|_| held.is_first()).collect::<Vec<_>>(),
            [true, false, false]
        );
        let seen = |at| Held::new(Identity::default(), (Some(at), clock::now()), 1);
        assert!(!seen(clock::now()).is_first(), "it was noted just now");
        assert!(seen(clock::minutes_ago(2)).is_first());
    }

    #[test]
    fn there_are_never_too_many() {
        let known = Known::default();
        for n in 0..3 * MOST {
            known.keep(n.to_string(), held(1));
            assert!(known.lock().len() <= MOST);
        }
        assert!(
            known.get(&(3 * MOST - 1).to_string(), 1, "").is_some(),
            "the last one is there"
        );
    }
}
