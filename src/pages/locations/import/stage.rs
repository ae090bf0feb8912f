//! From *Check* to *Preview*: the ids go to a staged import on the server, where they change nothing.

use std::pin::Pin;
use std::task::{Context, Poll};

use domain::identifiers::IdKind;
use domain::problem::{Problem, kind};

use super::fingerprint;
use super::read::Source;
use super::send::{chunk, chunks, send};
use super::wizard::{Wizard, step, work};
use crate::api::Record;
use crate::api::imports as api;
use crate::api::transport::{Answer, Asked};
use crate::kit::format::number;
use crate::prelude::*;

impl Wizard {
    /// Sends the ids and works out what finalising them will do. Goes on where an earlier attempt
    /// stopped.
    pub fn stage(self) {
        let ids = self.accepted();
        if !self.idle() || ids == 0 {
            return;
        }
        self.says_nothing();
        self.preview.set(None);
        self.begin(work::SENDING, ids);
        self.step.set(step::PREVIEW);
        self.run(self.send_and_look());
    }

    async fn send_and_look(self) -> Answer<()> {
        let import = self.open_import().await?;
        let (location, id) = (self.location.get_value(), import.text("id"));
        self.staged.set_value(id.clone());
        let ids = self.accepted();
        let sent = move |import: &Record| self.done.set(import.count("ids").min(ids));
        sent(&import);
        let put = |seq| {
            let report = self.report();
            let ids = report.map(|report| chunk(&report, seq)).unwrap_or_default();
            api::put_chunk(&location, &id, seq, ids)
        };
        send(import.count("nextChunk"), chunks(ids), &put, &sent).await?;
        self.look().await
    }

    /// The staged import that has these ids already or in part, or a new one.
    async fn open_import(self) -> Answer<Record> {
        let location = self.location.get_value();
        let staged = self.staged.get_value();
        if !staged.is_empty() {
            let now = api::get(&location, &staged).await?;
            if is_staged(&now) {
                return Ok(now);
            }
        }
        let print = match self.report() {
            Some(report) => fingerprint::of(report).await.ok(),
            None => None,
        };
        let same = |import: &Record| print.is_some() && fingerprint::recall(&import.text("id")) == print;
        let mut imports = api::staged(&location).await?.items.into_iter();
        if let Some(earlier) = imports.find(same) {
            self.notice.set(Some(format!(
                "This file was sent in part before: it goes on after {} ids.",
                number(earlier.count("ids"))
            )));
            return Ok(earlier);
        }
        let name = self.source().as_ref().map(Source::name);
        let kind = match self.options().kind {
            IdKind::AuthId => "auth-id",
            IdKind::ChipId => "chip-id",
        };
        let begun = Begun {
            asked: Some(api::create(&location, name.unwrap_or_default(), kind)),
            location,
        };
        let import = begun.await?;
        if let Some(print) = print {
            fingerprint::remember(&import.text("id"), &print);
        }
        self.count_change();
        Ok(import)
    }

    /// Works out anew what finalising will do, for example after the switch was turned; what was being
    /// worked out for the other position is dropped.
    pub fn look_again(self) {
        let ready = matches!(self.work.get_untracked(), work::IDLE | work::PREVIEWING);
        if !ready || self.staged.with_value(String::is_empty) {
            return;
        }
        self.stop();
        self.problem.set(None);
        self.work.set(work::PREVIEWING);
        self.run(self.look());
    }

    /// Works out what finalising will do, unless the page was left.
    pub(super) async fn look(self) -> Answer<()> {
        let (Some(import), Some(location)) = (self.staged.try_get_value(), self.location.try_get_value())
        else {
            return Ok(());
        };
        let clear = self.clear.try_get_untracked().unwrap_or_default();
        let answer = api::preview(&location, &import, clear).await;
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
        let import = self.staged.try_update_value(std::mem::take).unwrap_or_default();
        self.preview.try_set(None);
        if !import.is_empty() {
            let location = self.location.get_value();
            fingerprint::forget(&import);
            spawn_local(async move {
                // If this fails, the import stays among the unfinished ones, where it can be discarded.
                let _ = api::discard(location, import).await;
                self.count_change();
            });
        }
    }

    /// The location's imports are others than before.
    pub(super) fn count_change(self) {
        self.imports_changed.try_update(|changes| *changes += 1);
    }
}

fn is_staged(import: &Record) -> bool {
    import.text("state") == "staged"
}

/// An import that is being begun. If nobody waits for it any more, because sending was cancelled or the
/// page was left, it is thrown away again.
struct Begun {
    location: String,
    /// None once the answer is here.
    asked: Option<Asked<Record>>,
}

impl Future for Begun {
    type Output = Answer<Record>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Answer<Record>> {
        let Some(asked) = &mut self.asked else {
            return Poll::Pending;
        };
        let answer = Pin::new(asked).poll(context);
        if answer.is_ready() {
            self.asked = None;
        }
        answer
    }
}

impl Drop for Begun {
    fn drop(&mut self) {
        let location = std::mem::take(&mut self.location);
        if let Some(asked) = self.asked.take() {
            spawn_local(async move {
                if let Ok(unwanted) = asked.await {
                    // If this fails, the import stays among the unfinished ones, where it can be discarded.
                    let _ = api::discard(location, unwanted.text("id")).await;
                }
            });
        }
    }
}
