//! The column table: what a listed record shows, once, for header, cell, order, filter and export.

mod packed;

use std::ops::Deref;

pub use packed::{pack, packed_len, unpacked};

use crate::access::Action;

/// What stands in a column, which decides how it looks, compares and what it may be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    /// An identifier that is compared without case: a serial number, an organization's id.
    Id,
    /// A contract id, compared by [`auth_key`](crate::identifiers::auth_key).
    AuthId,
    /// The UID of a card, compared by [`chip_key`](crate::identifiers::chip_key).
    ChipId,
    Number,
    /// A moment, shown in the reader's zone.
    Time,
    /// A moment, shown in America/Los_Angeles, daylight saving included.
    Pacific,
    /// A day without a zone: `2026-11-20`.
    Date,
    /// One of a few fixed values.
    Choice(&'static [&'static str]),
    Bool,
}

impl Kind {
    /// Shown in the monospaced face.
    pub fn is_id(self) -> bool {
        matches!(self, Self::Id | Self::AuthId | Self::ChipId)
    }
}

/// A cell's value as it is compared and exported. Moments are texts: RFC 3339 in UTC.
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

impl From<&String> for Cell {
    fn from(text: &String) -> Self {
        text.as_str().into()
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

/// What a column is, whatever its records are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Stands in URLs and exports.
    pub key: &'static str,
    /// The words above the column.
    pub label: &'static str,
    pub kind: Kind,
    /// Where its value stands in the record's JSON: names with dots between them. An object there means
    /// its `name`, an array its items (in a column of numbers: how many).
    pub path: &'static str,
    /// Shown before anybody chose columns.
    pub shown: bool,
    /// Stands right behind the first column then, wherever its place among all columns is.
    pub early: bool,
    /// Free text searches it.
    pub searched: bool,
    /// A list can be filtered and ordered by it.
    pub filtered: bool,
    /// How many digits stand behind the point of each of its numbers, so that points stand below each other; 0: as
    /// many as a number has.
    pub places: u8,
}

/// In [`Head::places`]: amounts in the currency that the record names.
pub const MONEY: u8 = 9;

/// The column and the field that name it.
pub const CURRENCY: &str = "currency";

impl Head {
    /// A column that is shown and filtered, and that free text does not search.
    pub const fn new(key: &'static str, label: &'static str, kind: Kind) -> Self {
        Self {
            key,
            label,
            kind,
            path: key,
            shown: true,
            early: false,
            searched: false,
            filtered: true,
            places: 0,
        }
    }

    /// The same, its numbers with so many digits behind the point, three at most.
    pub const fn places(mut self, places: u8) -> Self {
        self.places = places;
        self
    }

    /// The same, its numbers being [`MONEY`].
    pub const fn money(self) -> Self {
        self.places(MONEY)
    }

    /// The same, its value at another place in the record's JSON than under its key.
    pub const fn at(mut self, path: &'static str) -> Self {
        self.path = path;
        self
    }

    /// The same, searched by free text.
    pub const fn searched(mut self) -> Self {
        self.searched = true;
        self
    }

    /// The same, right behind the first before anybody chose columns.
    pub const fn early(mut self) -> Self {
        self.early = true;
        self
    }

    /// The same, hidden until somebody chooses it.
    pub const fn hidden(mut self) -> Self {
        self.shown = false;
        self
    }

    /// The same, which only explains: no filter, no order.
    pub const fn unfiltered(mut self) -> Self {
        self.filtered = false;
        self
    }
}

/// One column of a list.
pub struct Column<T: 'static> {
    pub head: Head,
    pub get: fn(&T) -> Cell,
}

impl<T> Deref for Column<T> {
    type Target = Head;

    fn deref(&self) -> &Head {
        &self.head
    }
}

impl<T> Column<T> {
    /// A column that is shown and filtered, and that free text does not search.
    pub const fn new(key: &'static str, label: &'static str, kind: Kind, get: fn(&T) -> Cell) -> Self {
        Self {
            head: Head::new(key, label, kind),
            get,
        }
    }

    /// The same column, its numbers with so many digits behind the point, three at most.
    pub const fn places(mut self, places: u8) -> Self {
        self.head = self.head.places(places);
        self
    }

    /// The same column, its value at another place in the record's JSON than under its key.
    pub const fn at(mut self, path: &'static str) -> Self {
        self.head = self.head.at(path);
        self
    }

    /// The same column, searched by free text.
    pub const fn searched(mut self) -> Self {
        self.head = self.head.searched();
        self
    }

    /// The same column, right behind the first before anybody chose columns.
    pub const fn early(mut self) -> Self {
        self.head = self.head.early();
        self
    }

    /// The same column, hidden until somebody chooses it.
    pub const fn hidden(mut self) -> Self {
        self.head = self.head.hidden();
        self
    }

    /// The same column, which only explains: no filter, no order.
    pub const fn unfiltered(mut self) -> Self {
        self.head = self.head.unfiltered();
        self
    }
}

/// The columns that are shown before anybody chose, in their order: the first one names the record, then come
/// those that are looked at first.
pub fn usual(heads: &'static [Head]) -> impl Iterator<Item = &'static Head> {
    let (first, rest) = heads.split_at(heads.len().min(1));
    let early = rest.iter().filter(|head| head.early);
    let rest = rest.iter().filter(|head| !head.early);
    first.iter().chain(early).chain(rest).filter(|head| head.shown)
}

/// A record that stands in lists.
pub trait Listed: Sized + 'static {
    /// The list's name, the same in `domain`, `proxy`, `pages` and what is kept of the table.
    const NAME: &'static str;
    /// All columns in their default order.
    const COLUMNS: &'static [Column<Self>];
    /// The columns without their getters: [`heads!`](crate::heads).
    const HEADS: &'static [Head];
    /// The same for the browser: [`packed!`](crate::packed). Empty: the app does not list it.
    const PACKED: &'static str = "";

    /// The field of the record's JSON that holds its own id.
    const ID: &'static str = "id";
    /// What can be done with one record: its `can`.
    const ACTIONS: &'static [Action<Self>] = &[];

    /// The record's own id.
    fn id(&self) -> &str;

    /// Its texts that are searched, folded, where it keeps them: a list in memory is looked through as somebody types.
    fn folded(&self) -> Option<&[String]> {
        None
    }

    /// Whether the record gives nobody more than somebody may themselves: otherwise they change nothing of it.
    fn is_within(&self, _may: &dyn Fn(&str) -> bool) -> bool {
        true
    }

    /// What of [`Self::ACTIONS`] somebody may do with the record now.
    fn can(&self, may: impl Fn(&str) -> bool) -> Vec<&'static str> {
        if !self.is_within(&may) {
            return Vec::new();
        }
        let actions = Self::ACTIONS.iter();
        let possible =
            actions.filter(|action| action.needs.iter().any(|key| may(key)) && (action.fits)(self));
        possible.map(|action| action.key).collect()
    }

    /// The column of that key.
    fn column(key: &str) -> Option<&'static Column<Self>> {
        Self::COLUMNS.iter().find(|column| column.key == key)
    }
}

/// The heads of columns, worked out at compile time, so that the browser carries no getters.
pub const fn heads<T, const N: usize>(columns: &[Column<T>]) -> [Head; N] {
    let mut heads = [columns[0].head; N];
    let mut n = 1;
    while n < N {
        heads[n] = columns[n].head;
        n += 1;
    }
    heads
}

/// `Listed::HEADS` of a record.
#[macro_export]
macro_rules! heads {
    ($record:ty) => {{
        const HEADS: [$crate::column::Head; <$record as $crate::column::Listed>::COLUMNS.len()] =
            $crate::column::heads(<$record as $crate::column::Listed>::COLUMNS);
        &HEADS
    }};
}
