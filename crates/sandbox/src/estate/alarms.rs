//! Alarms: what went wrong at stations and ports, and that it is well again. They are current until
//! a call moves them to history.

use super::{Estate, Unit, health};

/// Alarms older than this are history by themselves, in seconds.
pub const CURRENT: i64 = 30 * 86_400;

/// What makes an alarm this one: the station's number, the port from 1 or 0 for the station, when.
pub type Key = (u64, usize, i64);

/// An alarm.
#[derive(Debug, Clone)]
pub struct Alarm<'a> {
    pub unit: &'a Unit,
    /// The port, counted from 0; none for the station.
    pub port: Option<usize>,
    pub at: i64,
    pub kind: &'static str,
}

impl Alarm<'_> {
    /// What makes it this one.
    pub fn key(&self) -> Key {
        let port = self.port.map_or(0, |port| port + 1);
        (self.unit.traits.number, port, self.at)
    }
}

impl Estate {
    /// The current alarms of a station at a moment, in their order of time.
    pub fn alarms<'a>(&'a self, unit: &'a Unit, now: i64) -> Vec<Alarm<'a>> {
        let since = (now - CURRENT).max(unit.traits.activated);
        let number = unit.traits.number;
        let outages = health::outages(self.seed, number, since, now + 1).map(|trouble| (None, trouble));
        let ports = 0..unit.traits.outlets.len();
        let faults = ports.flat_map(|port| {
            let faults = health::faults(self.seed, number, port, since, now + 1);
            faults.map(move |trouble| (Some(port), trouble))
        });
        let both = outages.chain(faults).flat_map(|(port, trouble)| {
            let alarm = |at, kind| Alarm { unit, port, at, kind };
            [
                alarm(trouble.from, trouble.kind.begins),
                alarm(trouble.until, trouble.kind.ends),
            ]
        });
        let mut alarms: Vec<Alarm<'_>> = both
            .filter(|alarm| since <= alarm.at && alarm.at <= now)
            .filter(|alarm| !self.cleared.contains(&alarm.key()))
            .collect();
        alarms.sort_by_key(|alarm| (alarm.at, alarm.port));
        alarms
    }

    /// Moves alarms to history.
    pub fn clear_alarms(&mut self, alarms: impl IntoIterator<Item = Key>, now: i64) {
        self.cleared.retain(|(_, _, at)| *at > now - CURRENT);
        self.cleared.extend(alarms);
    }
}
