//! The number of the audit log's last line, asked for by all who need it at the same moment together.

use std::sync::{Mutex, MutexGuard, PoisonError};

use sqlx::Row;
use tokio::sync::watch;

use crate::access::spawn;
use crate::app::App;
use crate::problem::Error;

/// A round of questions: what it found, none before it did; an error is told as none within.
type Round = watch::Sender<Option<Option<i64>>>;

#[derive(Default)]
struct Waiting {
    /// The round that begins when the one under way has ended: whoever comes now is in it, since the one under way
    /// may have looked before.
    next: Option<Round>,
    is_asked: bool,
}

/// The rounds.
#[derive(Default)]
pub struct Heads(Mutex<Waiting>);

impl Heads {
    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The number as it is now, or later.
    ///
    /// # Errors
    /// The books cannot be read.
    pub async fn now(&self, app: &App) -> Result<i64, Error> {
        let (mut found, begins) = {
            let mut waiting = self.waiting();
            let round = waiting.next.get_or_insert_with(|| watch::Sender::new(None));
            let found = round.subscribe();
            (found, !std::mem::replace(&mut waiting.is_asked, true))
        };
        if begins {
            let app = app.clone();
            spawn(async move { app.books.index.heads.ask(&app).await });
        }
        let failed = || Error::Internal("the audit log's head could not be read".into());
        let head = found.wait_for(Option::is_some).await.map_err(|_| failed())?;
        (*head).flatten().ok_or_else(failed)
    }

    /// Asks, round by round, until nobody waits.
    async fn ask(&self, app: &App) {
        loop {
            let round = {
                let mut waiting = self.waiting();
                let Some(round) = waiting.next.take() else {
                    waiting.is_asked = false;
                    return;
                };
                round
            };
            let found = sqlx::query("SELECT id FROM audit_head WHERE one = 1")
                .fetch_one(app.books.readers())
                .await
                .and_then(|row| row.try_get::<i64, _>("id"));
            if let Err(error) = &found {
                tracing::error!(%error, "the audit log's head could not be read");
            }
            round.send_replace(Some(found.ok()));
        }
    }
}
