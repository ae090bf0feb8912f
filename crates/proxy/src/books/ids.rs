//! Ids of records and of list entries.

use domain::identifiers::IdKind;

const LETTERS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// A new id: the prefix and 60 random bits.
pub fn new(prefix: &str) -> Result<String, getrandom::Error> {
    let mut bytes = [0; 12];
    getrandom::fill(&mut bytes)?;
    Ok(format!("{prefix}_{}", letters(&bytes)))
}

fn letters(bytes: &[u8]) -> String {
    bytes
        .iter()
        .map(|byte| char::from(LETTERS[usize::from(byte & 31)]))
        .collect()
}

/// How an entry's kind stands in the books.
pub fn kind_number(kind: IdKind) -> i64 {
    match kind {
        IdKind::AuthId => 0,
        IdKind::ChipId => 1,
    }
}

/// The kind of that number.
pub fn kind_of(number: i64) -> IdKind {
    if number == 1 {
        IdKind::ChipId
    } else {
        IdKind::AuthId
    }
}

/// The id of a token's list entry: its kind and key, since a list holds a key once. What may not
/// stand in a path is escaped.
pub fn entry(kind: i64, key: &str) -> String {
    let mut id = String::from(if kind == 1 { "c-" } else { "a-" });
    for byte in key.bytes() {
        if byte.is_ascii_alphanumeric() {
            id.push(char::from(byte));
        } else {
            id.push_str(&format!("~{byte:02X}"));
        }
    }
    id
}

/// The kind and key of an entry's id; none if it is not one.
pub fn entry_key(id: &str) -> Option<(i64, String)> {
    let (kind, text) = match id.split_at_checked(2)? {
        ("a-", text) => (0, text),
        ("c-", text) => (1, text),
        _ => return None,
    };
    let mut parts = text.split('~');
    let mut key = parts.next()?.to_owned();
    for part in parts {
        let (code, rest) = part.split_at_checked(2)?;
        key.push(char::from(u8::from_str_radix(code, 16).ok()?));
        key.push_str(rest);
    }
    Some((kind, key))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn an_entry_id_goes_through_a_path_and_back() {
        for (kind, key) in [(0, "NLGFXC00000001"), (1, "04A1B2C3"), (0, "A/B?C#D%E~F_.G")] {
            let id = entry(kind, key);
            assert!(
                id.bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b"-~".contains(&b)),
                "{id}"
            );
            assert_eq!(entry_key(&id).unwrap(), (kind, key.to_owned()));
        }
    }

    #[test]
    fn what_is_no_entry_id() {
        for id in ["", "a", "b-X", "a-X~", "a-X~G0", "a-~é"] {
            assert_eq!(entry_key(id), None, "{id}");
        }
    }

    #[test]
    fn ids_differ() {
        let id = new("loc").unwrap();
        assert_eq!(id.len(), 16);
        assert_ne!(id, new("loc").unwrap());
    }
}
