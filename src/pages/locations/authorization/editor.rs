//! Changes of the Authorization list: asked about where they open the location, sent with the version
//! they were made for, offered again where a colleague was faster, and undone.

use domain::privacy::opens;
use domain::problem::{Problem, kind};

use super::change::Change;
use super::list::List;
use crate::api::transport::Answer;
use crate::api::{Loaded, Record, authorization};
use crate::prelude::*;

/// The changes of one location's list. Copies point to the same state.
#[derive(Clone, Copy)]
pub struct Editor {
    location: StoredValue<String>,
    /// The list in numbers.
    pub list: Loaded<Record>,
    pub busy: RwSignal<bool>,
    /// A removal that waits for an answer.
    pub question: RwSignal<Option<Change>>,
    /// A change that a colleague's was faster than.
    pub stale: RwSignal<Option<Change>>,
    pub problem: RwSignal<Option<Problem>>,
    /// The dialog that adds is open; it says what goes wrong.
    pub adding: RwSignal<bool>,
    /// Counts the changes made: whoever shows entries reads them again.
    pub changes: RwSignal<u64>,
    /// Told about each change that was made, and what the server answered.
    made: Callback<(Editor, Change, Record)>,
}

impl Editor {
    pub fn new(location: String, made: Callback<(Editor, Change, Record)>) -> Self {
        let id = location.clone();
        Self {
            location: StoredValue::new(location),
            list: Loaded::new(move || authorization::numbers(&id)),
            busy: RwSignal::new(false),
            question: RwSignal::new(None),
            stale: RwSignal::new(None),
            problem: RwSignal::new(None),
            adding: RwSignal::new(false),
            changes: RwSignal::new(0),
            made,
        }
    }

    /// Makes a change; one that takes all entries of a kind, or the last of the list, asks first.
    pub fn start(self, mut change: Change) {
        change.version = self.version();
        if !change.removes {
            return self.send(change);
        }
        let both = |list: &Record| (List::Customers.listed(list), List::Tokens.listed(list));
        let Some((customers, tokens)) = self.list.with_untracked(both) else {
            return;
        };
        if change.all {
            change.count = match change.list {
                List::Customers => customers,
                List::Tokens => tokens,
            };
        }
        let entries = customers + tokens;
        change.opens = opens(entries, entries.saturating_sub(change.count));
        if change.opens || change.lasting {
            self.problem.set(None);
            self.question.set(Some(change));
        } else {
            self.send(change);
        }
    }

    /// The question was answered with yes. It stays open until the answer to the change is there.
    pub fn confirm(self) {
        if let Some(change) = self.question.get_untracked() {
            self.send(change);
        }
    }

    /// Sends the change that was too late once more, for the list as it is now.
    pub fn again(self) {
        if let Some(change) = self.stale.get_untracked() {
            self.stale.set(None);
            self.start(change);
        }
    }

    /// Sends a change and takes in what comes of it, unless another one is on its way or the list is not
    /// there yet.
    pub fn send(self, change: Change) {
        let version = change.version.or_else(|| self.version());
        let (Some(false), Some(version)) = (self.busy.try_get_untracked(), version) else {
            return;
        };
        self.busy.set(true);
        self.problem.set(None);
        self.stale.set(None);
        let asked = change.ask(&self.location.get_value(), version);
        spawn_local(async move {
            let answer = asked.await;
            self.busy.try_set(false);
            self.take(change, answer);
        });
    }

    fn version(self) -> Option<u64> {
        self.list.with_untracked(|list| list.count("version"))
    }

    fn take(self, mut change: Change, answer: Answer<Record>) {
        match answer {
            Ok(done) => {
                self.question.try_set(None);
                if !change.removes {
                    self.adding.try_set(false);
                }
                self.take_in(&done);
                self.made.try_run((self, change, done));
            }
            // A colleague changed the list meanwhile; nothing was done.
            Err(problem) if problem.kind == kind::STALE => {
                self.question.try_set(None);
                self.list.reload();
                self.changes.try_update(|changes| *changes += 1);
                self.stale.try_set(Some(change));
            }
            Err(problem) if problem.kind == kind::OPENS_LOCATION && change.removes => {
                self.list.reload();
                change.opens = true;
                self.question.try_set(Some(change));
            }
            Err(problem) => {
                self.problem.try_set(Some(problem));
            }
        }
    }

    /// Takes in a change that was made beside it. Other changes, such as a token's, move no list.
    pub fn changed(self, done: &Record) {
        match done.has("authorization") {
            true => self.take_in(done),
            false => self.changes.update(|changes| *changes += 1),
        }
    }

    /// Shows the list as it is after a change, and reads its entries again.
    pub fn take_in(self, done: &Record) {
        if let Some(list) = done.record("authorization") {
            self.list.set(list);
        }
        self.changes.try_update(|changes| *changes += 1);
    }

    /// Whether a dialog is open that says what goes wrong, tracked.
    pub fn in_dialog(self) -> bool {
        self.adding.get() || self.question.with(Option::is_some)
    }

    /// The dialog that adds was closed.
    pub fn leave_dialog(self) {
        self.adding.try_set(false);
        self.problem.try_set(None);
        self.stale.try_set(None);
    }
}
