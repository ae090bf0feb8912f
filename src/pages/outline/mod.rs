//! Pages that are data: a list, the page of each of its records, and what can be done with them. What is
//! ChargePoint's has such pages only; a new one is a table, not code.

mod acting;
mod action;
mod dialog;
mod list;
mod record;

use domain::column::{Head, unpacked};

pub use acting::Acting;
pub use action::{Acted, Action, On, Once, Picks};
pub use list::{ListOf, ListPage, summed};
pub use record::{RecordPage, says};

use crate::api::{Loaded, Record};
use crate::pages::record::Kind;
use crate::prelude::*;
use crate::table::{BulkAction, List, Noun, QueryState, Shown};

/// What a cell shows of a row.
pub type Cell = fn(&Record) -> Shown;

/// A list that has a page of its own.
pub struct Outline {
    /// The page's address; its records' stand below it.
    pub at: &'static str,
    /// The area of the navigation.
    pub area: &'static str,
    /// "Sessions".
    pub title: &'static str,
    pub noun: Noun,
    /// Under `/api/v1`.
    pub path: &'static str,
    /// The list's name, and its columns as they are packed.
    pub list: (&'static str, &'static str),
    /// The field that holds a record's id.
    pub id: &'static str,
    /// What the search box says.
    pub search: &'static str,
    /// What an empty list says: that there is nothing, and what would be here.
    pub empty: (&'static str, &'static str),
    /// Cells that are not drawn the usual way, by column.
    pub cells: &'static [(&'static str, Cell)],
    pub actions: &'static [&'static Action],
    /// Parameters of the call itself, which it takes from the page's address.
    pub asks: &'static [&'static str],
    /// The events after which the list is another one.
    pub live: &'static [&'static str],
    /// It is of the portal's own books, which are never old.
    pub own: bool,
    /// What its records are, where there is more to them: a form, and a page that is not outlined.
    pub kind: Option<&'static Kind>,
    /// What can be done with all that are selected, beside the actions.
    pub bulk: fn() -> Vec<BulkAction>,
    /// Stands above the table.
    pub above: Option<fn(QueryState) -> AnyView>,
    /// Stands instead of it.
    pub instead: Option<fn() -> AnyView>,
    /// The page of a record; none: rows lead nowhere.
    pub record: Option<&'static Sheet>,
}

/// The page of a record.
pub struct Sheet {
    /// "Session".
    pub name: &'static str,
    /// What follows the record's own path where the page reads more than the record.
    pub read: &'static str,
    /// What it is called; empty: by the kind of its record.
    pub title: fn(&Record) -> String,
    /// What the badge beside it says.
    pub state: Option<Cell>,
    pub tabs: &'static [Tab],
}

/// A tab of a record's page.
pub struct Tab {
    pub label: &'static str,
    /// The last part of its address; empty for the first.
    pub at: &'static str,
    /// The permission that it takes; empty: none but the page's.
    pub needs: &'static str,
    pub parts: &'static [Part],
}

/// What stands on a tab.
pub enum Part {
    /// What the record says in these packed columns, and nothing of what it does not say.
    Facts(&'static str),
    /// The rows of another list that belong to the record, by its id as it stands in a path; without columns that go
    /// without saying.
    List(&'static Outline, fn(&str) -> String, &'static [&'static str]),
    Draw(fn(Loaded<Record>) -> AnyView),
    /// What happened to the record.
    History,
}

/// What a column says of a record, some in their own way.
fn shown(own: &[(&str, Cell)], head: &Head, record: &Record) -> Shown {
    match own.iter().find(|(key, _)| *key == head.key) {
        Some((_, draw)) => draw(record),
        None => Shown::of(head, record, true),
    }
}

impl Tab {
    /// The first tab, to be filled in.
    pub const FIRST: Self = Self {
        label: "",
        at: "",
        needs: "",
        parts: &[],
    };
}

impl Outline {
    /// A list without anything of its own, to be filled in.
    pub const USUAL: Self = Self {
        at: "",
        area: "",
        title: "",
        noun: ("", ""),
        path: "",
        list: ("", ""),
        id: "",
        search: "",
        empty: ("", ""),
        cells: &[],
        actions: &[],
        own: false,
        kind: None,
        bulk: Vec::new,
        asks: &[],
        live: &[],
        above: None,
        instead: None,
        record: None,
    };

    /// The list at its own path or another.
    fn at_path(&self, path: impl Into<Signal<String>>) -> List {
        List {
            name: self.list.0,
            heads: unpacked(self.list.1),
            id: self.id,
            path: path.into(),
        }
    }

    /// The page of the record with that id.
    pub fn page_of(&self, id: &str) -> String {
        crate::routes::below(self.at, id)
    }
}
