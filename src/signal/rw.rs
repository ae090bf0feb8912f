//! Signals that are set.

use std::marker::PhantomData;
use std::sync::Arc;

use leptos::prelude::{GetUntracked, IsDisposed, Set, Track, Update};

use super::held::{Thing, as_is_mut};
use super::{Held, reading};

/// A value that is set, and followed by what reads it.
pub struct RwSignal<T> {
    pub(super) source: Cell,
    kind: PhantomData<fn() -> T>,
}

#[derive(Clone, Copy)]
pub(super) struct Cell(leptos::prelude::RwSignal<Held>);

impl Cell {
    pub fn new(held: Held) -> Self {
        Self(leptos::prelude::RwSignal::new(held))
    }

    /// What it holds, unless it is gone.
    pub fn held(self, tracked: bool) -> Option<Held> {
        if tracked {
            self.0.track();
        }
        self.0.try_get_untracked()
    }

    fn set(self, held: Held) {
        self.0.try_set(held);
    }

    fn change(self, change: &mut dyn FnMut(&mut dyn Thing)) {
        self.0.try_update(|held| match Arc::get_mut(held) {
            Some(value) => change(value),
            None => panic!("A signal was changed while it was read."),
        });
    }
}

reading!(RwSignal);

impl<T: Send + Sync + 'static> RwSignal<T> {
    pub fn new(value: T) -> Self {
        Self {
            source: Cell::new(Arc::new(value)),
            kind: PhantomData,
        }
    }

    /// Sets the value, unless it is gone.
    pub fn set(self, value: T) {
        self.source.set(Arc::new(value));
    }

    /// The same, where it may be gone by now.
    pub fn try_set(self, value: T) {
        self.set(value);
    }

    /// Changes the value, unless it is gone.
    pub fn update(self, change: impl FnOnce(&mut T)) {
        self.try_update(change);
    }

    /// Changes the value, unless it is gone, and says what comes of it.
    pub fn try_update<U>(self, change: impl FnOnce(&mut T) -> U) -> Option<U> {
        let (mut change, mut out) = (Some(change), None);
        self.source.change(&mut |held| {
            if let Some(change) = change.take() {
                out = Some(change(as_is_mut(held)));
            }
        });
        out
    }

    /// Whether what it belongs to was left.
    pub fn is_disposed(self) -> bool {
        self.source.0.is_disposed()
    }
}

impl<T: Default + Send + Sync + 'static> Default for RwSignal<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}
