//! Refusals on their way into the books. An answer does not wait for them: they are gathered in memory while an
//! earlier lot is written and for a while after it, so that however many are refused, writing takes a small part of
//! the time.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use domain::Timestamp;
use domain::authorize::Authorized;
use domain::identifiers::{IdKind, auth_key};
use domain::limits::MAX_REFUSED;
use domain::refused::Refusal;
use sqlx::AssertSqlSafe;

use super::super::super::batch::{self, Value};
use super::super::super::records::{self, BATCH};
use super::super::super::{Books, Tx, ids};
use super::super::ask::Shown;
use crate::access::spawn;
use crate::app::App;
use crate::clock;
use crate::problem::Error;

/// How many times as long as a lot took to write the next one waits.
const REST: u32 = 19;

/// The longest that the next lot waits, however long the last one took, and after one that could not be written.
const LONGEST_REST: Duration = Duration::from_secs(60);

/// The most that wait; what comes when there are so many is not told of.
const MOST: usize = 20_000;

/// Location, kind and key.
type Key = (String, i64, String);

/// A refusal, how often it came since the last lot, and when first and last.
pub struct Refused {
    id: String,
    reason: Refusal,
    times: u64,
    /// None: at the last of them.
    first: Option<Timestamp>,
    last: Timestamp,
}

impl Refused {
    /// Adds those that came before.
    fn follow(&mut self, before: Self) {
        self.times += before.times;
        self.first = Some(before.first.unwrap_or(before.last));
    }
}

/// What is to be told of an answer, if it refuses a token at a location that there is.
fn refused(location_id: &str, shown: &Shown, answer: &Authorized) -> Option<(Key, Refused)> {
    let reason = Refusal::of(answer.reason)?;
    let (kind, key, id) = match &answer.token {
        Some(token) => (IdKind::AuthId, auth_key(&token.auth_id), &token.auth_id),
        None => (shown.kind, shown.id.key.clone(), &shown.id.display),
    };
    let refused = Refused {
        id: id.clone(),
        reason,
        times: 1,
        first: None,
        last: clock::now(),
    };
    Some(((location_id.to_owned(), ids::kind_number(kind), key), refused))
}

fn row(((location_id, kind, key), refused): &(Key, Refused)) -> Vec<Value> {
    vec![
        location_id.clone().into(),
        Value::Number(*kind),
        key.clone().into(),
        refused.id.clone().into(),
        refused.reason.word().into(),
        Value::from(refused.times),
        refused.first.as_ref().unwrap_or(&refused.last).clone().into(),
        refused.last.clone().into(),
    ]
}

#[derive(Default)]
struct State {
    refused: HashMap<Key, Refused>,
    is_written: bool,
}

impl State {
    /// Takes one in, joined with the one of that key that waits; a new one only where there is room.
    fn put(&mut self, key: Key, refused: Refused, join: impl FnOnce(&mut Refused, Refused)) {
        let is_full = self.refused.len() >= MOST;
        match self.refused.entry(key) {
            Entry::Occupied(mut own) => join(own.get_mut(), refused),
            Entry::Vacant(_) if is_full => {}
            Entry::Vacant(free) => {
                free.insert(refused);
            }
        }
    }
}

/// The refusals that wait.
#[derive(Default)]
pub struct Waiting(Mutex<State>);

impl Waiting {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes one in, and says whether somebody has to see to it that they are written.
    #[must_use]
    fn add(&self, key: Key, refused: Refused) -> bool {
        let mut state = self.state();
        state.put(key, refused, |own, newer| {
            let before = std::mem::replace(own, newer);
            own.follow(before);
        });
        !std::mem::replace(&mut state.is_written, true)
    }

    /// All that wait; without any, whoever asks is done.
    fn take(&self) -> HashMap<Key, Refused> {
        let mut state = self.state();
        let all = std::mem::take(&mut state.refused);
        state.is_written = !all.is_empty();
        all
    }

    /// Takes a lot back that could not be written, below what came since.
    fn take_back(&self, lot: Vec<(Key, Refused)>) {
        let mut state = self.state();
        for (key, before) in lot {
            state.put(key, before, Refused::follow);
        }
    }
}

/// Notes an answer that refuses a token; nobody waits until it is written.
pub fn note(app: &App, location_id: &str, shown: &Shown, answer: &Authorized) {
    let refused = refused(location_id, shown, answer);
    if refused.is_some_and(|(key, refused)| app.books.refused.add(key, refused)) {
        let app = app.clone();
        spawn(async move { write(&app.books).await });
    }
}

/// Writes all refusals that wait, until there are none.
async fn write(books: &Books) {
    while let Some(rest) = write_lot(books).await {
        tokio::time::sleep(rest).await;
    }
}

/// Writes those that wait now, and says how long the next ones wait; none where there were none.
pub async fn write_lot(books: &Books) -> Option<Duration> {
    let mut all: Vec<(Key, Refused)> = books.refused.take().into_iter().collect();
    if all.is_empty() {
        return None;
    }
    // In one order, so that two servers never wait for each other.
    all.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
    match insert(books, &all).await {
        Ok(took) => Some((took * REST).min(LONGEST_REST)),
        Err(error) => {
            tracing::warn!(%error, "refused tokens are not noted yet");
            books.refused.take_back(all);
            Some(LONGEST_REST)
        }
    }
}

/// Writes them, and says how long that took once it was their turn.
async fn insert(books: &Books, all: &[(Key, Refused)]) -> Result<Duration, Error> {
    let mut tx = books.write().await?;
    let begun = Instant::now();
    tx.silently("a question changes nothing");
    let mut locations: Vec<String> = all.iter().map(|((location, ..), _)| location.clone()).collect();
    locations.dedup();
    let rows: Vec<Vec<Value>> = all.iter().map(row).collect();
    batch::insert(
        &mut tx,
        "INSERT INTO refused (location_id, kind, key, id, reason, times, first_at, last_at)",
        &rows,
        "ON CONFLICT (location_id, kind, key) DO UPDATE SET id = excluded.id, reason = excluded.reason, \
         times = refused.times + excluded.times, last_at = excluded.last_at",
    )
    .await?;
    for locations in locations.chunks(BATCH) {
        trim(&mut tx, locations).await?;
    }
    tx.commit().await?;
    Ok(begun.elapsed())
}

/// Keeps the latest of each location.
async fn trim(tx: &mut Tx, locations: &[String]) -> Result<(), Error> {
    let sql = format!(
        "DELETE FROM refused WHERE (location_id, kind, key) IN (SELECT location_id, kind, key FROM \
         (SELECT location_id, kind, key, ROW_NUMBER() OVER (PARTITION BY location_id \
         ORDER BY last_at DESC, times DESC, kind, key) AS place FROM refused WHERE location_id IN ({})) placed \
         WHERE place > {MAX_REFUSED})",
        records::placeholders(1, locations.len())
    );
    records::bind(sqlx::query(AssertSqlSafe(sql)).persistent(false), locations)
        .execute(&mut **tx)
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(at: &str, reason: Refusal) -> Refused {
        Refused {
            id: at.into(),
            reason,
            times: 1,
            first: None,
            last: at.into(),
        }
    }

    fn key(id: &str) -> Key {
        ("loc_1".into(), 0, id.into())
    }

    #[test]
    fn a_lot_that_is_taken_back_stands_before_what_came_since() {
        let waiting = Waiting::default();
        assert!(waiting.add(key("A"), refused("08:00", Refusal::UnknownToken)));
        assert!(!waiting.add(key("A"), refused("08:01", Refusal::NotListed)));
        assert!(!waiting.add(key("B"), refused("08:02", Refusal::NotListed)));
        let lot = waiting.take().into_iter().collect();
        let _ = waiting.add(key("A"), refused("08:03", Refusal::Blocked));
        waiting.take_back(lot);
        let all = waiting.take();
        let told = |id: &str| {
            let one = &all[&key(id)];
            (
                one.times,
                one.reason.word(),
                one.first.as_deref(),
                one.last.as_str(),
            )
        };
        assert_eq!(told("A"), (3, Refusal::Blocked.word(), Some("08:00"), "08:03"));
        assert_eq!(told("B"), (1, Refusal::NotListed.word(), None, "08:02"));
    }

    #[test]
    fn no_more_wait_than_are_wanted() {
        let waiting = Waiting::default();
        for n in 0..MOST {
            let _ = waiting.add(key(&n.to_string()), refused("08:00", Refusal::NotListed));
        }
        let lot = waiting.take().into_iter().collect();
        let _ = waiting.add(key("new"), refused("08:01", Refusal::NotListed));
        waiting.take_back(lot);
        let _ = waiting.add(key("newer"), refused("08:02", Refusal::NotListed));
        let all = waiting.take();
        assert_eq!(all.len(), MOST);
        assert!(all.contains_key(&key("new")) && !all.contains_key(&key("newer")));
    }
}
