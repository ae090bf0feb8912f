//! What is only read: a signal of any kind, or what a closure makes of signals.

use std::marker::PhantomData;
use std::sync::Arc;

use leptos::prelude::{GetValue, StoredValue, untrack};

use super::memo::Worked;
use super::rw::Cell;
use super::{Held, Memo, RwSignal, reading};
use crate::run::Make;

/// A value that may change, and is followed by what reads it.
pub struct Signal<T> {
    source: Source,
    kind: PhantomData<fn() -> T>,
}

#[derive(Clone, Copy)]
enum Source {
    Cell(Cell),
    Memo(Worked),
    Made(StoredValue<Arc<Making>>),
}

type Making = dyn Make<Held> + Send + Sync;

impl Source {
    fn held(self, tracked: bool) -> Option<Held> {
        match self {
            Self::Cell(cell) => cell.held(tracked),
            Self::Memo(memo) => memo.held(tracked),
            Self::Made(make) => {
                let make = make.try_get_value()?;
                Some(if tracked {
                    make.make()
                } else {
                    untrack(|| make.make())
                })
            }
        }
    }

    fn made(make: Arc<Making>) -> Self {
        Self::Made(StoredValue::new(make))
    }
}

reading!(Signal);

impl<T: Send + Sync + 'static> Signal<T> {
    /// What a closure makes, each time it is read.
    pub fn derive(make: impl Fn() -> T + Send + Sync + 'static) -> Self {
        Self::of(Source::made(Arc::new(move || -> Held { Arc::new(make()) })))
    }

    /// A value that never changes.
    pub fn stored(value: T) -> Self {
        Self::of(Source::Cell(Cell::new(Arc::new(value))))
    }
}

impl<T: Default + Send + Sync + 'static> Default for Signal<T> {
    fn default() -> Self {
        Self::stored(T::default())
    }
}

impl<T> Signal<T> {
    fn of(source: Source) -> Self {
        let kind = PhantomData;
        Self { source, kind }
    }
}

impl<T> From<RwSignal<T>> for Signal<T> {
    fn from(signal: RwSignal<T>) -> Self {
        Self::of(Source::Cell(signal.source))
    }
}

impl<T> From<Memo<T>> for Signal<T> {
    fn from(memo: Memo<T>) -> Self {
        Self::of(Source::Memo(memo.source))
    }
}

impl<T: Send + Sync + 'static> From<T> for Signal<T> {
    fn from(value: T) -> Self {
        Self::stored(value)
    }
}

impl From<&str> for Signal<String> {
    fn from(text: &str) -> Self {
        Self::stored(text.into())
    }
}
