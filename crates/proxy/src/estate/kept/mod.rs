//! ChargePoint's answers, kept for a while: who asks the same meanwhile gets the same, and where
//! ChargePoint is down, the last one with its age.

mod room;

pub use room::{Ages, Counts};

use std::any::Any;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use domain::Timestamp;
use domain::problem::Problem;

use room::{Inner, Slot, let_go};

use super::problems;
use crate::clock;
use crate::problem::Error;

/// How long after a failure the last answer is passed on without asking: a page that asks often is not to
/// wait each time.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long a question that means too many rows is not asked again: to find that out took most of a minute's calls.
const TOO_MANY: Duration = Duration::from_secs(3600);

/// An answer and how old it is.
pub struct Kept<T: ?Sized> {
    pub answer: Arc<T>,
    /// When ChargePoint was asked for it.
    pub as_of: Timestamp,
    at: Instant,
    /// Why there is no newer one, where one was wanted.
    pub problem: Option<Problem>,
}

impl<T: ?Sized> Kept<T> {
    /// Its age in seconds.
    pub fn age(&self) -> u64 {
        self.at.elapsed().as_secs()
    }
}

impl<T: ?Sized> Clone for Kept<T> {
    fn clone(&self) -> Self {
        Self {
            answer: Arc::clone(&self.answer),
            as_of: self.as_of.clone(),
            at: self.at,
            problem: self.problem.clone(),
        }
    }
}

/// A question.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Question {
    /// The call's name.
    pub call: &'static str,
    /// What is asked for.
    pub about: String,
    /// Only one page of it.
    pub page: bool,
}

type Held = Kept<dyn Any + Send + Sync>;

fn held<T: Send + Sync + 'static>(found: &Kept<T>) -> Held {
    let Kept {
        answer,
        as_of,
        at,
        problem,
    } = found.clone();
    Kept {
        answer,
        as_of,
        at,
        problem,
    }
}

fn of<T: Send + Sync + 'static>(held: &Held) -> Option<Kept<T>> {
    let Held {
        answer,
        as_of,
        at,
        problem,
    } = held.clone();
    let answer = answer.downcast().ok()?;
    Some(Kept {
        answer,
        as_of,
        at,
        problem,
    })
}

#[derive(Default)]
pub struct State {
    last: Option<(Held, u64)>,
    /// When asking last ended, well or not, and what it met.
    ended: Option<(Instant, Option<chargepoint::Error>)>,
}

/// All answers that are kept.
#[derive(Default)]
pub struct Answers(Mutex<Inner>);

impl Answers {
    /// The answer to a question: one that is not older than `fresh`, or a new one; where ChargePoint cannot
    /// give one, the last. With `anew`, only one that was asked for from now on.
    ///
    /// # Errors
    /// There is none, or ChargePoint will not give one.
    pub async fn get<T, F>(
        &self,
        question: Question,
        fresh: Duration,
        anew: bool,
        rows: fn(&T) -> usize,
        ask: F,
    ) -> Result<Kept<T>, Error>
    where
        T: Send + Sync + 'static,
        F: Future<Output = Result<T, chargepoint::Error>>,
    {
        let (asked, call) = (Instant::now(), question.call);
        let slot = Arc::clone(self.inner().slots.entry(question).or_default());
        lock(&slot.use_).asked = Some(asked);
        let mut state = slot.state.lock().await;
        let (changes, outdated) = self.changes(call);
        // Who waited while it was asked for gets what came.
        let was_waited_for = state.ended.as_ref().is_some_and(|(at, _)| *at >= asked);
        if let Some((at, Some(error))) = &state.ended
            && (was_waited_for || !anew && at.elapsed() < PATIENCE && state.last.is_some())
        {
            return self.old(call, &state, error);
        }
        if let Some((at, Some(error @ chargepoint::Error::TooMany { .. }))) = &state.ended
            && !anew
            && at.elapsed() < TOO_MANY
        {
            return Err(problems::error(error));
        }
        let usable = state.last.as_ref().filter(|(held, then)| {
            let in_time = !anew && held.at.elapsed() < fresh && outdated.is_none_or(|at| held.at >= at);
            *then == changes && (in_time || was_waited_for)
        });
        if let Some(found) = usable.and_then(|(held, _)| of(held)) {
            self.count(call, |counts| counts.hits += 1);
            return Ok(found);
        }
        self.count(call, |counts| counts.misses += 1);
        let (as_of, at) = (clock::now(), Instant::now());
        match ask.await {
            Ok(answer) => {
                let (answer, problem) = (Arc::new(answer), None);
                let found = Kept {
                    answer,
                    as_of,
                    at,
                    problem,
                };
                let before = state.last.replace((held(&found), changes));
                state.ended = Some((Instant::now(), None));
                drop(state);
                let (of_before, gone) = self.keep(&slot, rows(&found.answer), at);
                let_go(of_before, before);
                let_go(gone.iter().map(|slot| lock(&slot.use_).rows).sum(), gone);
                Ok(found)
            }
            Err(error) => {
                let found = self.old(call, &state, &error);
                state.ended = Some((Instant::now(), Some(error)));
                drop(state);
                let gone = self.inner().make_room();
                let_go(gone.iter().map(|slot| lock(&slot.use_).rows).sum(), gone);
                found
            }
        }
    }

    /// The last answer and why there is no new one.
    fn old<T>(&self, call: &'static str, state: &State, error: &chargepoint::Error) -> Result<Kept<T>, Error>
    where
        T: Send + Sync + 'static,
    {
        let last = state.last.as_ref().filter(|_| problems::is_down(error));
        let Some(mut found) = last.and_then(|(held, _)| of(held)) else {
            return Err(problems::error(error));
        };
        self.count(call, |counts| counts.stale += 1);
        found.problem = Some(problems::of(error));
        Ok(found)
    }

    /// Why a question that was never answered has no answer, where asking failed just now.
    pub fn failed(&self, question: &Question) -> Option<Error> {
        let slot = Arc::clone(self.inner().slots.get(question)?);
        let state = slot.state.try_lock().ok()?;
        match &state.ended {
            Some((at, Some(error))) if state.last.is_none() && at.elapsed() < PATIENCE => {
                Some(problems::error(error))
            }
            _ => None,
        }
    }

    /// What these calls answered is no longer how it is.
    pub fn forget(&self, calls: &[&'static str]) {
        let mut inner = self.inner();
        for call in calls {
            *inner.changes.entry(call).or_default() += 1;
        }
    }

    /// What these calls answered earlier than that answer was asked for is no longer how it is.
    pub fn outdate<T: ?Sized>(&self, calls: &[&'static str], than: &Kept<T>) {
        let mut inner = self.inner();
        for call in calls {
            inner.outdated.insert(call, than.at);
        }
    }

    /// What is kept of a call, however old; what is being asked for meanwhile is left out.
    pub fn held<T: Send + Sync + 'static>(&self, call: &str) -> Vec<Arc<T>> {
        let own =
            |(question, slot): (&Question, &Arc<Slot>)| (question.call == call).then(|| Arc::clone(slot));
        let slots: Vec<Arc<Slot>> = self.inner().slots.iter().filter_map(own).collect();
        let answer = |slot: Arc<Slot>| {
            let state = slot.state.try_lock().ok()?;
            let (held, _) = state.last.as_ref()?;
            Some(of::<T>(held)?.answer)
        };
        slots.into_iter().filter_map(answer).collect()
    }

    /// How often answers of each call were passed on.
    pub fn counts(&self) -> Vec<(&'static str, Counts)> {
        self.inner()
            .counts
            .iter()
            .map(|(call, counts)| (*call, *counts))
            .collect()
    }

    /// What is kept of each call.
    pub fn ages(&self) -> HashMap<&'static str, Ages> {
        let mut ages: HashMap<&'static str, Ages> = HashMap::new();
        for (question, slot) in &self.inner().slots {
            let use_ = *lock(&slot.use_);
            let Some(age) = use_.at.map(|at| at.elapsed().as_secs()) else {
                continue;
            };
            let of = ages.entry(question.call).or_insert(Ages {
                newest: age,
                ..Ages::default()
            });
            (of.newest, of.oldest) = (of.newest.min(age), of.oldest.max(age));
            of.answers += 1;
            of.rows += use_.rows;
        }
        ages
    }

    fn changes(&self, call: &str) -> (u64, Option<Instant>) {
        let inner = self.inner();
        let changes = inner.changes.get(call).copied().unwrap_or_default();
        (changes, inner.outdated.get(call).copied())
    }

    fn count(&self, call: &'static str, add: impl FnOnce(&mut Counts)) {
        add(self.inner().counts.entry(call).or_default());
    }

    /// Counts what a slot holds now, and makes room for it: how many rows it held before, and what had to go.
    fn keep(&self, slot: &Slot, rows: usize, at: Instant) -> (usize, Vec<Arc<Slot>>) {
        let mut inner = self.inner();
        let before = {
            let mut use_ = lock(&slot.use_);
            use_.at = Some(at);
            std::mem::replace(&mut use_.rows, rows)
        };
        inner.rows = (inner.rows + rows).saturating_sub(before);
        (before, inner.make_room())
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        lock(&self.0)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
