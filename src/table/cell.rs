//! What stands in a cell: by the column's kind, or as the page says. Cells are data, so that thousands of
//! them are drawn without a view each.

use std::sync::Arc;

use domain::column::{CURRENCY, Cell, Head, Kind, MONEY};
use domain::moment::{self, Zone};

use crate::api::Record;
use crate::kit::Tone;
use crate::kit::format::{exact, money, number, read};
use crate::kit::time;

/// What a cell shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// Empty: a dash.
    pub text: String,
    /// Where the text leads; empty: nowhere.
    pub href: String,
    /// Makes it a badge.
    pub tone: Option<Tone>,
    /// Stands quietly behind the text.
    pub note: String,
    /// A moment, RFC 3339 in UTC.
    pub at: String,
    /// How full a bar beside it is, in percent; none: there is no bar.
    pub part: Option<u32>,
}

impl Shown {
    pub fn text(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }

    /// A state in a word or a few, with a dot.
    pub fn badge(tone: Tone, word: impl Into<String>) -> Self {
        Self {
            tone: Some(tone),
            ..Self::text(word)
        }
    }

    pub fn link(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self {
            href: href.into(),
            ..Self::text(text)
        }
    }

    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }

    /// The same with a bar that is so many percent full.
    pub fn part(mut self, percent: f64) -> Self {
        self.part = Some(percent.clamp(0.0, 100.0) as u32);
        self
    }

    /// A moment, RFC 3339 in UTC.
    pub fn moment(at: String) -> Self {
        Self {
            text: time::local(&at),
            at,
            ..Self::default()
        }
    }

    /// A number, or nothing.
    pub fn number(value: u64) -> Self {
        Self::text(number(value))
    }

    /// What a column shows of a record that draws it the usual way: moments in the reader's zone, and in that of
    /// the place where it happened, in full or in a few signs.
    pub fn of(head: &Head, record: &Record, full: bool) -> Self {
        let mut shown = match record.cell(head) {
            Cell::Number(value) if head.places == MONEY => Self::text(money(value, &record.text(CURRENCY))),
            cell => Self::usual(head, cell),
        };
        if !shown.at.is_empty() {
            shown.note = time::elsewhere(&shown.at, &record.text("timeZone"), full);
        }
        shown
    }

    /// What a column shows of a value that is no amount of money.
    pub fn usual(head: &Head, cell: Cell) -> Self {
        match (head.kind, cell) {
            (_, Cell::Empty) => Self::default(),
            (Kind::Time, Cell::Text(at)) => Self::moment(at),
            (Kind::Pacific, Cell::Text(at)) => Self {
                text: moment::local(&at, Zone::Pacific).unwrap_or_default(),
                at,
                ..Self::default()
            },
            (_, Cell::Text(text)) => Self::text(text),
            (_, Cell::Number(value)) if head.places > 0 => Self::text(exact(value, head.places)),
            (_, Cell::Number(value)) if value >= 0.0 && value.fract() == 0.0 => Self::number(value as u64),
            (_, Cell::Number(value)) => Self::text(read(value, 3)),
            (_, Cell::Bool(value)) => Self::text(if value { "Yes" } else { "No" }),
        }
    }
}

type Draw = Arc<dyn Fn(&Record) -> Shown + Send + Sync>;

/// Cells that a page draws itself, by column.
#[derive(Clone, Default)]
pub struct Cells(Vec<(&'static str, Draw)>);

impl Cells {
    pub fn new() -> Self {
        Self::default()
    }

    /// What the cells of the column with that key show.
    pub fn with(
        mut self,
        key: &'static str,
        draw: impl Fn(&Record) -> Shown + Send + Sync + 'static,
    ) -> Self {
        self.0.push((key, Arc::new(draw)));
        self
    }

    /// What stands in one cell.
    pub fn show(&self, head: &Head, record: &Record) -> Shown {
        match self.0.iter().find(|(key, _)| *key == head.key) {
            Some((_, draw)) => draw(record),
            None => Shown::of(head, record, false),
        }
    }
}

/// The class of a column's cells.
pub fn class(kind: Kind) -> &'static str {
    match kind {
        Kind::Number => "number",
        kind if kind.is_id() => "id",
        _ => "",
    }
}
