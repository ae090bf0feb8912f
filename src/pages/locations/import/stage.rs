//! From *Check* to *Preview*: the ids go to a staged import on the server, where they change nothing.

use domain::imports::{Chunk, Import, ImportState, NewImport};
use domain::problem::{Problem, kind};
use futures::channel::oneshot;

use super::fingerprint;
use super::read::Source;
use super::send::{chunk, chunks, send};
use super::wizard::{Outcome, Step, Wizard, Work};
use crate::api::imports as api;
use crate::api::transport::Answer;
use crate::kit::format::number;
use crate::prelude::*;

impl Wizard {
    /// How many ids there are to import, tracked; 0 while there is no report.
    pub fn accepted(self) -> u64 {
        self.outcome.with(|outcome| match outcome {
            Some(Outcome::Read(summary)) => summary.accepted,
            _ => 0,
        })
    }

    /// Sends the ids and works out what finalising them will do. Goes on where an earlier attempt
    /// stopped.
    pub fn stage(self) {
        if !self.idle() || untrack(|| self.accepted()) == 0 {
            return;
        }
        self.problem.set(None);
        self.notice.set(None);
        self.preview.set(None);
        self.work.set(Work::Sending(0, untrack(|| self.accepted())));
        self.step.set(Step::Preview);
        self.run(async move {
            if let Err(problem) = self.send_and_look().await {
                self.fail(problem);
            }
            self.work.set(Work::Idle);
        });
    }

    async fn send_and_look(self) -> Answer<()> {
        let import = self.open_import().await?;
        self.staged.set(Some(import.clone()));
        let (location, id) = (self.location.get_value(), import.id.clone());
        let ids = untrack(|| self.accepted());
        let sent = move |import: &Import| {
            self.staged.set(Some(import.clone()));
            self.work.set(Work::Sending(import.ids.min(ids), ids));
        };
        let make = move |seq| {
            self.report
                .with_value(|report| report.as_deref().map(|report| chunk(report, seq)))
        };
        let put = async |seq, chunk| api::put_chunk(&location, &id, seq, &chunk).await;
        send(
            import,
            chunks(ids as usize),
            |seq| make(seq).unwrap_or(Chunk { ids: Vec::new() }),
            put,
            sent,
        )
        .await?;
        self.look().await
    }

    /// The staged import that has these ids already or in part, or a new one.
    async fn open_import(self) -> Answer<Import> {
        let location = self.location.get_value();
        if let Some(staged) = self.staged.get_untracked() {
            let now = api::get(&location, &staged.id).await?;
            if now.state == ImportState::Staged {
                return Ok(now);
            }
        }
        let print = match self.report.get_value() {
            Some(report) => fingerprint::of(report).await.ok(),
            None => None,
        };
        let earlier = api::list(location.clone())
            .await?
            .items
            .into_iter()
            .find(|import| {
                import.text("state") == "staged"
                    && print.is_some()
                    && fingerprint::recall(&import.text("id")) == print
            });
        if let Some(earlier) = earlier {
            self.notice.set(Some(format!(
                "This file was sent in part before: it goes on after {} ids.",
                number(earlier.count("ids"))
            )));
            return api::get(&location, &earlier.text("id")).await;
        }
        let new = NewImport {
            file_name: self
                .source
                .with_untracked(|source| source.as_ref().map(Source::name))
                .unwrap_or_default(),
            kind: self.options.with_untracked(|options| options.kind),
        };
        let import = create(location, new).await?;
        if let Some(print) = print {
            fingerprint::remember(&import.id, &print);
        }
        self.imports_changed.update(|changes| *changes += 1);
        Ok(import)
    }

    /// Works out anew what finalising will do, for example after the switch was turned; what was being
    /// worked out for the other position is dropped.
    pub fn look_again(self) {
        let ready = matches!(self.work.get_untracked(), Work::Idle | Work::Previewing);
        if !ready || self.staged.with_untracked(Option::is_none) {
            return;
        }
        self.stop();
        self.problem.set(None);
        self.work.set(Work::Previewing);
        self.run(async move {
            if let Err(problem) = self.look().await {
                self.fail(problem);
            }
            self.work.set(Work::Idle);
        });
    }

    /// Works out what finalising will do, unless the page was left.
    pub(super) async fn look(self) -> Answer<()> {
        let import = self.staged.try_get_untracked().flatten();
        let (Some(import), Some(location)) = (import, self.location.try_get_value()) else {
            return Ok(());
        };
        let clear = self.clear.try_get_untracked().unwrap_or_default();
        let answer = api::preview(&location, &import.id, clear).await;
        // A preview for the switch's other position must not be finalised.
        self.preview.try_set(answer.as_ref().ok().cloned());
        answer.map(|_| ())
    }

    /// Says what went wrong and that nothing has changed.
    pub(super) fn fail(self, mut problem: Problem) {
        if problem.kind == kind::CONNECTION {
            problem.title = "The connection was lost".into();
            problem.detail =
                "Nothing has changed on the list. Go on when the connection is back: what was sent \
                              is kept. Or discard the import."
                    .into();
        }
        self.problem.try_set(Some(problem));
    }

    /// Throws the staged import away, on the server too.
    pub fn discard_staged(self) {
        let staged = self.staged.try_update(Option::take).flatten();
        self.preview.try_set(None);
        if let Some(import) = staged.filter(|import| import.state == ImportState::Staged) {
            let location = self.location.get_value();
            fingerprint::forget(&import.id);
            spawn_local(async move {
                // If this fails, the import stays among the unfinished ones, where it can be discarded.
                let _ = api::discard(location, import.id).await;
                self.imports_changed.try_update(|changes| *changes += 1);
            });
        }
    }
}

/// Begins an import. One that nobody waits for any more, because sending was cancelled or the page was
/// left, is thrown away again.
async fn create(location: String, new: NewImport) -> Answer<Import> {
    let (tell, told) = oneshot::channel();
    spawn_local(async move {
        let answer = api::create(&location, &new).await;
        if let Err(Ok(unwanted)) = tell.send(answer) {
            // If this fails, the import stays among the unfinished ones, where it can be discarded.
            let _ = api::discard(location, unwanted.id).await;
        }
    });
    told.await.unwrap_or_else(|_| {
        Err(Problem {
            kind: kind::INTERNAL.into(),
            title: "The import could not be begun".into(),
            detail: "Nothing has changed on the list. Try again.".into(),
            ..Problem::default()
        })
    })
}
