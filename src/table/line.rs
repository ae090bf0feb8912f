//! Rows whatever their records are: the table's own code knows no record type.

use std::sync::Arc;

use domain::column::{Cell, Column, Kind};
use domain::listing::Page;

use super::{Cells, Href, Row, RowView};
use crate::api::Loaded;
use crate::prelude::*;

/// What the table knows of a column.
#[derive(Clone, Copy)]
pub struct Heading {
    pub key: &'static str,
    pub label: &'static str,
    pub kind: Kind,
    /// The list can be ordered by it.
    pub sorts: bool,
}

/// A page in numbers.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Figures {
    pub page: u32,
    pub pages: u32,
    pub page_size: u32,
    /// Rows on this page.
    pub rows: u64,
    /// Rows in all.
    pub total: u64,
}

impl Figures {
    pub fn of<T>(page: &Page<T>) -> Self {
        Self {
            page: page.page,
            pages: page.pages(),
            page_size: page.page_size,
            rows: page.items.len() as u64,
            total: page.total,
        }
    }
}

/// A record, with a number that changes when the record does, so that unchanged rows stay in place.
#[derive(Clone)]
pub struct Line {
    pub number: u64,
    pub id: String,
    pub draw: Arc<dyn Fn() -> Drawn + Send + Sync>,
}

impl PartialEq for Line {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number
    }
}

/// A record as it is drawn.
pub struct Drawn {
    /// What stands in the first cell.
    pub name: Option<Cell>,
    pub cells: Vec<AnyView>,
    pub href: Option<String>,
    pub actions: Option<AnyView>,
}

/// How records of a kind are drawn.
pub struct Drawing<T: 'static> {
    pub columns: Vec<&'static Column<T>>,
    pub cells: Cells<T>,
    pub href: Option<Href<T>>,
    pub actions: Option<RowView<T>>,
}

/// The lines of the page that is shown.
pub fn lines<T: Row>(page: Loaded<Page<T>>, drawing: Drawing<T>) -> Memo<Vec<Line>> {
    let drawing = Arc::new(drawing);
    let known = StoredValue::new(Vec::<(Arc<T>, Line)>::new());
    let last = StoredValue::new(0_u64);
    memo(move |_| {
        let line = |record: &T| {
            let same = known.with_value(|known| known.iter().find(|(old, _)| **old == *record).cloned());
            same.unwrap_or_else(|| {
                last.update_value(|last| *last += 1);
                let record = Arc::new(record.clone());
                let (drawing, own) = (drawing.clone(), record.clone());
                let line = Line {
                    number: last.get_value(),
                    id: record.id().to_owned(),
                    draw: Arc::new(move || draw(&drawing, &own)),
                };
                (record, line)
            })
        };
        let now: Vec<_> = page
            .with(|page| page.items.iter().map(line).collect())
            .unwrap_or_default();
        let lines = now.iter().map(|(_, line)| line.clone()).collect();
        known.set_value(now);
        lines
    })
}

fn draw<T: Row>(drawing: &Drawing<T>, record: &T) -> Drawn {
    let columns = &drawing.columns;
    let cells = columns.iter().map(|column| drawing.cells.draw(column, record));
    Drawn {
        name: columns.first().map(|column| (column.get)(record)),
        cells: cells.collect(),
        href: drawing.href.map(|href| href.run(record.clone())),
        actions: drawing.actions.map(|actions| actions.run(record.clone())),
    }
}
