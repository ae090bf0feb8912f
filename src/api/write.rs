//! A change on its way to the server: one at a time, with what went wrong.

use domain::problem::{Problem, kind};

use super::transport::{Answer, Asked, AskedText};
use super::{Loaded, Record};
use crate::kit::toast::failed;
use crate::prelude::*;

/// The state of a form's or a button's change. A change goes on when the page is left.
#[derive(Clone, Copy)]
pub struct Write {
    pending: RwSignal<bool>,
    problem: RwSignal<Option<Problem>>,
}

impl Default for Write {
    fn default() -> Self {
        Self::new()
    }
}

impl Write {
    pub fn new() -> Self {
        Self {
            pending: RwSignal::new(false),
            problem: RwSignal::new(None),
        }
    }

    /// Sends a change unless one is on its way; `done` gets the answer to a change that was made.
    pub fn run<T: 'static>(self, change: Asked<T>, done: impl FnOnce(T) + 'static) {
        let Asked { text, read, .. } = change;
        self.send(text, Box::new(move |text| read(&text).map(done)));
    }

    fn send(self, text: AskedText, done: Box<dyn FnOnce(String) -> Answer<()>>) {
        if self.pending.try_get_untracked().unwrap_or(true) {
            return;
        }
        self.pending.set(true);
        self.problem.set(None);
        spawn_local(async move {
            let answer = text.await;
            self.pending.try_set(false);
            if let Err(problem) = answer.and_then(done) {
                match self.pending.try_get_untracked() {
                    Some(_) => self.problem.set(Some(problem)),
                    // Nobody looks any more at what sent it.
                    None => failed(&problem),
                }
            }
        });
    }

    /// Forgets the last problem.
    pub fn clear(self) {
        self.problem.try_set(None);
    }

    /// Whether a change is on its way.
    pub fn pending(self) -> Signal<bool> {
        self.pending.into()
    }

    /// Why the last change was not made.
    pub fn problem(self) -> Signal<Option<Problem>> {
        self.problem.into()
    }

    /// Whether the record has changed since it was read (412).
    pub fn stale(self) -> Signal<bool> {
        self.failed(kind::STALE)
    }

    /// Whether the last change was not made for a reason of that kind.
    pub fn failed(self, kind: &'static str) -> Signal<bool> {
        Signal::derive(move || self.problem.with(|p| p.as_ref().is_some_and(|p| p.kind == kind)))
    }

    /// After a 412 the newer version is fetched, so that doing it again means that one.
    pub fn refetch(self, record: Loaded<Record>) {
        let stale = self.stale();
        effect(move || {
            if stale.get() {
                record.reload();
            }
        });
    }

    /// When others are meant than were chosen, they are to be looked at: `again` fetches them.
    pub fn on_changed(self, again: Callback<()>) {
        let changed = self.failed(kind::SELECTION_CHANGED);
        effect(move || {
            if changed.get() {
                again.try_run(());
            }
        });
    }

    /// What is wrong with one field, by its name in the request.
    pub fn field(self, name: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || {
            self.problem.with(|problem| {
                let errors = &problem.as_ref()?.errors;
                errors
                    .iter()
                    .find(|error| error.field == name)
                    .map(|error| error.message.clone())
            })
        })
    }
}
