//! How much a request may carry.

/// The most characters of a name, an address line or any other text of one line.
pub const MAX_LINE: usize = 255;
/// The most characters of a note.
pub const MAX_NOTE: usize = 10_000;
/// The most characters of a search text.
pub const MAX_SEARCH: usize = 255;
/// The most entries put on a list at once by hand; an import takes more.
pub const MAX_ADDED: usize = 10_000;
