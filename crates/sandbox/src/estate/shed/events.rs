use super::{Measure, OtherMode, Sheds};
use crate::estate::Estate;
use crate::estate::sessions::{HISTORY, Session};
use crate::estate::traits::Traits;
use crate::random::Dice;

/// Key of the dice of drivers who refuse.
const REFUSALS: u64 = 0x0000_0E7E;
/// Most events kept.
const KEPT: usize = 10_000;

/// An event that sheds load at a station's ports, or at those of a group.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    pub id: i32,
    /// Number of the station; none for a group.
    pub station: Option<u64>,
    /// The group; none for a station.
    pub group: Option<i32>,
    pub from: i64,
    pub until: i64,
    pub measure: Measure,
    /// Whether drivers may refuse.
    pub may_opt_out: bool,
}

/// A driver's refusal of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OptOut {
    pub at: i64,
}

/// What became of the wish to remove an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Removal {
    Removed,
    /// It has begun.
    TooLate,
    /// There is no such event.
    Unknown,
}

impl Event {
    /// Whether a station takes part.
    pub fn means(&self, traits: &Traits) -> bool {
        self.station == Some(traits.number) || self.group.is_some_and(|group| traits.groups.contains(&group))
    }

    /// Whether it lasts at a moment.
    pub fn lasts(&self, moment: i64) -> bool {
        self.from <= moment && moment < self.until
    }

    /// When the driver of a session refuses, if ever.
    pub(super) fn opt_out(&self, seed: u64, session: &Session<'_>) -> Option<OptOut> {
        let mut dice = Dice::of(&[seed, REFUSALS, self.id as u64, session.visit.id as u64]);
        let from = self.from.max(session.visit.start);
        let until = self.until.min(session.visit.end);
        let refuses = self.may_opt_out && dice.chance(0.15);
        refuses.then(|| OptOut {
            at: from + dice.below((until - from).max(1) as u64) as i64,
        })
    }
}

impl Estate {
    /// Announces an event and gives its number; its own is not looked at.
    ///
    /// # Errors
    /// When another mode is active at one of its stations and not over when it begins, or another event
    /// has one at the same time.
    pub fn add_event(&mut self, event: Event, now: i64) -> Result<i32, OtherMode> {
        if self.is_mixed(&event, now) {
            return Err(OtherMode);
        }
        let Sheds {
            events, last_event, ..
        } = &mut self.sheds;
        events.retain(|known| known.until > now - 2 * HISTORY);
        let surplus = (events.len() + 1).saturating_sub(KEPT);
        events.drain(..surplus);
        *last_event += 1;
        events.push(Event {
            id: *last_event,
            ..event
        });
        Ok(*last_event)
    }

    /// Whether an event would mix modes at a station.
    fn is_mixed(&self, event: &Event, now: i64) -> bool {
        let at_once = |other: &&Event| other.from < event.until && event.from < other.until;
        let events = self.sheds.events.iter().filter(at_once);
        let others: Vec<&Event> = events
            .filter(|other| !other.measure.is_like(event.measure))
            .collect();
        self.units
            .iter()
            .filter(|unit| event.means(&unit.traits))
            .any(|unit| {
                let traits = &unit.traits;
                let by_calls =
                    (0..traits.outlets.len()).filter_map(|port| self.sheds.active(traits.number, port, now));
                let mut lasting = by_calls.filter(|shed| shed.limit.holds(event.from));
                lasting.any(|shed| !shed.measure.is_like(event.measure))
                    || others.iter().any(|other| other.means(traits))
            })
    }

    /// Removes an event that has not begun.
    pub fn remove_event(&mut self, id: i32, now: i64) -> Removal {
        let events = &mut self.sheds.events;
        match events.iter().position(|event| event.id == id) {
            None => Removal::Unknown,
            Some(at) if events[at].from <= now => Removal::TooLate,
            Some(at) => {
                events.remove(at);
                Removal::Removed
            }
        }
    }

    /// The event of a number.
    pub fn event(&self, id: i32) -> Option<&Event> {
        self.sheds.events.iter().find(|event| event.id == id)
    }
}
