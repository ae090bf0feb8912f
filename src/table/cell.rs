//! What stands in a cell: by the column's kind, or as the page draws it.

use std::sync::Arc;

use domain::column::{Cell, Column, Kind};

use crate::kit::Time;
use crate::kit::format::{number, rounded};
use crate::prelude::*;

type Draw<T> = Arc<dyn Fn(&T) -> AnyView + Send + Sync>;

/// Cells that a page draws itself, by column.
pub struct Cells<T: 'static>(Vec<(&'static str, Draw<T>)>);

impl<T> Default for Cells<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Clone for Cells<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T: 'static> Cells<T> {
    pub fn new() -> Self {
        Self::default()
    }

    /// Draws the cells of the column with that key.
    pub fn with<V: IntoAny>(
        mut self,
        key: &'static str,
        draw: impl Fn(&T) -> V + Send + Sync + 'static,
    ) -> Self {
        self.0
            .push((key, Arc::new(move |record| draw(record).into_any())));
        self
    }

    /// What stands in one cell.
    pub(super) fn draw(&self, column: &Column<T>, record: &T) -> AnyView {
        match self.0.iter().find(|(key, _)| *key == column.key) {
            Some((_, draw)) => draw(record),
            None => usual(column.kind, (column.get)(record)),
        }
    }
}

fn usual(kind: Kind, cell: Cell) -> AnyView {
    match (kind, cell) {
        (_, Cell::Empty) => view! { <span class="quiet">"–"</span> }.into_any(),
        (kind, Cell::Text(text)) if kind.is_id() => view! { <span class="id">{text}</span> }.into_any(),
        (Kind::Time, Cell::Text(at)) => view! { <Time at /> }.into_any(),
        (_, Cell::Text(text)) => text.into_any(),
        (_, Cell::Number(value)) if value >= 0.0 && value.fract() == 0.0 => number(value as u64).into_any(),
        (_, Cell::Number(value)) => rounded(value, 6).into_any(),
        (_, Cell::Bool(value)) => if value { "Yes" } else { "No" }.into_any(),
    }
}

/// The class by which a column is aligned.
pub(super) fn class(kind: Kind) -> Option<&'static str> {
    (kind == Kind::Number).then_some("number")
}
