//! The columns of a list as one text: for each a sign of what is so of it, one of its kind, key, label, place, and
//! the words of a choice.

use std::cell::RefCell;

use super::{Head, Kind};
use crate::packed::{Known, PART, Writer, rows, sign};

/// What of a column is said by a sign: a letter for its kind, and one for what is so of it.
const KINDS: [Kind; 9] = [
    Kind::Text,
    Kind::Id,
    Kind::AuthId,
    Kind::ChipId,
    Kind::Number,
    Kind::Time,
    Kind::Pacific,
    Kind::Date,
    Kind::Bool,
];
/// Stands for a choice, whose words follow.
const CHOICE: usize = KINDS.len();

/// How long [`pack`] makes it.
#[must_use]
pub const fn packed_len(heads: &[Head]) -> usize {
    let mut writer = Writer::<0>::new();
    writer.heads(heads);
    writer.at
}

/// The columns as a text, `N` being [`packed_len`].
#[must_use]
pub const fn pack<const N: usize>(heads: &[Head]) -> [u8; N] {
    let mut writer = Writer::new();
    writer.heads(heads);
    writer.bytes
}

impl<const N: usize> Writer<N> {
    const fn heads(&mut self, heads: &[Head]) {
        let mut at = 0;
        while at < heads.len() {
            self.head(&heads[at]);
            at += 1;
        }
    }

    const fn head(&mut self, head: &Head) {
        let flags = head.shown as u8
            | (head.early as u8) << 1
            | (head.searched as u8) << 2
            | (head.filtered as u8) << 3;
        self.byte(b'a' + flags);
        self.byte(kind(head.kind));
        self.text(head.key);
        self.text(head.label);
        // Nearly always the key itself.
        if same(head.path, head.key) {
            self.byte(PART);
        } else {
            self.text(head.path);
        }
        if let Kind::Choice(words) = head.kind {
            self.texts(words);
        }
        self.end();
    }
}

const fn kind(kind: Kind) -> u8 {
    let at = match kind {
        Kind::Text => 0,
        Kind::Id => 1,
        Kind::AuthId => 2,
        Kind::ChipId => 3,
        Kind::Number => 4,
        Kind::Time => 5,
        Kind::Pacific => 6,
        Kind::Date => 7,
        Kind::Bool => 8,
        Kind::Choice(_) => CHOICE as u8,
    };
    b'a' + at
}

const fn same(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    if one.len() != other.len() {
        return false;
    }
    let mut at = 0;
    while at < one.len() {
        if one[at] != other[at] {
            return false;
        }
        at += 1;
    }
    true
}

thread_local! {
    static READ: Known<Head> = const { RefCell::new(Vec::new()) };
}

/// The columns of a packed text.
#[must_use]
pub fn unpacked(text: &'static str) -> &'static [Head] {
    READ.with(|read| rows(read, text, head))
}

fn head(line: &'static str) -> Option<Head> {
    let (flags, rest) = line.split_at_checked(1)?;
    let (kind, rest) = rest.split_at_checked(1)?;
    let mut parts = rest.split_terminator(char::from(PART));
    let (key, label) = (parts.next()?, parts.next()?);
    let path = parts.next().filter(|path| !path.is_empty()).unwrap_or(key);
    let kind = match sign(kind)? {
        CHOICE => Kind::Choice(Vec::leak(parts.collect())),
        kind => *KINDS.get(kind)?,
    };
    let flags = sign(flags)?;
    Some(Head {
        key,
        label,
        kind,
        path,
        shown: flags & 1 != 0,
        early: flags & 2 != 0,
        searched: flags & 4 != 0,
        filtered: flags & 8 != 0,
    })
}

/// Columns as a text: of a record that is listed, or of a table of columns.
#[macro_export]
macro_rules! packed {
    ($record:ty) => {
        $crate::packed!(= <$record as $crate::column::Listed>::HEADS)
    };
    (= $heads:expr) => {{
        const PACKED: &[$crate::column::Head] = $heads;
        const BYTES: [u8; $crate::column::packed_len(PACKED)] = $crate::column::pack(PACKED);
        match std::str::from_utf8(&BYTES) {
            Ok(text) => text,
            Err(_) => panic!("texts are texts"),
        }
    }};
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::column::Listed;

    /// One of each kind, with all that can be so of a column.
    const HEADS: &[Head] = &[
        Head::new("a", "Ä label", Kind::Text).searched(),
        Head::new("b", "B", Kind::Choice(&["One", "Two words"])).early(),
        Head::new("c", "C", Kind::Choice(&[])).at("c.d").hidden(),
        Head::new("i", "I", Kind::Id).unfiltered(),
        Head::new("x", "X", Kind::AuthId),
        Head::new("y", "Y", Kind::ChipId),
        Head::new("n", "N", Kind::Number).at("n.0"),
        Head::new("t", "T", Kind::Time),
        Head::new("p", "P", Kind::Pacific),
        Head::new("d", "D", Kind::Date),
        Head::new("f", "F", Kind::Bool),
    ];

    #[test]
    fn columns_come_back_as_they_were() {
        const TEXT: &str = crate::packed!(= HEADS);
        assert_eq!(unpacked(TEXT), HEADS);
        // Read once: the same columns.
        assert!(std::ptr::eq(unpacked(TEXT), unpacked(TEXT)));
        let token = crate::packed!(crate::tokens::Token);
        assert_eq!(unpacked(token), crate::tokens::Token::HEADS);
    }

    #[test]
    fn what_is_no_column_is_left_out() {
        assert_eq!(unpacked(""), []);
        assert_eq!(unpacked("a\n\nzz\nö\na!k\tl\t\t\n"), []);
    }
}
