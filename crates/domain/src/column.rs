//! The column table: what a listed record shows, once, for header, cell, order and search.

/// What stands in a column, which decides how it looks and compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    /// An Auth ID, Chip ID or other identifier: monospaced, compared by key.
    Id,
    Number,
    Time,
    /// One of a few fixed values.
    Choice(&'static [&'static str]),
    Bool,
}

/// A cell's value as it is compared and exported.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Text(String),
    Number(f64),
    Bool(bool),
    Empty,
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        if text.is_empty() {
            Self::Empty
        } else {
            Self::Text(text.to_owned())
        }
    }
}

impl From<&Option<String>> for Cell {
    fn from(text: &Option<String>) -> Self {
        text.as_deref().map_or(Self::Empty, Self::from)
    }
}

impl From<u64> for Cell {
    fn from(number: u64) -> Self {
        Self::Number(number as f64)
    }
}

impl From<bool> for Cell {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

/// One column of a list.
pub struct Column<T: 'static> {
    /// Stands in URLs, in JSON and in exports.
    pub key: &'static str,
    /// The words above the column.
    pub label: &'static str,
    pub kind: Kind,
    pub get: fn(&T) -> Cell,
    /// Shown before anybody chose columns.
    pub shown: bool,
    /// Free text searches it.
    pub searched: bool,
}

impl<T> Column<T> {
    /// A column that is shown and that free text does not search.
    pub const fn new(key: &'static str, label: &'static str, kind: Kind, get: fn(&T) -> Cell) -> Self {
        Self {
            key,
            label,
            kind,
            get,
            shown: true,
            searched: false,
        }
    }

    /// The same column, searched by free text.
    pub const fn searched(mut self) -> Self {
        self.searched = true;
        self
    }

    /// The same column, hidden until somebody chooses it.
    pub const fn hidden(mut self) -> Self {
        self.shown = false;
        self
    }
}

/// A record that stands in lists.
pub trait Listed: Sized + 'static {
    /// The resource's name, the same in `domain`, `proxy`, `pages` and the URL.
    const NAME: &'static str;
    /// All columns in their default order.
    const COLUMNS: &'static [Column<Self>];

    /// The record's own id.
    fn id(&self) -> &str;

    /// The column of that key.
    fn column(key: &str) -> Option<&'static Column<Self>> {
        Self::COLUMNS.iter().find(|column| column.key == key)
    }
}
