//! The events that were told last, and who reads.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::Instant;

use super::{Connection, Event};

/// How many events a reader who comes back can have missed.
pub const RING: usize = 2_000;

/// What is known of events and readers.
#[derive(Default)]
pub struct State {
    /// Whose numbers these are: of this server, since it last forgot.
    pub epoch: String,
    pub last: u64,
    pub ring: VecDeque<Arc<Event>>,
    pub readers: HashMap<String, usize>,
    pub is_followed: bool,
    /// When the last reader left.
    pub left: Option<Instant>,
    pub chargepoint: Option<Connection>,
}

/// What a reader who comes back has missed.
pub enum Missed {
    /// It comes for the first time.
    New,
    These(Vec<Arc<Event>>),
    /// More than is known.
    Much,
}

impl State {
    /// The id of the event of that number.
    pub fn place(&self, number: u64) -> String {
        format!("{}.{number}", self.epoch)
    }

    /// What a reader has missed who read up to that event.
    pub fn missed(&self, last: Option<&str>) -> Missed {
        let Some(last) = last else {
            return Missed::New;
        };
        let number = last
            .strip_prefix(&self.epoch)
            .and_then(|rest| rest.strip_prefix('.'));
        let Some(number) = number.and_then(|number| number.parse::<u64>().ok()) else {
            return Missed::Much;
        };
        let begins = self.last - self.ring.len() as u64;
        if number < begins || number > self.last {
            return Missed::Much;
        }
        let known = usize::try_from(number - begins).unwrap_or(usize::MAX);
        Missed::These(self.ring.iter().skip(known).cloned().collect())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::Live;
    use super::super::event::Audience;
    use super::*;

    fn state(live: &Live, last: &str) -> Option<usize> {
        match live.state().missed(Some(last)) {
            Missed::These(events) => Some(events.len()),
            Missed::New | Missed::Much => None,
        }
    }

    #[test]
    fn who_comes_back_gets_what_is_in_the_ring() {
        let live = Live::default();
        live.state().epoch = "e".into();
        for n in 0..RING + 10 {
            live.tell("port", &json!({ "n": n }), Audience::Everybody);
        }
        let last = RING + 10;
        assert_eq!(state(&live, &format!("e.{last}")), Some(0));
        assert_eq!(state(&live, &format!("e.{}", last - 3)), Some(3));
        assert_eq!(state(&live, "e.10"), Some(RING));
        for too_old in ["e.9", "e.0", "other.5", "e.", "e.x", "", "e.99999999"] {
            assert_eq!(state(&live, too_old), None, "{too_old}");
        }
    }
}
