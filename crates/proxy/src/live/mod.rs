//! What happens, told to whoever looks: states of ports, alarms, requests, imports, changes of the books.
//!
//! One task follows ChargePoint and the audit log for all readers, by answers that are kept anyway, and only while
//! somebody reads. What it finds goes into a ring, from which a reader who comes back gets what was missed.

mod event;
mod follow;
mod lines;
mod reader;
mod ring;
mod states;

pub use event::Event;
pub use reader::Reader;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::broadcast;

use crate::access::spawn;
use crate::app::App;
use crate::books::ids;
use crate::problem::Error;
use event::Audience;
use ring::{Missed, RING, State};

/// The most readers of one account: its windows, on all its machines.
pub const MOST_OF_ACCOUNT: usize = 12;
/// The most readers of all: other requests need connections, too.
const MOST: usize = 400;
/// For how long what was seen last stays while nobody reads. Then everything is new to whoever comes.
const REMEMBERED: Duration = Duration::from_secs(600);

/// How often things are done.
#[derive(Clone, Copy, Debug)]
pub struct Times {
    /// The answers that are kept, and the audit log, are looked at.
    pub look: Duration,
    /// A reader is sent something, whatever happens.
    pub heartbeat: Duration,
}

impl Default for Times {
    fn default() -> Self {
        Self {
            look: Duration::from_secs(5),
            heartbeat: Duration::from_secs(20),
        }
    }
}

/// What readers are told.
#[derive(Clone)]
enum Told {
    Event(Arc<Event>),
    /// Accounts have changed: whoever reads may do so no more.
    Accounts,
}

/// How the connection to ChargePoint is, and since when.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Connection {
    ok: bool,
    since: String,
}

/// The readers and what they are told.
pub struct Live {
    times: Times,
    told: broadcast::Sender<Told>,
    state: Mutex<State>,
    /// What the task saw last. It alone holds it.
    seen: tokio::sync::Mutex<follow::Seen>,
}

impl Default for Live {
    fn default() -> Self {
        Self::with(Times::default())
    }
}

/// A place among the readers, until it is dropped.
struct Place {
    app: App,
    account: String,
    told: broadcast::Receiver<Told>,
    /// Where the reader stands: the next events come after.
    at: String,
    missed: Missed,
    chargepoint: Option<Connection>,
}

impl Live {
    /// The same with other times.
    pub fn with(times: Times) -> Self {
        Self {
            times,
            told: broadcast::channel(2 * RING).0,
            state: Mutex::default(),
            seen: tokio::sync::Mutex::default(),
        }
    }

    /// Whether ChargePoint answered when it was looked at; none before the first look.
    pub fn is_connected(&self) -> Option<bool> {
        self.state().chargepoint.as_ref().map(|now| now.ok)
    }

    /// How many read.
    pub fn readers(&self) -> usize {
        self.state().readers.values().sum()
    }

    /// Takes a reader in, who read up to `last`, after the audit log ended in that line.
    fn enter(&self, app: &App, account: &str, last: Option<&str>, line: i64) -> Result<Place, Error> {
        let epoch = ids::new("l")?;
        let mut state = self.state();
        let all: usize = state.readers.values().sum();
        let own = state.readers.get(account).copied().unwrap_or_default();
        if own >= MOST_OF_ACCOUNT || all >= MOST {
            return Err(Error::TooMany(30));
        }
        let is_long_ago = state.left.is_some_and(|left| left.elapsed() >= REMEMBERED);
        if state.epoch.is_empty() || all == 0 && is_long_ago {
            state.epoch = epoch;
            state.ring.clear();
        }
        *state.readers.entry(account.to_owned()).or_default() += 1;
        let (at, missed) = (state.place(state.last), state.missed(last));
        let place = Place {
            app: app.clone(),
            account: account.to_owned(),
            told: self.told.subscribe(),
            at,
            missed,
            chargepoint: state.chargepoint.clone(),
        };
        if !state.is_followed {
            state.is_followed = true;
            spawn(follow::follow(app.clone(), line));
        }
        Ok(place)
    }

    fn leave(&self, account: &str) {
        let mut state = self.state();
        if let Some(own) = state.readers.get_mut(account) {
            *own -= 1;
            if *own == 0 {
                state.readers.remove(account);
            }
        }
        if state.readers.is_empty() {
            state.left = Some(Instant::now());
        }
    }

    /// Whether somebody reads; if not, nobody follows from now on.
    fn is_read(&self) -> bool {
        let mut state = self.state();
        state.is_followed = !state.readers.is_empty();
        state.is_followed
    }

    fn epoch(&self) -> String {
        self.state().epoch.clone()
    }

    fn tell(&self, name: &'static str, data: &serde_json::Value, audience: Audience) {
        let mut state = self.state();
        state.last += 1;
        let event = Arc::new(Event::new(state.place(state.last), name, data, audience));
        if state.ring.len() == RING {
            state.ring.pop_front();
        }
        state.ring.push_back(Arc::clone(&event));
        // Nobody reads: then nobody is told.
        let _ = self.told.send(Told::Event(event));
    }

    fn tell_of_accounts(&self) {
        let _ = self.told.send(Told::Accounts);
    }

    /// Notes how the connection to ChargePoint is; whether that is new.
    fn connected(&self, now: Connection) -> bool {
        let mut state = self.state();
        let was = state.chargepoint.as_ref().map(|was| was.ok);
        if was == Some(now.ok) {
            return false;
        }
        let is_news = was.is_some() || !now.ok;
        state.chargepoint = Some(now);
        is_news
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.app.live.leave(&self.account);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_change_of_the_connection_is_news() {
        let live = Live::default();
        let is = |ok| {
            live.connected(Connection {
                ok,
                since: String::new(),
            })
        };
        assert_eq!(
            [is(true), is(true), is(false), is(false), is(true)],
            [false, false, true, false, true]
        );
    }
}
