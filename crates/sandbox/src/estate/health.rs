//! When a station is out of reach and when a port has a fault: a function of seed, station, port
//! and day, so that alarms, states and the ends of sessions tell the same.

use crate::random::Dice;

/// In each such span a station may be out of reach once, and a port may have one fault; seconds.
const SPAN: i64 = 86_400;
/// How often a station is out of reach in a span.
const OUTAGES: f64 = 0.1;
/// How often a port has a fault in a span.
const FAULTS: f64 = 0.05;

/// Something that keeps a station or a port from working, in seconds since 1970 UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trouble {
    pub from: i64,
    pub until: i64,
    pub kind: &'static Kind,
}

/// A kind of trouble, as the API names it.
#[derive(Debug, PartialEq, Eq)]
pub struct Kind {
    /// Alarm when it begins.
    pub begins: &'static str,
    /// Alarm when it ends.
    pub ends: &'static str,
    /// Reason in a port's state.
    pub reason: &'static str,
    /// What ends a session because of it.
    pub ended_by: &'static str,
}

/// The station does not speak.
pub static OUTAGE: Kind = Kind {
    begins: "station unreachable",
    ends: "station reachable",
    reason: "Station Unreachable",
    ended_by: "Station Offline",
};

const fn fault(begins: &'static str, reason: &'static str) -> Kind {
    Kind {
        begins,
        ends: "fault cleared",
        reason,
        ended_by: "Fault",
    }
}

/// What happens to ports.
static PORT_FAULTS: [Kind; 4] = [
    fault("gfci soft trip", "Hardware Fault"),
    fault("over current soft trip", "Hardware Fault"),
    fault("contactor fault", "Hardware Fault"),
    fault("holster switch fault", "Station Out Of Service"),
];

impl Trouble {
    /// Whether it lasts at a moment.
    pub fn lasts(&self, moment: i64) -> bool {
        self.from <= moment && moment < self.until
    }
}

/// The first moment a station's spans are counted from: each has its own rhythm, so that they do
/// not all change at once.
pub fn phase(seed: u64, number: u64) -> i64 {
    Dice::of(&[seed, number, 1]).below(SPAN as u64) as i64
}

/// Times between two moments at which the station is out of reach.
pub fn outages(seed: u64, number: u64, from: i64, until: i64) -> impl Iterator<Item = Trouble> {
    troubles([seed, number, 2], phase(seed, number), from, until, |dice| {
        let happens = dice.chance(OUTAGES);
        happens.then(|| (3600 + dice.below(9 * 3600) as i64, &OUTAGE))
    })
}

/// Times between two moments at which a port, counted from 0, has a fault.
pub fn faults(seed: u64, number: u64, port: usize, from: i64, until: i64) -> impl Iterator<Item = Trouble> {
    let phase = phase(seed, number);
    troubles([seed, number, 3 + port as u64], phase, from, until, |dice| {
        let happens = dice.chance(FAULTS);
        happens.then(|| (1800 + dice.below(5 * 3600) as i64, dice.pick(&PORT_FAULTS)))
    })
}

fn troubles(
    keys: [u64; 3],
    phase: i64,
    from: i64,
    until: i64,
    happens: impl Fn(&mut Dice) -> Option<(i64, &'static Kind)>,
) -> impl Iterator<Item = Trouble> {
    let dice = Dice::of(&keys);
    let span = move |moment: i64| (moment + phase).div_euclid(SPAN);
    let spans = span(from)..=span(until);
    spans
        .filter_map(move |span| {
            let mut dice = dice.with(span as u64);
            let (lasts, kind) = happens(&mut dice)?;
            let from = span * SPAN - phase + dice.below((SPAN - lasts) as u64) as i64;
            Some(Trouble {
                from,
                until: from + lasts,
                kind,
            })
        })
        .filter(move |trouble| trouble.from < until && trouble.until > from)
}

/// What keeps a port from working at a moment; the station before the port.
pub fn trouble(seed: u64, number: u64, port: usize, now: i64) -> Option<Trouble> {
    let outage = outages(seed, number, now, now + 1).next();
    outage.or_else(|| faults(seed, number, port, now, now + 1).next())
}
