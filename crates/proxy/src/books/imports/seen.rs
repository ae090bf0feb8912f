//! Which keys staged imports hold, in memory: telling a new id from a known one there costs far less
//! than an index over the staged rows would. What the memory knows is bound to the digest of the
//! chunks it has seen; where another process staged a chunk or this one restarted, the digests
//! differ and the rows are read again.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};
use std::sync::Mutex;

/// At most that many imports are remembered; the others are read again when they go on.
const REMEMBERED: usize = 4;

/// The keys of one import up to a digest.
pub struct Keys {
    chain: String,
    /// 128 bits of each key, by two hashers seeded at random.
    hashes: HashSet<u128>,
}

/// The keys of the imports that are being staged.
#[derive(Default)]
pub struct Seen {
    hashers: [RandomState; 2],
    imports: Mutex<HashMap<String, Keys>>,
}

impl Seen {
    /// Takes out what is known of an import, if it is known up to that digest.
    pub fn take(&self, import_id: &str, chain: &str) -> Option<Keys> {
        let keys = self.imports.lock().ok()?.remove(import_id)?;
        (keys.chain == chain).then_some(keys)
    }

    /// Nothing known yet, at the digest of no chunk.
    pub fn none(&self) -> Keys {
        Keys {
            chain: String::new(),
            hashes: HashSet::new(),
        }
    }

    /// Notes a key; false if it was known.
    pub fn note(&self, keys: &mut Keys, key: &str) -> bool {
        let [high, low] = [0, 1].map(|n| u128::from(self.hashers[n].hash_one(key)));
        keys.hashes.insert(high << 64 | low)
    }

    /// Puts back what is known after a chunk was committed.
    pub fn put(&self, import_id: &str, chain: &str, mut keys: Keys) {
        chain.clone_into(&mut keys.chain);
        if let Ok(mut imports) = self.imports.lock() {
            if imports.len() >= REMEMBERED {
                imports.clear();
            }
            imports.insert(import_id.to_owned(), keys);
        }
    }

    /// Forgets an import.
    pub fn forget(&self, import_id: &str) {
        if let Ok(mut imports) = self.imports.lock() {
            imports.remove(import_id);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn what_is_known_holds_for_its_digest_only() {
        let seen = Seen::default();
        let mut keys = seen.none();
        assert!(seen.note(&mut keys, "A"));
        assert!(!seen.note(&mut keys, "A"));
        seen.put("imp", "one", keys);
        let mut keys = seen.take("imp", "one").unwrap();
        assert!(!seen.note(&mut keys, "A"));
        seen.put("imp", "two", keys);
        assert!(seen.take("imp", "one").is_none());
        assert!(seen.take("imp", "two").is_none(), "a mismatch forgets");
    }
}
