//! The entries of one list: all keys in one text, in order. A hundred thousand take two megabytes, and one is found
//! in seventeen steps.

use domain::identifiers::IdKind;

use super::super::ids;

#[derive(Debug, Default)]
pub struct Entries {
    keys: String,
    /// Where each ends. Those before `cards` are Auth IDs, the rest are Chip IDs.
    ends: Vec<u32>,
    cards: usize,
}

impl Entries {
    /// Adds an entry behind all others: they come ordered by kind, as the books number it, and key.
    pub fn push(&mut self, kind: i64, key: &str) {
        self.keys.push_str(key);
        self.ends.push(u32::try_from(self.keys.len()).unwrap_or(u32::MAX));
        if ids::kind_of(kind) == IdKind::AuthId {
            self.cards += 1;
        }
    }

    /// Gives back the room that was kept for more.
    pub fn shrink(&mut self) {
        self.keys.shrink_to_fit();
        self.ends.shrink_to_fit();
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }

    fn key(&self, at: usize) -> &str {
        let from = at.checked_sub(1).and_then(|before| self.ends.get(before));
        let to = self.ends.get(at).copied().unwrap_or_default();
        let range = from.copied().unwrap_or_default() as usize..to as usize;
        self.keys.get(range).unwrap_or_default()
    }

    /// Whether the list holds it.
    pub fn holds(&self, kind: IdKind, key: &str) -> bool {
        let (mut from, mut to) = match kind {
            IdKind::AuthId => (0, self.cards),
            IdKind::ChipId => (self.cards, self.ends.len()),
        };
        while from < to {
            let middle = from + (to - from) / 2;
            match self.key(middle).cmp(key) {
                std::cmp::Ordering::Equal => return true,
                std::cmp::Ordering::Less => from = middle + 1,
                std::cmp::Ordering::Greater => to = middle,
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_keys_of_their_kind_are_found() {
        let mut list = Entries::default();
        for (kind, key) in [(0, "A"), (0, "AB"), (0, "B"), (1, "04A1"), (1, "A")] {
            list.push(kind, key);
        }
        for (kind, key, holds) in [
            (IdKind::AuthId, "A", true),
            (IdKind::AuthId, "AB", true),
            (IdKind::AuthId, "B", true),
            (IdKind::ChipId, "04A1", true),
            (IdKind::ChipId, "A", true),
            (IdKind::AuthId, "", false),
            (IdKind::AuthId, "ABC", false),
            (IdKind::AuthId, "04A1", false),
            (IdKind::ChipId, "AB", false),
        ] {
            assert_eq!(list.holds(kind, key), holds, "{key}");
        }
        assert!(!Entries::default().holds(IdKind::AuthId, ""));
        assert_eq!(list.len(), 5);
    }
}
