//! What is kept of all calls together, and what goes when that is too much.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Instant;

use super::{Question, State, lock};

/// How many answers are kept.
const MOST_ANSWERS: usize = 256;
/// How many rows all of them hold together, each some 1 to 2 KB.
const MOST_ROWS: usize = 300_000;
/// Rows that take more than a moment to let go.
const MANY: usize = 1_000;

#[derive(Default)]
pub struct Slot {
    pub state: tokio::sync::Mutex<State>,
    pub use_: Mutex<Use>,
}

#[derive(Clone, Copy, Default)]
pub struct Use {
    /// When it was last asked for.
    pub asked: Option<Instant>,
    /// How many rows it holds.
    pub rows: usize,
    /// When ChargePoint was asked for what it holds.
    pub at: Option<Instant>,
}

#[derive(Default)]
pub struct Inner {
    pub slots: HashMap<Question, Arc<Slot>>,
    /// How many rows all of them hold.
    pub rows: usize,
    /// How often something has changed what a call answers.
    pub changes: HashMap<&'static str, u64>,
    /// What was asked of a call before is known to be old.
    pub outdated: HashMap<&'static str, Instant>,
    pub counts: HashMap<&'static str, Counts>,
}

/// How often answers of a call were passed on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// While they were fresh.
    pub hits: u64,
    /// ChargePoint had to be asked.
    pub misses: u64,
    /// Though they were not fresh, because ChargePoint is down.
    pub stale: u64,
}

/// How much is kept of a call, and how old it is, in seconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ages {
    pub answers: usize,
    pub rows: usize,
    pub newest: u64,
    pub oldest: u64,
}

impl Inner {
    /// Lets go what was not asked for the longest, if there is too much: an eighth at once, because it takes a look
    /// at all of them.
    pub fn make_room(&mut self) -> Vec<Arc<Slot>> {
        if self.slots.len() <= MOST_ANSWERS && self.rows <= MOST_ROWS {
            return Vec::new();
        }
        let mut uses: Vec<Use> = self.slots.values().map(|slot| *lock(&slot.use_)).collect();
        uses.sort_unstable_by_key(|one| std::cmp::Reverse(one.asked));
        let mut rows = 0;
        // The one that was just asked for stays, however large it is.
        let stay = uses.iter().enumerate().take_while(|(n, one)| {
            rows += one.rows;
            *n == 0 || *n < MOST_ANSWERS / 8 * 7 && rows <= MOST_ROWS / 8 * 7
        });
        let last = stay.last().and_then(|(_, one)| one.asked);
        let gone = self.slots.extract_if(|_, slot| lock(&slot.use_).asked < last);
        let gone = gone.map(|(_, slot)| slot).collect();
        // Counted anew: what was being asked for when it had to go is counted, and not there.
        self.rows = self.slots.values().map(|slot| lock(&slot.use_).rows).sum();
        gone
    }
}

/// Lets go what holds so many rows; many of them beside, because nobody is to wait for that.
pub fn let_go(rows: usize, what: impl Send + 'static) {
    if rows > MANY {
        tokio::task::spawn_blocking(move || drop(what));
    }
}
