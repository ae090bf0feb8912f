//! The accepted ids: one arena for their texts, one open-addressing table for their keys.
//!
//! The table has a byte per slot by which nearly all wrong slots are passed over. The bytes of a
//! million ids stay in the processor's cache, where their places and texts would not.

/// An accepted id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry<'a> {
    /// The physical line of its row.
    pub line: u32,
    /// The id as it was typed, cleaned.
    pub display: &'a str,
    /// What it is compared by.
    pub key: &'a str,
}

/// Where an id is in the arena: display text, then key.
#[derive(Clone, Copy)]
struct Place {
    hash: u32,
    line: u32,
    start: u32,
    display: u8,
    key: u8,
}

/// Ids in the order of the file, each key once.
#[derive(Default)]
pub struct Accepted {
    arena: Vec<u8>,
    places: Vec<Place>,
    /// For each slot the tag of its key, 0 if it is free. The length is a power of two.
    tags: Vec<u8>,
    /// For each slot the place of its key.
    slots: Vec<u32>,
    /// A bit for each length a key has.
    lengths: u64,
}

impl Accepted {
    /// Makes room for about so many ids, so that growing does not interrupt reading.
    pub fn reserve(&mut self, ids: usize) {
        self.places.reserve(ids);
        self.arena.reserve(ids * 32);
        let slots = (ids * 3 / 2).next_power_of_two();
        if slots > self.slots.len() {
            self.rehash(slots);
        }
    }

    /// How many ids there are.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// The id at a place, from 0.
    pub fn get(&self, place: usize) -> Option<Entry<'_>> {
        self.places.get(place).map(|place| self.entry(place))
    }

    /// All ids in the order of the file.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Entry<'_>> {
        self.places.iter().map(|place| self.entry(place))
    }

    /// Adds an id. If its key is there already, nothing changes and the place of the first is
    /// the answer.
    pub fn insert(&mut self, line: u32, display: &[u8], key: &[u8]) -> Result<(), usize> {
        if self.places.len() * 4 >= self.slots.len() * 3 {
            self.rehash((self.slots.len() * 2).max(1024));
        }
        let hash = hash(key);
        let slot = self.find(hash, key)?;
        self.tags[slot] = tag(hash);
        self.slots[slot] = self.places.len() as u32;
        self.places.push(Place {
            hash,
            line,
            start: self.arena.len() as u32,
            display: display.len() as u8,
            key: key.len() as u8,
        });
        self.lengths |= 1 << key.len();
        self.arena.extend_from_slice(display);
        self.arena.extend_from_slice(key);
        Ok(())
    }

    /// The lengths that keys have, below one.
    pub fn lengths_below(&self, length: usize) -> impl Iterator<Item = usize> {
        let lengths = self.lengths;
        (1..length).filter(move |shorter| lengths & (1 << shorter) != 0)
    }

    /// The place of a key.
    pub fn place(&self, key: &[u8]) -> Option<usize> {
        if self.slots.is_empty() {
            return None;
        }
        self.find(hash(key), key).err()
    }

    /// The free slot for a key, or else the place where it is.
    fn find(&self, hash: u32, key: &[u8]) -> Result<usize, usize> {
        let mask = self.tags.len() - 1;
        let mut slot = hash as usize & mask;
        loop {
            let found = self.tags[slot];
            if found == 0 {
                return Ok(slot);
            }
            if found == tag(hash) {
                let place = self.slots[slot] as usize;
                let there = &self.places[place];
                if there.hash == hash && self.key(there) == key {
                    return Err(place);
                }
            }
            slot = (slot + 1) & mask;
        }
    }

    fn rehash(&mut self, length: usize) {
        let mask = length - 1;
        self.tags = vec![0; length];
        self.slots = vec![0; length];
        for (place, Place { hash, .. }) in self.places.iter().enumerate() {
            let mut slot = *hash as usize & mask;
            while self.tags[slot] != 0 {
                slot = (slot + 1) & mask;
            }
            self.tags[slot] = tag(*hash);
            self.slots[slot] = place as u32;
        }
    }

    fn key(&self, place: &Place) -> &[u8] {
        let start = place.start as usize + usize::from(place.display);
        &self.arena[start..start + usize::from(place.key)]
    }

    fn entry(&self, place: &Place) -> Entry<'_> {
        let start = place.start as usize;
        let display = &self.arena[start..start + usize::from(place.display)];
        Entry {
            line: place.line,
            display: std::str::from_utf8(display).unwrap_or_default(),
            key: std::str::from_utf8(self.key(place)).unwrap_or_default(),
        }
    }
}

/// The part of a hash that does not choose the slot, and is not 0.
fn tag(hash: u32) -> u8 {
    (hash >> 24) as u8 | 1
}

/// A multiplicative hash of a short text, eight bytes at a time.
fn hash(key: &[u8]) -> u32 {
    const MIX: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut hash = key.len() as u64;
    let mut words = key.chunks_exact(8);
    let mut mix = |word: u64| {
        hash = (hash.rotate_left(23) ^ word).wrapping_mul(MIX);
        hash ^= hash >> 32;
    };
    for word in &mut words {
        let mut bytes = [0; 8];
        bytes.copy_from_slice(word);
        mix(u64::from_le_bytes(bytes));
    }
    let mut last = [0; 8];
    last[..words.remainder().len()].copy_from_slice(words.remainder());
    mix(u64::from_le_bytes(last));
    (hash.wrapping_mul(MIX) >> 32) as u32
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn each_key_once_in_order() {
        let mut ids = Accepted::default();
        assert_eq!(ids.place(b"K0"), None);
        for number in 0..10_000_u32 {
            let key = format!("K{number}");
            assert_eq!(ids.insert(number, b"d", key.as_bytes()), Ok(()));
        }
        assert_eq!(ids.insert(1, b"other", b"K7"), Err(7));
        assert_eq!(ids.place(b"K9999"), Some(9999));
        assert_eq!(ids.place(b"K10000"), None);
        assert_eq!(ids.len(), 10_000);
        let entry = ids.get(7).unwrap();
        assert_eq!((entry.line, entry.display, entry.key), (7, "d", "K7"));
        assert!(ids.iter().map(|entry| entry.line).eq(0..10_000));
    }

    #[test]
    fn hashes_of_running_numbers_spread() {
        let mut low = vec![0_u8; 1 << 16];
        for number in 0..1_u32 << 16 {
            let hash = hash(format!("NLGFXC{number:08}").as_bytes());
            let count = &mut low[hash as usize & 0xffff];
            *count = count.saturating_add(1);
        }
        assert!(low.iter().max().unwrap() < &12);
    }
}
