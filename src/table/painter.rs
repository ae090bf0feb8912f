//! Drawing rows: one template row, cloned and filled, and no signal, effect or listener of a cell's own.

use domain::column::Head;
use leptos::tachys::view::any_view::AnyViewState;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, Node};

use super::cell::Cells;
use super::fill::{append, cell, copy, element, fill};
use super::selection::Selection;
use super::{Href, RowAction, RowView};
use crate::api::Record;
use crate::prelude::*;

/// How rows are drawn.
pub struct Painter {
    /// The field that holds a record's id.
    pub id: &'static str,
    pub cells: Cells,
    pub href: Option<Href>,
    pub actions: Option<RowView>,
    pub action: Option<RowAction>,
    pub selection: Option<Selection>,
    /// Whose the views of the rows' actions are.
    pub owner: Owner,
    columns: Vec<&'static Head>,
    template: Element,
    lines: Vec<Line>,
}

struct Line {
    id: String,
    record: Record,
    row: Element,
    selected: bool,
    actions: Option<(Owner, AnyViewState)>,
}

impl Painter {
    pub fn new(
        id: &'static str,
        cells: Cells,
        href: Option<Href>,
        actions: Option<RowView>,
        selection: Option<Selection>,
    ) -> Self {
        Self {
            id,
            cells,
            href,
            actions,
            action: None,
            selection,
            owner: Owner::current().unwrap_or_default(),
            columns: Vec::new(),
            template: element("tr"),
            lines: Vec::new(),
        }
    }

    /// Shows these records in these columns. Rows of records that are as they were stay in place.
    pub fn draw(&mut self, body: &Element, records: &[Record], columns: Vec<&'static Head>) {
        if columns.first() != self.columns.first() {
            self.take(body, &[]);
        }
        if columns != self.columns {
            self.reshape(&columns);
            self.columns = columns;
            self.template = self.template();
        }
        let before: Vec<Option<usize>> = records.iter().map(|record| self.shown(record)).collect();
        let same = |(at, record): (Option<usize>, &Record)| at.filter(|at| self.lines[*at].record == *record);
        let kept: Vec<Option<usize>> = before.iter().copied().zip(records).map(same).collect();
        let kept = self.take(body, &kept);
        let mut next = body.first_child();
        for ((record, line), before) in records.iter().zip(kept).zip(before) {
            let line = line.unwrap_or_else(|| {
                let line = self.line(record);
                // It stood here with other words: the style sheet marks it for a moment.
                if before.is_some() {
                    line.row.set_attribute("data-changed", "").ok();
                }
                line
            });
            let row: &Node = &line.row;
            match next.take() {
                Some(there) if there == *row => next = there.next_sibling(),
                there => {
                    let _ = body.insert_before(row, there.as_ref());
                    next = there;
                }
            }
            self.lines.push(line);
        }
    }

    /// Gives the rows that stay other columns: only cells that come, go or move are touched.
    fn reshape(&self, columns: &[&'static Head]) {
        // Where a column's cell stands in its row.
        let place = |at: usize| (at + usize::from(self.selection.is_some())) as u32;
        let mut now = self.columns.clone();
        for at in (0..now.len()).rev() {
            if !columns.contains(&now[at]) {
                now.remove(at);
                for line in &self.lines {
                    if let Some(cell) = line.row.children().item(place(at)) {
                        cell.remove();
                    }
                }
            }
        }
        for (at, head) in columns.iter().enumerate() {
            let from = now.iter().position(|own| own == head);
            if from == Some(at) {
                continue;
            }
            let fresh = cell(head, false);
            for line in &self.lines {
                let cells = line.row.children();
                let moved = from.and_then(|from| cells.item(place(from)));
                let cell = moved.unwrap_or_else(|| {
                    let cell = copy(&fresh);
                    fill(&cell, &self.cells.show(head, &line.record));
                    cell
                });
                let _ = line.row.insert_before(&cell, cells.item(place(at)).as_deref());
            }
            if let Some(from) = from {
                now.remove(from);
            }
            now.insert(at, head);
        }
    }

    /// The record that is shown under that id.
    pub fn record(&self, id: &str) -> Option<Record> {
        let line = self.lines.iter().find(|line| line.id == id)?;
        Some(line.record.clone())
    }

    /// Marks the rows that are selected.
    pub fn mark(&mut self) {
        let Some(selection) = self.selection else { return };
        let wanted = selection.of(self.lines.iter().map(|line| line.id.as_str()));
        for (line, selected) in self.lines.iter_mut().zip(wanted) {
            if line.selected != selected {
                line.mark(selected);
            }
        }
    }

    /// The line that shows the record as it was.
    fn shown(&self, record: &Record) -> Option<usize> {
        let id = record.text(self.id);
        self.lines.iter().position(|line| line.id == id)
    }

    /// Takes all lines; those that are not asked for leave the page.
    fn take(&mut self, body: &Element, wanted: &[Option<usize>]) -> Vec<Option<Line>> {
        let mut lines: Vec<Option<Line>> = std::mem::take(&mut self.lines).into_iter().map(Some).collect();
        let taken = wanted.iter().map(|at| lines.get_mut((*at)?)?.take()).collect();
        if wanted.iter().all(Option::is_none) {
            body.set_text_content(None);
        }
        for line in lines.into_iter().flatten() {
            line.row.remove();
            if let Some((owner, mut view)) = line.actions {
                view.unmount();
                owner.cleanup();
            }
        }
        taken
    }

    /// An empty row.
    fn template(&self) -> Element {
        let row = element("tr");
        if self.selection.is_some() {
            row.set_attribute("aria-selected", "false").ok();
            let (cell, input) = (element("td"), element("input"));
            cell.set_class_name("pick");
            for (name, value) in [
                ("type", "checkbox"),
                ("class", "checkbox"),
                ("autocomplete", "off"),
            ] {
                input.set_attribute(name, value).ok();
            }
            append(&cell, &input);
            append(&row, &cell);
        }
        for (at, head) in self.columns.iter().enumerate() {
            append(&row, &cell(head, at == 0));
        }
        if self.actions.is_some() || self.action.is_some() {
            let cell = element("td");
            cell.set_class_name("row-actions");
            if let Some(action) = &self.action {
                let button = element("button");
                button.set_attribute("type", "button").ok();
                button.set_class_name("button button-quiet button-small row-action");
                button.set_text_content(Some(action.label));
                append(&cell, &button);
            }
            append(&row, &cell);
        }
        row
    }

    fn line(&self, record: &Record) -> Line {
        let row = copy(&self.template);
        let mut cell = row.first_element_child();
        let mut next = || {
            let now = cell.take();
            cell = now.as_ref().and_then(Element::next_element_sibling);
            now
        };
        let pick = self.selection.and_then(|_| next());
        let href = self.href.map(|href| href.run(record.clone()));
        for (at, head) in self.columns.iter().enumerate() {
            let Some(cell) = next() else { break };
            let mut shown = self.cells.show(head, record);
            if at == 0 {
                if let Some(input) = pick.as_ref().and_then(Element::first_element_child) {
                    let label = format!(
                        "Select {}",
                        if shown.text.is_empty() { "row" } else { &shown.text }
                    );
                    input.set_attribute("aria-label", &label).ok();
                }
                if let Some(href) = &href {
                    row.set_class_name("row-linked");
                    shown.href.clone_from(href);
                    if shown.text.is_empty() {
                        shown.text.push('–');
                    }
                }
            }
            fill(&cell, &shown);
        }
        let actions = self.actions.and_then(|actions| {
            let cell = next()?;
            let owner = self.owner.child();
            let mut view = owner.with(|| actions.run(record.clone()).build());
            view.mount(&cell, None);
            Some((owner, view))
        });
        if self.action.is_some_and(|action| !action.fits(record))
            && let Some(cell) = row.last_element_child()
        {
            cell.set_text_content(None);
        }
        let id = record.text(self.id);
        row.set_attribute("data-id", &id).ok();
        Line {
            id,
            record: record.clone(),
            row,
            selected: false,
            actions,
        }
    }
}

impl Line {
    fn mark(&mut self, selected: bool) {
        self.selected = selected;
        let word = if selected { "true" } else { "false" };
        self.row.set_attribute("aria-selected", word).ok();
        let input = self.row.query_selector("input").ok().flatten();
        if let Some(input) = input.and_then(|input| input.dyn_into::<HtmlInputElement>().ok()) {
            input.set_checked(selected);
        }
    }
}
