//! The rows of a file, whatever its format: a header, then what each row says.

use std::collections::HashSet;

use domain::column::Listed;
use domain::problem::FieldError;
use domain::station_tokens::StationToken;

use super::super::entered::name;
use crate::problem::Error;

/// The most rows of a file.
pub const MAX_ROWS: usize = 200_000;
/// The most columns of a file; readers may leave out what stands behind one more.
pub const MAX_COLUMNS: usize = 1_000;
/// The most that the cells of a file hold, in bytes: one text of a workbook may stand for many cells.
const MAX_TEXT: usize = 200 * 1024 * 1024;
/// The most unknown columns that are named.
const NAMED: usize = 50;

/// A cell: its text, or why it has none.
pub type Cell = Result<String, String>;

/// What a row says.
#[derive(Debug, Default)]
pub struct Row {
    /// Its number in the file, from 1.
    pub number: u64,
    /// By column key; empty cells too.
    pub cells: Vec<(&'static str, Cell)>,
}

impl Row {
    /// The cell of that column; none if the file has no such column.
    pub fn cell(&self, key: &str) -> Option<&Cell> {
        let found = self.cells.iter().find(|(column, _)| *column == key);
        found.map(|(_, cell)| cell)
    }
}

/// What was read of a file.
#[derive(Debug, Default)]
pub struct Sheet {
    /// Keys of the columns, in the file's order; none: a column that is no station token's.
    header: Option<Vec<Option<&'static str>>>,
    pub unknown: Vec<String>,
    pub rows: Vec<Row>,
    /// What the cells of the rows hold, in bytes.
    held: usize,
}

impl Sheet {
    /// Takes the next row that holds anything; the first one is the header. Cells come with the number of
    /// their column, from 0, in order.
    pub fn take(&mut self, number: u64, cells: Vec<(usize, Cell)>) -> Result<(), Error> {
        let is_blank = |(_, cell): &(usize, Cell)| matches!(cell, Ok(text) if text.trim().is_empty());
        if cells.iter().all(is_blank) {
            return Ok(());
        }
        let Some(header) = &self.header else {
            return self.take_header(cells);
        };
        if self.rows.len() >= MAX_ROWS {
            return Err(unreadable(format!(
                "the file has more than {MAX_ROWS} rows; split it"
            )));
        }
        let keys = header.iter().enumerate();
        let mut said = cells.into_iter().peekable();
        let mut row = Row {
            number,
            ..Row::default()
        };
        for (column, key) in keys {
            while said.peek().is_some_and(|(at, _)| *at < column) {
                said.next();
            }
            let cell = said
                .next_if(|(at, _)| *at == column)
                .map_or(Ok(String::new()), |(_, cell)| cell);
            if let Some(key) = key {
                self.held += cell.as_ref().map_or(0, String::len);
                row.cells.push((key, cell));
            }
        }
        if self.held > MAX_TEXT {
            return Err(unreadable("the file says more than an import takes; split it"));
        }
        self.rows.push(row);
        Ok(())
    }

    fn take_header(&mut self, cells: Vec<(usize, Cell)>) -> Result<(), Error> {
        let width = cells.last().map_or(0, |(at, _)| at + 1);
        if width > MAX_COLUMNS {
            return Err(unreadable(format!(
                "the file has more than {MAX_COLUMNS} columns"
            )));
        }
        let mut keys = vec![None; width];
        let mut seen = HashSet::new();
        for (at, cell) in cells {
            let label = cell.unwrap_or_default();
            keys[at] = key_of(&label);
            match keys[at] {
                Some(key) if !seen.insert(key) => {
                    return Err(unreadable(format!(
                        "the column {} stands twice in the header",
                        label.trim()
                    )));
                }
                None if !label.trim().is_empty() && self.unknown.len() < NAMED => {
                    self.unknown.push(label.trim().chars().take(80).collect());
                }
                _ => {}
            }
        }
        if !seen.contains("tokenSn") {
            return Err(unreadable(
                "the first row names no column Token S/N; it has to say what the columns are",
            ));
        }
        self.header = Some(keys);
        Ok(())
    }

    /// The sheet, if it has a header.
    pub fn end(self) -> Result<Self, Error> {
        match self.header {
            Some(_) => Ok(self),
            None => Err(unreadable("the file is empty")),
        }
    }
}

/// The key of the column of that label or key.
pub fn key_of(label: &str) -> Option<&'static str> {
    let name = name(label);
    let column = StationToken::HEADS
        .iter()
        .find(|head| head.key.to_lowercase() == name);
    column.map(|head| head.key)
}

/// Why a file is not taken at all.
pub fn unreadable(why: impl Into<String>) -> Error {
    let why = why.into();
    Error::Invalid {
        detail: format!("The file cannot be imported: {why}. Nothing was changed."),
        errors: vec![FieldError {
            field: "file".into(),
            message: why,
        }],
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_row_says_what_its_columns_say() {
        let mut sheet = Sheet::default();
        let cells = |texts: &[(usize, &str)]| {
            texts
                .iter()
                .map(|(at, text)| (*at, Ok((*text).to_owned())))
                .collect()
        };
        sheet.take(2, cells(&[(0, " ")])).unwrap();
        sheet
            .take(
                3,
                cells(&[(1, "TOKEN S/N"), (2, "Colour"), (4, "activation date")]),
            )
            .unwrap();
        sheet
            .take(4, cells(&[(0, "x"), (1, "A"), (2, "red"), (9, "y")]))
            .unwrap();
        sheet.take(5, cells(&[(4, "2026")])).unwrap();
        let sheet = sheet.end().unwrap();
        assert_eq!(sheet.unknown, ["Colour"]);
        let said: Vec<_> = sheet
            .rows
            .iter()
            .map(|row| (row.number, row.cells.clone()))
            .collect();
        let text = |text: &str| Ok(text.to_owned());
        assert_eq!(
            said[0],
            (4, vec![("tokenSn", text("A")), ("activationDate", text(""))])
        );
        assert_eq!(
            said[1],
            (5, vec![("tokenSn", text("")), ("activationDate", text("2026"))])
        );
    }
}
