//! What decisions are made of, in memory.
//!
//! The audit log tells what has changed: every change leaves a line in its own transaction, so the number of the last
//! line says how old a copy is. A question asks for that number first, together with whoever asks at the same moment;
//! where the copy holds all that it names, the answer comes from the copy, and else from the books, while the copy
//! reads anew what the lines name. So no answer is older than its question, whichever server made the change, and
//! where the books cannot be read there is none.

mod list;
mod load;
mod packed;
mod state;

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{PoisonError, RwLock};

use domain::authorize::Authorized;

use super::Books;
use super::authorization::ask::Shown;
use crate::access::{Caller, spawn};
use crate::app::App;
use crate::problem::Error;
use state::State;

/// The copy.
#[derive(Default)]
pub struct Index {
    state: RwLock<Option<State>>,
    /// Somebody reads what has changed, beside requests.
    is_behind: AtomicBool,
    /// The turn to read it: of two at once, the one with the older news could come last.
    turn: tokio::sync::Mutex<()>,
    /// How often it was dropped: what was read before that is not taken.
    dropped: AtomicU64,
    /// Answers from the copy, and questions that were passed on to the books.
    answered: [AtomicU64; 2],
}

/// A question.
pub struct Question<'a> {
    pub shown: &'a Shown,
    pub location_id: &'a str,
    pub evses: &'a [&'a str],
    pub caller: &'a Caller,
}

impl Index {
    /// The answer; none where the copy is older than the books.
    ///
    /// # Errors
    /// The books cannot be read.
    pub async fn ask(app: &App, question: &Question<'_>) -> Result<Option<Authorized>, Error> {
        let index = &app.books.index;
        let head = app.books.last_told().await?;
        if let Some(state) = &*index.state.read().unwrap_or_else(PoisonError::into_inner)
            && state.head >= head
            && state.is_whole()
        {
            index.answered[0].fetch_add(1, Ordering::Relaxed);
            return Ok(Some(state.answer(question)));
        }
        index.answered[1].fetch_add(1, Ordering::Relaxed);
        Self::catch_up(app);
        Ok(None)
    }

    /// Reads what has changed, beside the request, unless somebody does so already.
    pub fn catch_up(app: &App) {
        if app.books.index.is_behind.swap(true, Ordering::AcqRel) {
            return;
        }
        let app = app.clone();
        spawn(async move {
            let index = &app.books.index;
            if let Err(error) = index.follow(&app.books).await {
                tracing::warn!(%error, "the books could not be read into memory");
            }
            index.is_behind.store(false, Ordering::Release);
        });
    }

    /// Reads what has changed.
    ///
    /// # Errors
    /// The books cannot be read; the copy is as it was.
    pub async fn follow(&self, books: &Books) -> Result<(), Error> {
        let _turn = self.turn.lock().await;
        let dropped = self.dropped.load(Ordering::Acquire);
        let mut tx = books.read().await?;
        let known = self.state().as_ref().map(|state| state.head);
        let news = load::news(&mut tx, known).await?;
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        if self.dropped.load(Ordering::Acquire) != dropped {
            return Ok(());
        }
        match (news, &mut *state) {
            (load::News::All(all), state) => *state = Some(*all),
            // What was read is about the copy that there was.
            (load::News::Some(patch), Some(state)) if Some(state.head) == known => state.apply(*patch),
            (load::News::Some(_), _) => {}
        }
        Ok(())
    }

    fn state(&self) -> std::sync::RwLockReadGuard<'_, Option<State>> {
        self.state.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many questions were answered from the copy, and how many from the books.
    pub fn answered(&self) -> [u64; 2] {
        self.answered
            .each_ref()
            .map(|count| count.load(Ordering::Relaxed))
    }

    /// How many tokens and entries of lists are in memory.
    pub fn size(&self) -> (usize, usize) {
        self.state().as_ref().map_or((0, 0), State::size)
    }

    /// How often it was dropped.
    pub fn dropped(&self) -> u64 {
        self.dropped.load(Ordering::Acquire)
    }

    /// Drops the copy: somebody changed the books without a line.
    pub fn forget(&self) {
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        self.dropped.fetch_add(1, Ordering::AcqRel);
        *state = None;
    }
}
