//! *Undo*, with its question before one that empties the list.

use domain::problem::kind;

use super::finalise::say_change;
use super::wizard::{Wizard, step, work};
use crate::api::imports as api;
use crate::kit::{ConfirmDialog, ProblemLine, announce};
use crate::prelude::*;

impl Wizard {
    /// Takes a finalised import back. If that empties the list, it asks first.
    pub fn undo(self, import: String, confirm: bool) {
        if !self.idle() {
            return;
        }
        self.work.set(work::UNDOING);
        self.problem.set(None);
        self.undone.set_value(import.clone());
        let location = self.location.get_value();
        spawn_local(async move {
            let answer = api::undo(location, import, confirm).await;
            // Another file may have been picked meanwhile.
            let waits = self.work.try_get_untracked() == Some(work::UNDOING);
            if waits {
                self.work.set(work::IDLE);
            }
            match answer {
                Ok(result) => {
                    say_change(&result);
                    self.asks_undo.try_set(false);
                    self.count_change();
                    if waits && self.step.get_untracked() == step::DONE {
                        self.result.set(Some(result));
                    } else {
                        announce(format!(
                            "The import of {} is undone.",
                            result.text("import.fileName")
                        ));
                    }
                }
                Err(_) if !waits => {}
                Err(problem) if problem.kind == kind::OPENS_LOCATION => self.asks_undo.set(true),
                Err(problem) => self.problem.set(Some(problem)),
            }
        });
    }
}

/// Why an import was not undone, and the question before one whose undoing opens the location.
#[component]
pub fn UndoQuestion(wizard: Wizard) -> impl IntoView {
    let problem = wizard.problem;
    view! {
        <Show when=move || !wizard.asks_undo.get()>
            <ProblemLine problem />
        </Show>
        <ConfirmDialog
            open=wizard.asks_undo
            title="Open the location to everybody?"
            confirm="Undo the import and open the location"
            busy=wizard.undoing
            problem
            on_confirm=move |()| wizard.undo(wizard.undone.get_value(), true)
        >
            <p>
                "Before this import the list was empty. Undone, it is empty again, and the location no longer private: \
                 every driver who comes there may charge. It stays unpublished until somebody publishes it."
            </p>
        </ConfirmDialog>
    }
}
