//! What shows only when all ids are known: an id that another begins with, and a Chip ID that is
//! there in both byte orders.

use super::report::Report;
use crate::identifiers::{Code, IdKind, Repair};

const IS_PREFIX: u8 = 1;
const IS_REVERSED: u8 = 2;

/// The check of all ids against each other, in slices.
pub struct Neighbours {
    next: usize,
    /// What was found about each id.
    found: Vec<u8>,
}

impl Neighbours {
    pub fn new(report: &Report) -> Neighbours {
        Neighbours {
            next: 0,
            found: vec![0; report.accepted.len()],
        }
    }

    /// Looks at so many ids more; `true` when all were looked at and their warnings given.
    pub fn step(&mut self, report: &mut Report, ids: usize) -> bool {
        let end = self.next.saturating_add(ids).min(self.found.len());
        let chips = report.options.kind == IdKind::ChipId;
        for place in self.next..end {
            self.look_for_prefixes(report, place);
            if chips {
                self.look_for_reverse(report, place);
            }
        }
        self.next = end;
        if end < self.found.len() {
            return false;
        }
        for (place, found) in self.found.iter().enumerate() {
            if *found != 0 {
                let line = report.accepted.get(place).map_or(0, |entry| entry.line);
                if found & IS_PREFIX != 0 {
                    report.warn(Code::WPrefixOfOther, line);
                }
                if found & IS_REVERSED != 0 {
                    report.warn(Code::WMaybeReversed, line);
                }
            }
        }
        true
    }

    fn look_for_prefixes(&mut self, report: &Report, place: usize) {
        let Some(entry) = report.accepted.get(place) else {
            return;
        };
        let key = entry.key.as_bytes();
        for length in report.accepted.lengths_below(key.len()) {
            if let Some(shorter) = report.accepted.place(&key[..length]) {
                self.found[shorter] |= IS_PREFIX;
            }
        }
    }

    fn look_for_reverse(&mut self, report: &mut Report, place: usize) {
        let Some(entry) = report.accepted.get(place) else {
            return;
        };
        let mut reversed = [0; crate::identifiers::MAX_KEY];
        let key = entry.key.as_bytes();
        let pairs = key.rchunks(2).flatten();
        reversed.iter_mut().zip(pairs).for_each(|(to, from)| *to = *from);
        let Some(other) = report.accepted.place(&reversed[..key.len()]) else {
            return;
        };
        if other != place {
            self.found[place] |= IS_REVERSED;
        }
        if other < place {
            let to = String::from_utf8_lossy(&reversed[..key.len()]).into_owned();
            let (line, from) = (entry.line, entry.display.to_owned());
            report.offer(Repair::ReverseBytes, line, || (from, to));
        }
    }
}
