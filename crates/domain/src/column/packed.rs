//! The columns of a list as one text, for the browser: a table of them is mostly addresses, which weigh more
//! than the words. Written at compile time, read where the list is shown.

use std::cell::RefCell;

use super::{Head, Kind};

/// Ends a column.
const END: u8 = b'\n';
/// Ends a part of one: key, label, place, and each word of a choice.
const PART: u8 = b'\t';

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
/// Stands for a choice, whose words follow. The letters behind it stand for numbers with so many digits behind the
/// point.
const CHOICE: u8 = b'a' + KINDS.len() as u8;

/// How long [`pack`] makes it.
#[must_use]
pub const fn packed_len(heads: &[Head]) -> usize {
    let mut writer = Writer::<0> { bytes: [], at: 0 };
    writer.all(heads);
    writer.at
}

/// The columns as a text, `N` being [`packed_len`].
#[must_use]
pub const fn pack<const N: usize>(heads: &[Head]) -> [u8; N] {
    let mut writer = Writer { bytes: [0; N], at: 0 };
    writer.all(heads);
    writer.bytes
}

/// Writes, or counts where there is no room at all.
struct Writer<const N: usize> {
    bytes: [u8; N],
    at: usize,
}

impl<const N: usize> Writer<N> {
    const fn all(&mut self, heads: &[Head]) {
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
        self.byte(match head.places {
            0 => kind(head.kind),
            places => CHOICE + places,
        });
        self.text(head.key);
        self.text(head.label);
        // Nearly always the key itself.
        if same(head.path, head.key) {
            self.byte(PART);
        } else {
            self.text(head.path);
        }
        if let Kind::Choice(words) = head.kind {
            let mut at = 0;
            while at < words.len() {
                self.text(words[at]);
                at += 1;
            }
        }
        self.byte(END);
    }

    const fn text(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            assert!(bytes[at] != PART && bytes[at] != END, "a sign of the packed form");
            self.byte(bytes[at]);
            at += 1;
        }
        self.byte(PART);
    }

    const fn byte(&mut self, byte: u8) {
        if N > 0 {
            self.bytes[self.at] = byte;
        }
        self.at += 1;
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
        Kind::Choice(_) => KINDS.len() as u8,
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
    /// What was read already: there are as many as there are lists, and they stay.
    static READ: RefCell<Vec<(&'static str, &'static [Head])>> = const { RefCell::new(Vec::new()) };
}

/// The columns of a packed text.
#[must_use]
pub fn unpacked(text: &'static str) -> &'static [Head] {
    READ.with_borrow_mut(|read| {
        let known = read.iter().find(|(own, _)| std::ptr::eq(*own, text));
        if let Some((_, heads)) = known {
            return *heads;
        }
        let heads: &'static [Head] = Vec::leak(text.lines().filter_map(head).collect());
        read.push((text, heads));
        heads
    })
}

fn head(line: &'static str) -> Option<Head> {
    let (flags, rest) = line.split_at_checked(1)?;
    let (sign, rest) = rest.split_at_checked(1)?;
    let mut parts = rest.split_terminator(char::from(PART));
    let (key, label) = (parts.next()?, parts.next()?);
    let path = parts.next().filter(|path| !path.is_empty()).unwrap_or(key);
    let sign = sign.bytes().next()?;
    let kind = match sign {
        CHOICE => Kind::Choice(Vec::leak(parts.collect())),
        sign if sign > CHOICE => Kind::Number,
        sign => *KINDS.get(usize::from(sign.checked_sub(b'a')?))?,
    };
    let flags = flags.bytes().next()?.checked_sub(b'a')?;
    Some(Head {
        key,
        label,
        kind,
        path,
        shown: flags & 1 != 0,
        early: flags & 2 != 0,
        searched: flags & 4 != 0,
        filtered: flags & 8 != 0,
        places: sign.saturating_sub(CHOICE),
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
        Head::new("m", "M", Kind::Number).places(2).hidden(),
        Head::new("e", "E", Kind::Number).money(),
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
