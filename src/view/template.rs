//! What `view!` finds written: it never changes, so it is one text, not code.
//!
//! Each item is a control character and the text up to the next one. What stands between an element and its
//! [`END`] belongs to it: first its attributes and the places of pieces, then what is inside. The last item
//! tells templates of the same words from each other: what is drawn anew from the same template stays in the page,
//! and only what differs changes.

/// An element, by its name.
pub const TAG: u8 = 1;
/// The same in SVG.
pub const SVG: u8 = 2;
/// The name of an attribute, which its [`VALUE`] follows.
pub const NAME: u8 = 3;
pub const VALUE: u8 = 4;
pub const TEXT: u8 = 5;
/// The view that is the piece of this number, a character from the space on.
pub const HOLE: u8 = 6;
/// Ends an element.
pub const END: u8 = 7;
/// Ends the template.
pub const SITE: u8 = 8;

/// Where a piece goes at an element. Its number and the name there follow.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Attribute,
    /// A class that is there or not.
    Class,
    /// A property that is true or false.
    Flag,
    /// The `value` property.
    Value,
    Event,
    Ref,
}

impl Place {
    /// The place of that character.
    pub fn of(item: u8) -> Self {
        match item {
            16 => Self::Attribute,
            17 => Self::Class,
            18 => Self::Flag,
            19 => Self::Value,
            20 => Self::Event,
            _ => Self::Ref,
        }
    }
}

/// The rest of a template.
pub struct Items(pub &'static str);

impl Iterator for Items {
    type Item = (u8, &'static str);

    fn next(&mut self) -> Option<Self::Item> {
        let item = *self.0.as_bytes().first()?;
        let rest = &self.0[1..];
        let end = rest.bytes().position(|byte| byte < b' ').unwrap_or(rest.len());
        self.0 = &rest[end..];
        Some((item, &rest[..end]))
    }
}

/// The number that a text begins with, and what follows it.
pub fn numbered(text: &'static str) -> (usize, &'static str) {
    let mut letters = text.chars();
    let number = letters.next().map_or(0, |letter| letter as usize - 0x20);
    (number, letters.as_str())
}
