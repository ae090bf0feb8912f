//! Signals that are worked out.

use std::marker::PhantomData;
use std::sync::Arc;

use leptos::prelude::{GetUntracked, Track};

use super::{Held, as_is, reading};

/// A value that is worked out again after each change of a signal that it reads.
pub struct Memo<T> {
    pub(super) source: Worked,
    kind: PhantomData<fn() -> T>,
}

#[derive(Clone, Copy)]
pub(super) struct Worked(leptos::prelude::Memo<Held>);

/// What works it out, from what it came to before.
trait Work: Send + Sync {
    fn work(&self, before: Option<&Held>) -> Held;
}

impl<F: Fn(Option<&Held>) -> Held + Send + Sync> Work for F {
    fn work(&self, before: Option<&Held>) -> Held {
        self(before)
    }
}

/// Whether a value is another one than before.
type Differs = fn(Option<&Held>, Option<&Held>) -> bool;

impl Worked {
    fn new(work: Box<dyn Work>, differs: Differs) -> Self {
        Self(leptos::prelude::Memo::new_with_compare(
            move |before| work.work(before),
            differs,
        ))
    }

    /// What it comes to, unless it is gone.
    pub fn held(self, tracked: bool) -> Option<Held> {
        if tracked {
            self.0.track();
        }
        self.0.try_get_untracked()
    }
}

reading!(Memo);

fn before<T: 'static>(held: Option<&Held>) -> Option<&T> {
    Some(as_is(&**held?))
}

/// A value that is worked out again after each change of a signal that it reads.
pub fn memo<T: PartialEq + Send + Sync + 'static>(
    work: impl Fn(Option<&T>) -> T + Send + Sync + 'static,
) -> Memo<T> {
    let work = move |held: Option<&Held>| -> Held { Arc::new(work(before(held))) };
    let differs = |one: Option<&Held>, other: Option<&Held>| before::<T>(one) != before(other);
    Memo {
        source: Worked::new(Box::new(work), differs),
        kind: PhantomData,
    }
}
