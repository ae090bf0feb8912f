//! What `view!` finds written: it never changes, so it is data, not code.

/// The elements and texts of a `view!`, with holes where pieces go.
#[derive(PartialEq, Eq)]
pub struct Template {
    pub roots: &'static [Slot],
    /// Where it is written, line and column: what is drawn anew from the same template stays in the
    /// page, and only what differs changes.
    pub site: (u32, u32),
}

/// One thing beside others.
#[derive(PartialEq, Eq)]
pub enum Slot {
    Text(&'static str),
    Tag(&'static Tag),
    /// The view that is the piece of this number.
    Hole(usize),
}

/// An element.
#[derive(PartialEq, Eq)]
pub struct Tag {
    pub name: &'static str,
    pub svg: bool,
    pub attributes: &'static [(&'static str, &'static str)],
    /// What may change about it: where, the name there, and the piece's number.
    pub parts: &'static [(Place, &'static str, usize)],
    pub children: &'static [Slot],
}

/// Where a piece goes at an element.
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
