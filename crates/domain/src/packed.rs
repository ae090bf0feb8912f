//! Tables as texts, for the browser: a table is mostly addresses, which weigh more than its words. Written at
//! compile time, read where the table is used.

use std::cell::RefCell;

/// Ends a row.
const END: u8 = b'\n';
/// Ends a part of one.
pub(crate) const PART: u8 = b'\t';

/// Writes, or counts where there is no room at all.
pub(crate) struct Writer<const N: usize> {
    pub(crate) bytes: [u8; N],
    pub(crate) at: usize,
}

impl<const N: usize> Writer<N> {
    pub(crate) const fn new() -> Self {
        Self { bytes: [0; N], at: 0 }
    }

    pub(crate) const fn text(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            assert!(bytes[at] != PART && bytes[at] != END, "a sign of the packed form");
            self.byte(bytes[at]);
            at += 1;
        }
        self.byte(PART);
    }

    pub(crate) const fn texts(&mut self, texts: &[&str]) {
        let mut at = 0;
        while at < texts.len() {
            self.text(texts[at]);
            at += 1;
        }
    }

    pub(crate) const fn number(&mut self, number: u64) {
        let mut digits = 1;
        while number / digits >= 10 {
            digits *= 10;
        }
        while digits > 0 {
            self.byte(b'0' + (number / digits % 10) as u8);
            digits /= 10;
        }
        self.byte(PART);
    }

    pub(crate) const fn end(&mut self) {
        self.byte(END);
    }

    pub(crate) const fn byte(&mut self, byte: u8) {
        if N > 0 {
            self.bytes[self.at] = byte;
        }
        self.at += 1;
    }
}

/// What was read already: there are as many as there are tables, and they stay.
pub(crate) type Known<T> = RefCell<Vec<(&'static str, &'static [T])>>;

/// The rows of a packed table, each of which is one line.
pub(crate) fn rows<T>(
    known: &Known<T>,
    text: &'static str,
    row: fn(&'static str) -> Option<T>,
) -> &'static [T] {
    let mut known = known.borrow_mut();
    let found = known.iter().find(|(own, _)| std::ptr::eq(*own, text));
    if let Some((_, rows)) = found {
        return rows;
    }
    let rows: &'static [T] = Vec::leak(text.lines().filter_map(row).collect());
    known.push((text, rows));
    rows
}

/// The number of a sign that was written as a letter.
pub(crate) fn sign(text: &str) -> Option<usize> {
    text.bytes().next()?.checked_sub(b'a').map(usize::from)
}
