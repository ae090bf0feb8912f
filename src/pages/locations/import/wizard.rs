//! The wizard's state and its steps: File → Check → Preview → Done. Nothing of the list changes before
//! *Finalise import*.

use std::pin::Pin;
use std::rc::Rc;

use domain::identifiers::{IdKind, Repair};
use domain::problem::Problem;
use domain::token_file::{Options, Report};
use futures::future::{AbortHandle, abortable};
use send_wrapper::SendWrapper;

use super::read::{Source, Unread, read};
use crate::api::Record;
use crate::api::transport::Answer;
use crate::prelude::*;

/// Where the operator is.
pub mod step {
    pub const FILE: u64 = 0;
    pub const CHECK: u64 = 1;
    pub const PREVIEW: u64 = 2;
    pub const DONE: u64 = 3;
}

/// What is going on.
pub mod work {
    pub const IDLE: u64 = 0;
    pub const READING: u64 = 1;
    pub const SENDING: u64 = 2;
    pub const PREVIEWING: u64 = 3;
    pub const FINALISING: u64 = 4;
    pub const UNDOING: u64 = 5;
}

/// The wizard of one location. Copies point to the same state.
#[derive(Clone, Copy)]
pub struct Wizard {
    pub(super) location: StoredValue<String>,
    /// One of [`step`].
    pub step: RwSignal<u64>,
    /// One of [`work`].
    pub work: RwSignal<u64>,
    /// Whether an import is being undone. Made here, so that buttons in rows may ask it to their end.
    pub undoing: Signal<bool>,
    /// How much is read, in bytes, or sent, in ids.
    pub done: RwSignal<u64>,
    pub whole: RwSignal<u64>,
    /// Rows read.
    pub rows: RwSignal<u64>,
    /// Whether the next file holds Chip IDs, not Auth IDs.
    pub chips: RwSignal<bool>,
    /// Whether the file was read, or it was found out why it cannot be.
    pub is_read: RwSignal<bool>,
    pub(super) file: StoredValue<SendWrapper<Held>>,
    /// The import on the server that holds the report's ids, or is getting them; empty: none.
    pub(super) staged: StoredValue<String>,
    /// *Clear charge token list before importing*.
    pub clear: RwSignal<bool>,
    /// What finalising would do.
    pub preview: RwSignal<Option<Record>>,
    /// What the operator should know before going on.
    pub notice: RwSignal<Option<String>>,
    pub problem: RwSignal<Option<Problem>>,
    /// What finalising or undoing did.
    pub result: RwSignal<Option<Record>>,
    /// Undo would empty the list: its question is open.
    pub asks_undo: RwSignal<bool>,
    /// The import that is undone, or that the question is about.
    pub(super) undone: StoredValue<String>,
    /// Counts the imports that were begun, finalised, undone or thrown away.
    pub imports_changed: RwSignal<u64>,
    task: StoredValue<Option<AbortHandle>>,
}

/// The file and what reading it came to; the ids are nowhere else.
pub(super) struct Held {
    source: Option<Source>,
    /// What the file is read as.
    options: Options,
    outcome: Option<Result<Rc<Report>, Rc<Unread>>>,
}

impl Wizard {
    pub fn new(location: String) -> Self {
        let work = RwSignal::new(work::IDLE);
        let this = Self {
            location: StoredValue::new(location),
            step: RwSignal::new(step::FILE),
            work,
            undoing: Signal::derive(move || work.get() == work::UNDOING),
            done: RwSignal::new(0),
            whole: RwSignal::new(0),
            rows: RwSignal::new(0),
            chips: RwSignal::new(false),
            is_read: RwSignal::new(false),
            file: StoredValue::new(SendWrapper::new(Held {
                source: None,
                options: Options::new(IdKind::AuthId),
                outcome: None,
            })),
            staged: StoredValue::new(String::new()),
            clear: RwSignal::new(false),
            preview: RwSignal::new(None),
            notice: RwSignal::new(None),
            problem: RwSignal::new(None),
            result: RwSignal::new(None),
            asks_undo: RwSignal::new(false),
            undone: StoredValue::new(String::new()),
            imports_changed: RwSignal::new(0),
            task: StoredValue::new(None),
        };
        on_cleanup(move || this.stop());
        this
    }

    /// Whether nothing is going on, untracked.
    pub fn idle(self) -> bool {
        self.work.try_get_untracked() == Some(work::IDLE)
    }

    pub fn source(self) -> Option<Source> {
        self.file.with_value(|file| file.source.clone())
    }

    /// What the file is read as.
    pub fn options(self) -> Options {
        self.file.with_value(|file| file.options)
    }

    /// The report of a file that was read.
    pub fn report(self) -> Option<Rc<Report>> {
        self.file.with_value(|file| file.outcome.clone())?.ok()
    }

    /// Why the file was not read.
    pub fn unread(self) -> Option<Rc<Unread>> {
        self.file.with_value(|file| file.outcome.clone())?.err()
    }

    /// How many ids there are to import; 0 while there is no report.
    pub fn accepted(self) -> u64 {
        self.report().map_or(0, |report| report.accepted_count() as u64)
    }

    /// Takes a file or a text, and reads it.
    pub fn pick(self, source: Source) {
        let kind = match self.chips.get_untracked() {
            true => IdKind::ChipId,
            false => IdKind::AuthId,
        };
        self.file.update_value(|file| file.source = Some(source));
        self.step.set(step::CHECK);
        self.read_as(Options::new(kind));
    }

    /// Reads the same file as something else: another column, delimiter, encoding or kind of id.
    pub fn read_as(self, options: Options) {
        let Some(source) = self.source() else {
            return;
        };
        self.stop();
        self.discard_staged();
        self.chips.set(options.kind == IdKind::ChipId);
        self.file.update_value(|file| file.options = options);
        self.came_to(None);
        self.says_nothing();
        self.begin(work::READING, source.size() as u64);
        self.run(async move {
            let said = move |done, rows| {
                self.done.set(done);
                self.rows.set(rows);
            };
            let outcome = read(source, options, &said).await;
            self.came_to(Some(outcome.map(Rc::new).map_err(Rc::new)));
            Ok(())
        });
    }

    fn came_to(self, outcome: Option<Result<Rc<Report>, Rc<Unread>>>) {
        let is_read = outcome.is_some();
        self.file.update_value(|file| file.outcome = outcome);
        self.is_read.set(is_read);
    }

    /// Reads the file again with a repair, or without it.
    pub fn repair(self, repair: Repair, chosen: bool) {
        let mut options = self.options();
        options.repairs = match chosen {
            true => options.repairs.with(repair),
            false => options.repairs.without(repair),
        };
        self.read_as(options);
    }

    /// Stops reading or sending. What was sent is thrown away; nothing has changed.
    pub fn cancel(self) {
        match self.work.get_untracked() {
            work::READING => {
                self.stop();
                self.forget_file();
                self.step.set(step::FILE);
            }
            work::SENDING | work::PREVIEWING => {
                self.stop();
                self.discard_staged();
                self.step.set(step::CHECK);
            }
            _ => {}
        }
    }

    /// Goes back to a step that lies behind, or begins anew after the last.
    pub fn back_to(self, step: u64) {
        if step >= self.step.get_untracked() || !self.idle() {
            return;
        }
        if self.result.with_untracked(Option::is_some) {
            self.restart();
            return;
        }
        self.says_nothing();
        if step == step::FILE {
            self.discard_staged();
            self.forget_file();
        }
        self.step.set(step);
    }

    /// Begins with another file.
    pub fn restart(self) {
        self.result.set(None);
        self.staged.set_value(String::new());
        self.says_nothing();
        self.clear.set(false);
        self.forget_file();
        self.step.set(step::FILE);
    }

    fn forget_file(self) {
        self.file.update_value(|file| file.source = None);
        self.came_to(None);
        self.preview.set(None);
    }

    /// Takes back what was said of an earlier attempt.
    pub(super) fn says_nothing(self) {
        self.problem.set(None);
        self.notice.set(None);
    }

    /// Says what is going on now, and how much of it there is.
    pub(super) fn begin(self, what: u64, whole: u64) {
        self.done.set(0);
        self.rows.set(0);
        self.whole.set(whole);
        self.work.set(what);
    }

    /// Runs work that *Cancel* and leaving the page stop, and says what went wrong with it.
    pub(super) fn run(self, task: impl Future<Output = Answer<()>> + 'static) {
        self.run_boxed(Box::pin(task));
    }

    fn run_boxed(self, task: Pin<Box<dyn Future<Output = Answer<()>>>>) {
        let (task, abort) = abortable(task);
        self.task.set_value(Some(abort));
        spawn_local(async move {
            let Ok(answer) = task.await else { return };
            if let Err(problem) = answer {
                self.fail(problem);
            }
            self.work.try_set(work::IDLE);
        });
    }

    /// Stops the work at hand.
    pub(super) fn stop(self) {
        if let Some(Some(task)) = self.task.try_update_value(Option::take) {
            task.abort();
        }
        self.work.try_set(work::IDLE);
    }
}
