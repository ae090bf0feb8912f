//! *Finalise import*.

use domain::problem::{Problem, kind};

use super::fingerprint;
use super::turn::Clock;
use super::wizard::{Wizard, step, work};
use crate::api::Record;
use crate::api::imports as api;
use crate::api::json::{Value, body};
use crate::api::transport::Answer;
use crate::kit::announce;
use crate::pages::locations::authorization::words::visibility_change;
use crate::prelude::*;

impl Wizard {
    /// Swaps the import in, in one step. If a colleague changed the list since the preview, nothing is
    /// done and the preview is worked out again.
    pub fn finalise(self) {
        let Some(preview) = self.preview.get_untracked().filter(|_| self.idle()) else {
            return;
        };
        self.begin(work::FINALISING, 0);
        self.says_nothing();
        let (location, import) = (self.location.get_value(), self.staged.get_value());
        let (clear, ids) = (self.clear.get_untracked(), self.accepted());
        let asked = api::finalise(&location, &import, preview.count("version"), clear, ids);
        // Not to be stopped: the page may be left, the import is finalised all the same.
        spawn_local(async move {
            match asked.await {
                Ok(result) => self.finalised(result),
                Err(problem) => self.not_finalised(&location, &import, problem).await,
            }
            self.work.try_set(work::IDLE);
        });
    }

    /// After a lost answer it is not known here whether the import was finalised: the server knows, and
    /// refuses it a second time.
    async fn not_finalised(self, location: &str, import: &str, problem: Problem) {
        let unsure = [kind::STALE, kind::IMPORT_STATE, kind::CONNECTION].contains(&problem.kind.as_str());
        if unsure && let Ok(Some(result)) = self.finalised_already(location, import).await {
            return self.finalised(result);
        }
        match problem.kind.as_str() {
            kind::STALE => match self.look().await {
                // Not before it is so: the figures beside it are those of the list as it was.
                Ok(()) => {
                    self.notice.try_set(Some(
                        "A colleague changed the list meanwhile, so nothing was imported. This is what the \
                         import will do to the list as it is now."
                            .into(),
                    ));
                }
                Err(problem) => self.fail(problem),
            },
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

    async fn finalised_already(self, location: &str, import: &str) -> Answer<Option<Record>> {
        let now = api::get(location, import).await?;
        if now.text("state") != "finalised" {
            return Ok(None);
        }
        let list = api::authorization(location).await?;
        let preview = self.preview.try_get_untracked().flatten();
        let before = match preview {
            Some(preview) => preview.text("visibilityBefore"),
            None => list.text("visibility"),
        };
        Ok(Record::parse(&body(&[
            ("import", Value::Json(now.json())),
            ("visibilityBefore", before.into()),
            ("authorization", Value::Json(list.json())),
        ])))
    }

    fn finalised(self, result: Record) {
        Clock::new().mark("import:finalised");
        fingerprint::forget(&result.text("import.id"));
        say_change(&result);
        self.staged.try_update_value(String::clear);
        self.result.try_set(Some(result));
        self.count_change();
        self.step.try_set(step::DONE);
    }
}

/// What an import or its undo did to the location's visibility; empty: it stayed.
pub fn change(result: &Record) -> &'static str {
    visibility_change(
        &result.text("visibilityBefore"),
        &result.text("authorization.visibility"),
    )
    .unwrap_or_default()
}

/// Says a change of visibility.
pub fn say_change(result: &Record) {
    let words = change(result);
    if !words.is_empty() {
        announce(words);
    }
}
