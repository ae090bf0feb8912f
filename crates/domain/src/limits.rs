//! How much a request may carry.

/// The most characters of a name, an address line or any other text of one line.
pub const MAX_LINE: usize = 255;
/// The fewest characters of a new password.
pub const MIN_PASSWORD: usize = 10;
/// The most; nobody is to make the server hash a book.
pub const MAX_PASSWORD: usize = 256;
/// The most characters of a note.
pub const MAX_NOTE: usize = 10_000;
/// The most characters of a search text.
pub const MAX_SEARCH: usize = 255;
/// The most entries put on a list at once by hand; an import takes more.
pub const MAX_ADDED: usize = 10_000;
/// The most refused tokens that are kept of a location.
pub const MAX_REFUSED: u64 = 200;
/// The most filters of one list.
pub const MAX_FILTERS: usize = 20;
/// The most characters of a filter's single value.
pub const MAX_FILTER_VALUE: usize = 255;
/// The most values of one filter.
pub const MAX_FILTER_VALUES: usize = 1_000;
/// The most that the filters of a list take in an address, escaped, in bytes. Servers and browsers end at some
/// 64,000; a thousand ids fit.
pub const MAX_FILTER_BYTES: usize = 60_000;
/// The most columns that are kept of a table.
pub const MAX_COLUMNS: usize = 200;
/// The most characters of a column's key.
pub const MAX_COLUMN_KEY: usize = 64;
/// The most views that a person keeps of a table.
pub const MAX_VIEWS: u64 = 200;
/// The most characters of a view's name.
pub const MAX_VIEW_NAME: usize = 120;
/// The most characters of a view's query.
pub const MAX_VIEW_QUERY: usize = 60_000;
/// The most API keys of an account.
pub const MAX_KEYS: u64 = 50;
/// The most records that one change of many names by id.
pub const MAX_CHOSEN: usize = 10_000;
