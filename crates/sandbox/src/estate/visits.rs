//! Who is plugged in where and when. A port's time is divided into slots; in each a vehicle may come
//! and go. So a session is found by its number or by a moment without looking at any other.

use super::health;
use super::traits::Traits;
use crate::random::Dice;

/// Length of a slot of a port with alternating current, in seconds.
const SLOW: i64 = 6 * 3600;
/// Length of a slot of a port with direct current, in seconds.
const FAST: i64 = 3600;
/// A session's number is its slot times this, plus station and port.
const PLACES: i64 = 1_000_000;
/// Ports of a station whose sessions have numbers; at further ones nobody charges.
const PORTS: usize = 10;
/// Numbers of stations, as identifiers begin and follow each other.
const FIRST: u64 = 100_001;
const STRIDE: u64 = 7;

/// A vehicle at a port, from plug in to plug out, in seconds since 1970 UTC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    /// Number of the session.
    pub id: i64,
    pub start: i64,
    pub end: i64,
    /// What ended it, or will.
    pub ended_by: &'static str,
}

/// The slot that a port is in at a moment.
fn slot_at(seed: u64, traits: &Traits, port: usize, moment: i64) -> i64 {
    (moment + phase(seed, traits, port)).div_euclid(length(traits, port))
}

fn length(traits: &Traits, port: usize) -> i64 {
    if traits.outlets[port].dc { FAST } else { SLOW }
}

fn phase(seed: u64, traits: &Traits, port: usize) -> i64 {
    health::phase(seed, traits.number) + 977 * port as i64
}

/// The visit of a slot.
fn visit(seed: u64, traits: &Traits, port: usize, slot: i64) -> Option<Visit> {
    let length = length(traits, port);
    let mut dice = Dice::of(&[seed, traits.number, 20 + port as u64, slot as u64]);
    let begins = slot * length - phase(seed, traits, port);
    let hour = traits.time_of_day(begins + length / 2) / 3600;
    if !dice.chance(occupancy(hour)) || begins < traits.activated {
        return None;
    }
    let lasts = length * (30 + dice.below(66) as i64) / 100 + dice.below(60) as i64;
    let start = begins + dice.below((length - lasts) as u64) as i64;
    let ended_by = match dice.below(20) {
        0 => "Timeout",
        1..9 => "Customer",
        _ => "Plug Out at Vehicle",
    };
    let visit = Visit {
        id: number(traits.number, port, slot)?,
        start,
        end: start + lasts,
        ended_by,
    };
    undisturbed(seed, traits, port, visit)
}

/// A visit ends when something breaks, and does not begin where something is broken.
fn undisturbed(seed: u64, traits: &Traits, port: usize, visit: Visit) -> Option<Visit> {
    let Visit { start, end, .. } = visit;
    let outages = health::outages(seed, traits.number, start, end);
    let faults = health::faults(seed, traits.number, port, start, end);
    let first = outages.chain(faults).min_by_key(|trouble| trouble.from);
    match first {
        None => Some(visit),
        Some(trouble) if trouble.from > start => Some(Visit {
            end: trouble.from,
            ended_by: trouble.kind.ended_by,
            ..visit
        }),
        Some(_) => None,
    }
}

/// The visit at a port, counted from 0, at a moment.
pub fn at(seed: u64, traits: &Traits, port: usize, now: i64) -> Option<Visit> {
    let visit = visit(seed, traits, port, slot_at(seed, traits, port, now))?;
    (visit.start <= now && now < visit.end).then_some(visit)
}

/// The visits at a port that overlap with a time, in their order.
pub fn between(
    seed: u64,
    traits: &Traits,
    port: usize,
    from: i64,
    until: i64,
) -> impl Iterator<Item = Visit> + use<'_> {
    let slots = slot_at(seed, traits, port, from)..=slot_at(seed, traits, port, until);
    slots
        .filter_map(move |slot| visit(seed, traits, port, slot))
        .filter(move |visit| visit.start < until && visit.end > from)
}

/// The number of the session in a slot of a port; none for a station that did not grow here.
fn number(station: u64, port: usize, slot: i64) -> Option<i64> {
    let serial = station.checked_sub(FIRST)? / STRIDE;
    (port < PORTS).then_some(())?;
    Some(slot * PLACES + serial as i64 * 10 + port as i64)
}

/// The number of the station of a session, and its port counted from 0.
pub fn place(session: i64) -> Option<(u64, usize)> {
    let place = u64::try_from(session % PLACES).ok()?;
    Some((place / 10 * STRIDE + FIRST, (place % 10) as usize))
}

/// The visit of a number, at the port where [`place`] says it is.
pub fn of_number(seed: u64, traits: &Traits, port: usize, session: i64) -> Option<Visit> {
    let visit = visit(seed, traits, port, session / PLACES)?;
    (visit.id == session).then_some(visit)
}

/// Share of ports in use at an hour of the local day.
fn occupancy(hour: i64) -> f64 {
    match hour {
        0..=6 => 0.2,
        7..=9 | 17..=19 => 0.7,
        10..=16 => 0.85,
        _ => 0.45,
    }
}
