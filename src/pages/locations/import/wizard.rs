//! The wizard's state and its steps: File → Check → Preview → Done. Nothing of the list changes before
//! *Finalise import*.

use std::future::Future;
use std::sync::Arc;

use domain::identifiers::{IdKind, Repair};
use domain::imports::{Import, ImportPreview, ImportResult};
use domain::problem::Problem;
use domain::token_file::{Options, Report};
use futures::future::{AbortHandle, abortable};

use super::read::{Progress, Source, Unread, read};
use super::summary::Summary;
use crate::prelude::*;

/// Where the operator is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    #[default]
    File,
    Check,
    Preview,
    Done,
}

/// What is going on.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Work {
    #[default]
    Idle,
    Reading(Progress),
    /// Ids sent, of how many.
    Sending(u64, u64),
    Previewing,
    Finalising,
    Undoing,
}

/// What reading the file came to.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    Read(Box<Summary>),
    Unread(Unread),
}

/// The wizard of one location. Copies point to the same state.
#[derive(Clone, Copy)]
pub struct Wizard {
    pub(super) location: StoredValue<String>,
    pub step: RwSignal<Step>,
    pub work: RwSignal<Work>,
    pub source: RwSignal<Option<Source>, LocalStorage>,
    /// What the file is read as.
    pub options: RwSignal<Options>,
    pub outcome: RwSignal<Option<Outcome>>,
    /// The report behind the outcome; the ids are nowhere else.
    pub(super) report: StoredValue<Option<Arc<Report>>>,
    /// The import on the server that holds the report's ids, or is getting them.
    pub staged: RwSignal<Option<Import>>,
    /// *Clear charge token list before importing*.
    pub clear: RwSignal<bool>,
    pub preview: RwSignal<Option<ImportPreview>>,
    /// What the operator should know before going on.
    pub notice: RwSignal<Option<String>>,
    pub problem: RwSignal<Option<Problem>>,
    pub result: RwSignal<Option<ImportResult>>,
    /// Undo would empty the list: its question is open.
    pub asks_undo: RwSignal<bool>,
    /// Counts the imports that were begun, finalised, undone or thrown away.
    pub imports_changed: RwSignal<u32>,
    task: StoredValue<Option<AbortHandle>>,
}

impl Wizard {
    pub fn new(location: String) -> Self {
        let this = Self {
            location: StoredValue::new(location),
            step: RwSignal::default(),
            work: RwSignal::default(),
            source: RwSignal::new_local(None),
            options: RwSignal::new(Options::new(IdKind::AuthId)),
            outcome: RwSignal::new(None),
            report: StoredValue::new(None),
            staged: RwSignal::new(None),
            clear: RwSignal::new(false),
            preview: RwSignal::new(None),
            notice: RwSignal::new(None),
            problem: RwSignal::new(None),
            result: RwSignal::new(None),
            asks_undo: RwSignal::new(false),
            imports_changed: RwSignal::new(0),
            task: StoredValue::new(None),
        };
        on_cleanup(move || this.stop());
        this
    }

    /// Whether nothing is going on, untracked.
    pub fn idle(self) -> bool {
        self.work.try_get_untracked() == Some(Work::Idle)
    }

    /// Takes a file or a text, and reads it.
    pub fn pick(self, source: Source) {
        let kind = self.options.with_untracked(|options| options.kind);
        self.source.set(Some(source));
        self.step.set(Step::Check);
        self.read_as(Options::new(kind));
    }

    /// Reads the same file as something else: another column, delimiter, encoding or kind of id.
    pub fn read_as(self, options: Options) {
        let Some(source) = self.source.get_untracked() else {
            return;
        };
        self.stop();
        self.discard_staged();
        self.options.set(options);
        self.outcome.set(None);
        self.report.set_value(None);
        self.problem.set(None);
        self.notice.set(None);
        self.work.set(Work::Reading(Progress::default()));
        self.run(async move {
            let answer = read(source, options, move |progress| {
                self.work.set(Work::Reading(progress))
            })
            .await;
            let outcome = match answer {
                Ok(report) => {
                    let summary = Summary::of(&report);
                    self.report.set_value(Some(Arc::new(report)));
                    Outcome::Read(Box::new(summary))
                }
                Err(unread) => Outcome::Unread(unread),
            };
            self.outcome.set(Some(outcome));
            self.work.set(Work::Idle);
        });
    }

    /// Reads the file again with a repair, or without it.
    pub fn repair(self, repair: Repair, chosen: bool) {
        let mut options = self.options.get_untracked();
        options.repairs = match chosen {
            true => options.repairs.with(repair),
            false => options.repairs.without(repair),
        };
        self.read_as(options);
    }

    /// Stops reading or sending. What was sent is thrown away; nothing has changed.
    pub fn cancel(self) {
        let work = self.work.get_untracked();
        match work {
            Work::Reading(_) => {
                self.stop();
                self.forget_file();
                self.step.set(Step::File);
            }
            Work::Sending(..) | Work::Previewing => {
                self.stop();
                self.discard_staged();
                self.step.set(Step::Check);
            }
            Work::Idle | Work::Finalising | Work::Undoing => {}
        }
    }

    /// Goes back to a step that lies behind, or begins anew after the last.
    pub fn back_to(self, step: Step) {
        if step >= self.step.get_untracked() || !matches!(self.work.get_untracked(), Work::Idle) {
            return;
        }
        if self.result.with_untracked(Option::is_some) {
            self.restart();
            return;
        }
        self.problem.set(None);
        self.notice.set(None);
        if step == Step::File {
            self.discard_staged();
            self.forget_file();
        }
        self.step.set(step);
    }

    /// Begins with another file.
    pub fn restart(self) {
        self.result.set(None);
        self.staged.set(None);
        self.problem.set(None);
        self.notice.set(None);
        self.clear.set(false);
        self.forget_file();
        self.step.set(Step::File);
    }

    fn forget_file(self) {
        self.source.set(None);
        self.outcome.set(None);
        self.report.set_value(None);
        self.preview.set(None);
    }

    /// Runs work that *Cancel* and leaving the page stop.
    pub(super) fn run(self, task: impl Future<Output = ()> + 'static) {
        let (task, abort) = abortable(task);
        self.task.set_value(Some(abort));
        spawn_local(async move {
            let _ = task.await;
        });
    }

    /// Stops the work at hand.
    pub(super) fn stop(self) {
        if let Some(Some(task)) = self.task.try_update_value(Option::take) {
            task.abort();
        }
        self.work.try_set(Work::Idle);
    }
}
