//! Load that was shed, as calls have asked for it.

mod events;

use std::collections::HashMap;

use super::charge::{Limit, Steps};
use super::sessions::{HISTORY, Session};
use super::{Estate, Unit};

pub use events::{Event, OptOut, Removal};

/// Most that is kept of a port, the youngest.
const KEPT: usize = 100;

/// What was shed at a station's port, and the events that shed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sheds {
    /// By number of the station and port, counted from 0; in their order of time.
    ports: HashMap<(u64, usize), Vec<Shed>>,
    events: Vec<Event>,
    last_event: i32,
}

/// How much is shed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Measure {
    /// No more than these kilowatts flow.
    Allowed(f64),
    /// So many percent of the power at the first call do not flow.
    Percent(f64),
}

impl Measure {
    /// Whether both are percent, or both kilowatts.
    pub fn is_like(self, other: Self) -> bool {
        matches!(
            (self, other),
            (Self::Allowed(_), Self::Allowed(_)) | (Self::Percent(_), Self::Percent(_))
        )
    }

    /// The limit for a port that gave `kw` at first.
    fn of(self, kw: f64) -> f64 {
        match self {
            Self::Allowed(most) => most,
            Self::Percent(percent) => kw * (1.0 - percent / 100.0),
        }
    }
}

/// A port's load shed for a time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shed {
    pub measure: Measure,
    /// Kilowatts at the first call of the same mode.
    pub first: f64,
    pub limit: Limit,
}

/// Another mode of shedding is active at one of the stations: modes are not mixed there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OtherMode;

impl Sheds {
    /// What is shed at a port at a moment.
    fn active(&self, number: u64, port: usize, now: i64) -> Option<&Shed> {
        let last = self.ports.get(&(number, port))?.last()?;
        last.limit.holds(now).then_some(last)
    }

    /// Puts the limits on a session that touch it.
    pub fn limit(&self, seed: u64, session: &mut Session<'_>) {
        let (number, port) = (session.unit.traits.number, session.port);
        let visit = &session.visit;
        let touches =
            |limit: &Limit| limit.from < visit.end && limit.until.is_none_or(|until| until > visit.start);
        let sheds = self.ports.get(&(number, port)).into_iter().flatten();
        session.limits = sheds.map(|shed| shed.limit).filter(touches).collect();
        for event in self
            .events
            .iter()
            .filter(|event| event.means(&session.unit.traits))
        {
            let until = Some(event.until);
            let whole = Limit {
                from: event.from,
                until,
                kw: 0.0,
            };
            if !touches(&whole) {
                continue;
            }
            let opt_out = event.opt_out(seed, session);
            let until = opt_out.map_or(until, |opt_out| Some(opt_out.at));
            let kw = event.measure.of(power_before(session, event.from));
            session.limits.push(Limit { until, kw, ..whole });
            session.opted_out = session.opted_out.or(opt_out);
        }
    }
}

/// Kilowatts at a moment, under the limits so far.
fn power_before(session: &Session<'_>, moment: i64) -> f64 {
    let outlet = session.unit.traits.outlets[session.port];
    let steps = Steps::of(&session.visit, &session.car, outlet, &session.limits, moment + 1);
    let last = steps.last();
    last.filter(|step| step.until > moment)
        .map_or(0.0, |step| step.kw)
}

impl Estate {
    /// What is shed at a port, counted from 0, at a moment: by a call, or by an event.
    pub fn shed_at(&self, unit: &Unit, port: usize, now: i64) -> Option<Shed> {
        let traits = &unit.traits;
        if let Some(shed) = self.sheds.active(traits.number, port, now) {
            return Some(*shed);
        }
        let mut events = self.sheds.events.iter();
        let event = events.find(|event| event.means(traits) && event.lasts(now))?;
        let first = self.session_at(unit, port, now);
        let refused = first
            .as_ref()
            .and_then(|session| session.opted_out)
            .is_some_and(|opt_out| opt_out.at <= now);
        let first = first.map_or(0.0, |session| power_before(&session, event.from - 1));
        (!refused).then_some(Shed {
            measure: event.measure,
            first,
            limit: Limit {
                from: event.from,
                until: Some(event.until),
                kw: event.measure.of(first),
            },
        })
    }

    /// Kilowatts that a port, counted from 0, gives at a moment.
    pub fn kw(&self, unit: &Unit, port: usize, now: i64) -> f64 {
        let session = self.session_at(unit, port, now);
        session.map_or(0.0, |session| session.kw(now))
    }

    /// Whether a port of a station is shed in another way than this at a moment.
    fn is_shed_otherwise(&self, unit: &Unit, measure: Measure, now: i64) -> bool {
        let mut sheds = (0..unit.traits.outlets.len()).filter_map(|port| self.shed_at(unit, port, now));
        sheds.any(|shed| !shed.measure.is_like(measure))
    }

    /// Sheds load at ports of stations, named by number and port, for so many minutes; 0 until it is
    /// cleared.
    ///
    /// # Errors
    /// When another mode is active at one of their stations, by a call or by an event; nothing has
    /// changed then.
    pub fn shed(&mut self, ports: &[(u64, usize, Measure)], minutes: i64, now: i64) -> Result<(), OtherMode> {
        let mut changes = Vec::with_capacity(ports.len());
        let mut looked_at = None;
        for &(number, port, measure) in ports {
            let Some(unit) = self.units.iter().find(|unit| unit.traits.number == number) else {
                continue;
            };
            // The ports of a station come one after the other.
            if looked_at != Some(number) && self.is_shed_otherwise(unit, measure, now) {
                return Err(OtherMode);
            }
            looked_at = Some(number);
            let active = self.shed_at(unit, port, now);
            let first = active.map_or_else(|| self.kw(unit, port, now), |active| active.first);
            let limit = Limit {
                from: now,
                until: (minutes > 0).then_some(now + minutes * 60),
                kw: measure.of(first),
            };
            let shed = Shed {
                measure,
                first,
                limit,
            };
            changes.push(((number, port), shed));
        }
        for (place, shed) in changes {
            let sheds = self.sheds.ports.entry(place).or_default();
            end(sheds, now);
            sheds.push(shed);
            let surplus = sheds.len().saturating_sub(KEPT);
            sheds.drain(..surplus);
        }
        Ok(())
    }

    /// Lets the load of ports flow again.
    pub fn clear_shed(&mut self, ports: &[(u64, usize)], now: i64) {
        for place in ports {
            if let Some(sheds) = self.sheds.ports.get_mut(place) {
                end(sheds, now);
            }
        }
        self.sheds.ports.retain(|_, sheds| !sheds.is_empty());
    }
}

/// Ends what is shed at a port, and forgets what is too old to be asked for.
fn end(sheds: &mut Vec<Shed>, now: i64) {
    if let Some(last) = sheds.last_mut().filter(|last| last.limit.holds(now)) {
        last.limit.until = Some(now);
    }
    sheds.retain(|Shed { limit, .. }| {
        let ended = limit.until.is_none_or(|until| until > now - 2 * HISTORY);
        ended && limit.until != Some(limit.from)
    });
}
