//! What a page shows of a record or a list: the last good answer, whether a newer one is on its way,
//! and why it did not come.

use std::future::Future;

use domain::problem::Problem;
use futures::future::abortable;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::transport::Answer;

/// A value that is fetched, kept while it is fetched again, and fetched anew when what the fetcher
/// reads changes. Leaving the owner aborts the request.
pub struct Loaded<T: Send + Sync + 'static> {
    value: RwSignal<Option<T>>,
    problem: RwSignal<Option<Problem>>,
    pending: RwSignal<bool>,
    again: RwSignal<()>,
}

impl<T: Send + Sync + 'static> Clone for Loaded<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Loaded<T> {}

impl<T: Send + Sync + 'static> Loaded<T> {
    /// Fetches now, and again whenever a signal that `fetch` reads (before its first await) changes.
    pub fn new<F, Fut>(fetch: F) -> Self
    where
        F: Fn() -> Fut + 'static,
        Fut: Future<Output = Answer<T>> + 'static,
    {
        let this = Self {
            value: RwSignal::new(None),
            problem: RwSignal::new(None),
            pending: RwSignal::new(true),
            again: RwSignal::new(()),
        };
        Effect::new(move |_| {
            this.again.track();
            let (answer, handle) = abortable(fetch());
            on_cleanup(move || handle.abort());
            this.pending.set(true);
            spawn_local(async move {
                if let Ok(answer) = answer.await {
                    this.take(answer);
                }
            });
        });
        this
    }

    /// A record by its id. When the id changes, the other record's value goes at once.
    pub fn of<Fut>(id: Memo<String>, fetch: impl Fn(String) -> Fut + 'static) -> Self
    where
        Fut: Future<Output = Answer<T>> + 'static,
    {
        let this = Self::new(move || fetch(id.get()));
        Effect::new(move |before: Option<String>| {
            let id = id.get();
            if before.is_some_and(|before| before != id) {
                this.value.set(None);
                this.problem.set(None);
            }
            id
        });
        this
    }

    fn take(self, answer: Answer<T>) {
        match answer {
            Ok(value) => {
                self.value.try_set(Some(value));
                self.problem.try_set(None);
            }
            Err(problem) => {
                self.problem.try_set(Some(problem));
            }
        }
        self.pending.try_set(false);
    }

    /// Fetches again; what is there stays until the answer comes.
    pub fn reload(self) {
        self.again.try_set(());
    }

    /// Puts a newer value in place, for example the answer to a change.
    pub fn set(self, value: T) {
        self.value.try_set(Some(value));
        self.problem.try_set(None);
    }

    /// Reads the value, tracked. None: nothing came yet.
    pub fn with<U>(self, read: impl FnOnce(&T) -> U) -> Option<U> {
        self.value.with(|value| value.as_ref().map(read))
    }

    /// Reads the value without following it.
    pub fn with_untracked<U>(self, read: impl FnOnce(&T) -> U) -> Option<U> {
        self.value.with_untracked(|value| value.as_ref().map(read))
    }

    /// The value itself, tracked.
    pub fn get(self) -> Option<T>
    where
        T: Clone,
    {
        self.value.get()
    }

    /// Whether a first value has come, tracked.
    pub fn is_loaded(self) -> bool {
        self.value.with(Option::is_some)
    }

    /// Why the last attempt failed, tracked. The value, if any, is then old.
    pub fn problem(self) -> Option<Problem> {
        self.problem.get()
    }

    /// Whether an answer is on its way, tracked.
    pub fn pending(self) -> bool {
        self.pending.get()
    }
}
