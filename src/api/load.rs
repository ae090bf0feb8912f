//! What a page shows of a record or a list: the last good answer, whether a newer one is on its way,
//! and why it did not come.

use domain::problem::Problem;
use futures::future::abortable;

use super::transport::{Answer, Asked, AskedText};
use super::{Record, known};
use crate::prelude::*;
use crate::run::{Make, Take};

/// A value that is fetched, kept while it is fetched again, and fetched anew when what the fetcher
/// reads changes. Leaving the owner aborts the request.
pub struct Loaded<T: Send + Sync + 'static> {
    value: RwSignal<Option<T>>,
    status: Status,
}

/// How fetching goes, whatever is fetched.
#[derive(Clone, Copy)]
pub struct Status {
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
    /// Fetches now, and again whenever a signal that `fetch` reads changes.
    pub fn new(fetch: impl Fn() -> Asked<T> + 'static) -> Self {
        let this = Self {
            value: RwSignal::new(None),
            status: Status {
                problem: RwSignal::new(None),
                pending: RwSignal::new(true),
                again: RwSignal::new(()),
            },
        };
        let fetch = move || {
            let Asked { text, read, name } = fetch();
            let take = move |answer: Answer<String>| this.take(answer.and_then(|text| read(&text)));
            (text, name, Box::new(take) as Took)
        };
        this.status.follow(Box::new(fetch));
        this
    }

    /// A record by its id. When the id changes, the other record's value goes at once.
    pub fn of(id: Memo<String>, fetch: impl Fn(String) -> Asked<T> + 'static) -> Self {
        let this = Self::new(move || fetch(id.get()));
        watch(move |before: Option<String>| {
            let id = id.get();
            if before.is_some_and(|before| before != id) {
                this.value.set(None);
                this.status.problem.set(None);
            }
            id
        });
        this
    }

    fn take(self, answer: Answer<T>) {
        match answer {
            Ok(value) => self.set(value),
            Err(problem) => {
                self.status.problem.try_set(Some(problem));
            }
        }
        self.status.pending.try_set(false);
    }

    /// How fetching goes.
    pub fn status(self) -> Status {
        self.status
    }

    /// Fetches again; what is there stays until the answer comes.
    pub fn reload(self) {
        self.status.reload();
    }

    /// Puts a newer value in place, for example the answer to a change.
    pub fn set(self, value: T) {
        self.value.try_set(Some(value));
        self.status.problem.try_set(None);
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

    /// Whether the first answer has come, good or bad, tracked.
    pub fn is_settled(self) -> bool {
        self.is_loaded() || self.problem().is_some()
    }

    /// Why the last attempt failed, tracked. The value, if any, is then old.
    pub fn problem(self) -> Option<Problem> {
        self.status.problem()
    }

    /// Whether an answer is on its way, tracked.
    pub fn pending(self) -> bool {
        self.status.pending()
    }

    /// Whether the value, if any, is no answer to what is asked now, tracked.
    pub fn is_stale(self) -> bool {
        self.pending() || self.problem().is_some()
    }
}

impl Loaded<Record> {
    /// Whether whoever is signed in may do that with the record, tracked; not before it is there.
    pub fn can(self, action: &str) -> bool {
        self.with(|record| record.can(action)).unwrap_or_default()
    }
}

/// Takes the text of an answer, an older one before the new.
type Took = Box<dyn Take<Answer<String>>>;

impl Status {
    /// Asks now and whenever a signal that `fetch` reads changes; an older request is then aborted. What is known
    /// from before stands there until the first answer comes.
    fn follow(self, fetch: Box<dyn Make<(AskedText, String, Took)>>) {
        let mut is_first = true;
        effect(move || {
            self.again.track();
            let (text, name, mut take) = fetch.make();
            let (answer, handle) = abortable(text);
            on_cleanup(move || handle.abort());
            // A list asks for nothing until it is known by which view it opens.
            if is_first && !name.is_empty() {
                is_first = false;
                if let Some(known) = known::get(&name) {
                    take.take_in(Ok(known));
                }
            }
            self.pending.set(true);
            spawn_local(async move {
                if let Ok(answer) = answer.await {
                    known::keep(name, &answer);
                    take.take_in(answer);
                }
            });
        });
    }

    /// Fetches again; what is there stays until the answer comes.
    pub fn reload(self) {
        self.again.try_set(());
    }

    /// Why the last attempt failed, tracked.
    pub fn problem(self) -> Option<Problem> {
        self.problem.get()
    }

    /// Whether an answer is on its way, tracked.
    pub fn pending(self) -> bool {
        self.pending.get()
    }
}
