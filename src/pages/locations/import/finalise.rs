//! *Finalise import* and its *Undo*.

use domain::imports::{Finalise, Import, ImportResult, ImportState, Undo};
use domain::problem::{Problem, kind};

use super::fingerprint;
use super::turn::Clock;
use super::wizard::{Step, Wizard, Work};
use crate::api;
use crate::api::transport::Answer;
use crate::kit::announce;
use crate::pages::locations::authorization::words::visibility_change;
use crate::prelude::*;

impl Wizard {
    /// Swaps the import in, in one step. If a colleague changed the list since the preview, nothing is
    /// done and the preview is worked out again.
    pub fn finalise(self) {
        let (Some(import), Some(preview)) = (self.staged.get_untracked(), self.preview.get_untracked())
        else {
            return;
        };
        if !self.idle() {
            return;
        }
        self.work.set(Work::Finalising);
        self.problem.set(None);
        self.notice.set(None);
        let finalise = Finalise {
            clear: self.clear.get_untracked(),
            ids: untrack(|| self.accepted()),
        };
        let location = self.location.get_value();
        // Not to be stopped: the page may be left, the import is finalised all the same.
        spawn_local(async move {
            match api::imports::finalise(&location, &import.id, preview.version, finalise).await {
                Ok(result) => self.finalised(result),
                Err(problem) => self.not_finalised(&location, &import, problem).await,
            }
            self.work.try_set(Work::Idle);
        });
    }

    /// After a lost answer it is not known here whether the import was finalised: the server knows, and
    /// refuses it a second time.
    async fn not_finalised(self, location: &str, import: &Import, problem: Problem) {
        let unsure = [kind::STALE, kind::IMPORT_STATE, kind::CONNECTION].contains(&problem.kind.as_str());
        if unsure && let Ok(Some(result)) = self.finalised_already(location, import).await {
            return self.finalised(result);
        }
        match problem.kind.as_str() {
            kind::STALE => {
                self.notice.try_set(Some(
                    "A colleague changed the list meanwhile, so nothing was imported. This is what the import \
                     will do to the list as it is now."
                        .into(),
                ));
                if let Err(problem) = self.look().await {
                    self.fail(problem);
                }
            }
            kind::CONNECTION => {
                self.problem.try_set(Some(Problem {
                    title: "The connection was lost while finalising".into(),
                    detail:
                        "The list is as it was, or the whole import is on it. Press Finalise import again \
                             when the connection is back: nothing is imported twice."
                            .into(),
                    ..problem
                }));
            }
            _ => self.fail(problem),
        }
    }

    async fn finalised_already(self, location: &str, import: &Import) -> Answer<Option<ImportResult>> {
        let now = api::imports::get(location, &import.id).await?;
        if now.state != ImportState::Finalised {
            return Ok(None);
        }
        let authorization = api::authorization::get(location.to_owned()).await?;
        let before = self
            .preview
            .try_get_untracked()
            .flatten()
            .map(|preview| preview.visibility_before);
        let visibility_before = before.unwrap_or(authorization.visibility);
        Ok(Some(ImportResult {
            import: now,
            visibility_before,
            authorization,
        }))
    }

    fn finalised(self, result: ImportResult) {
        Clock::new().mark("import:finalised");
        fingerprint::forget(&result.import.id);
        if let Some(words) = visibility_change(result.visibility_before, result.authorization.visibility) {
            announce(words);
        }
        self.staged.try_set(None);
        self.result.try_set(Some(result));
        self.imports_changed.try_update(|changes| *changes += 1);
        self.step.try_set(Step::Done);
    }

    /// Takes the import back. If that empties the list, it asks first.
    pub fn undo(self, confirm: bool) {
        let Some(result) = self.result.get_untracked() else {
            return;
        };
        if !self.idle() {
            return;
        }
        self.work.set(Work::Undoing);
        self.problem.set(None);
        let location = self.location.get_value();
        spawn_local(async move {
            match undo(location, result.import.id, confirm).await {
                Ok(result) => {
                    self.asks_undo.try_set(false);
                    self.result.try_set(Some(result));
                    self.imports_changed.try_update(|changes| *changes += 1);
                }
                Err(problem) if problem.kind == kind::OPENS_LOCATION => {
                    self.asks_undo.try_set(true);
                }
                Err(problem) => {
                    self.problem.try_set(Some(problem));
                }
            }
            self.work.try_set(Work::Idle);
        });
    }
}

/// Undoes a finalised import on the list as it is now, and says a change of visibility.
pub async fn undo(location: String, import: String, confirm: bool) -> Answer<ImportResult> {
    let version = api::authorization::get(location.clone()).await?.version;
    let result = api::imports::undo(location, import, version, Undo { confirm }).await?;
    if let Some(words) = visibility_change(result.visibility_before, result.authorization.visibility) {
        announce(words);
    }
    Ok(result)
}
