//! Changes of the Authorization list: asked about where they open the location, sent with the version
//! they were made for, offered again where a colleague was faster, and undone.

use domain::authorization::{Authorization, ListChange};
use domain::privacy::opens;
use domain::problem::{Problem, kind};

use super::change::{Change, List, Removal};
use crate::api::{self, Loaded};
use crate::prelude::*;

/// A removal that waits for an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    pub removal: Removal,
    /// The list is empty afterwards, which opens the location.
    pub opens: bool,
}

/// What came of a change.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    Made(ListChange),
    /// A colleague changed the list meanwhile; nothing was sent. It can be sent again for the new list.
    Stale,
    /// It opens the location: the question is asked.
    Asked,
    Failed(Problem),
}

/// The changes of one location's list. Copies point to the same state.
#[derive(Clone, Copy)]
pub struct Editor {
    location: StoredValue<String>,
    pub list: Loaded<Authorization>,
    pub busy: RwSignal<bool>,
    pub question: RwSignal<Option<Question>>,
    /// A change that a colleague's was faster than.
    pub stale: RwSignal<Option<Change>>,
    pub problem: RwSignal<Option<Problem>>,
    /// A dialog that adds is open; it says what goes wrong.
    pub adding: RwSignal<bool>,
    /// Counts the changes made: whoever shows entries reads them again.
    pub changes: RwSignal<u32>,
    /// Told about each change that was made.
    made: Callback<(Change, ListChange)>,
}

impl Editor {
    pub fn new(location: String, made: Callback<(Change, ListChange)>) -> Self {
        let id = location.clone();
        let list = Loaded::new(move || api::authorization::get(id.clone()));
        Self {
            location: StoredValue::new(location),
            list,
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
    pub fn start(self, change: Change) {
        let Change::Remove(mut removal) = change else {
            return self.spawn(change, false);
        };
        let Some((customers, tokens)) = self.list.with_untracked(|list| (list.customers, list.tokens)) else {
            return;
        };
        if removal.all {
            removal.count = match removal.list {
                List::Customers => customers,
                List::Tokens => tokens,
            };
        }
        let entries = customers + tokens;
        let opens = opens(entries, entries.saturating_sub(removal.count));
        if opens || removal.all || removal.back.is_none() {
            self.problem.set(None);
            self.question.set(Some(Question { removal, opens }));
        } else {
            self.spawn(Change::Remove(removal), false);
        }
    }

    /// The question was answered with yes. It stays open until the answer to the change is there.
    pub fn confirm(self) {
        if let Some(question) = self.question.get_untracked() {
            self.spawn(Change::Remove(question.removal), question.opens);
        }
    }

    /// Sends the change that was too late once more, for the list as it is now.
    pub fn again(self) {
        if let Some(change) = self.stale.get_untracked() {
            self.stale.set(None);
            self.start(change);
        }
    }

    fn spawn(self, change: Change, confirm: bool) {
        spawn_local(async move {
            self.send(change, confirm).await;
        });
    }

    /// Sends a change and takes in what came of it. None: another one is on its way, or the list is
    /// not there yet, and nothing was sent.
    pub async fn send(self, change: Change, confirm: bool) -> Option<Outcome> {
        if self.busy.try_get_untracked()? {
            return None;
        }
        let version = self.list.with_untracked(|list| list.version)?;
        self.busy.set(true);
        self.problem.set(None);
        self.stale.set(None);
        let answer = change
            .clone()
            .send(self.location.get_value(), version, confirm)
            .await;
        self.busy.try_set(false);
        let outcome = match answer {
            Ok(done) => Outcome::Made(done),
            Err(problem) if problem.kind == kind::STALE => Outcome::Stale,
            Err(problem) if problem.kind == kind::OPENS_LOCATION => Outcome::Asked,
            Err(problem) => Outcome::Failed(problem),
        };
        self.take(change, &outcome);
        Some(outcome)
    }

    fn take(self, change: Change, outcome: &Outcome) {
        match (outcome, change) {
            (Outcome::Made(done), change) => {
                self.question.try_set(None);
                self.take_in(done.authorization.clone());
                self.made.try_run((change, done.clone()));
            }
            (Outcome::Stale, change) => {
                self.question.try_set(None);
                self.list.reload();
                self.changes.try_update(|changes| *changes += 1);
                self.stale.try_set(Some(change));
            }
            (Outcome::Asked, Change::Remove(removal)) => {
                self.list.reload();
                self.question.try_set(Some(Question { removal, opens: true }));
            }
            (Outcome::Asked, _) => {}
            (Outcome::Failed(problem), _) => {
                self.problem.try_set(Some(problem.clone()));
            }
        }
    }

    /// Shows a newer state of the list, and reads its entries again.
    pub fn take_in(self, list: Authorization) {
        self.list.set(list);
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
