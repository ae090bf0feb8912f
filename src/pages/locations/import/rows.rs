//! The rows of a report that were found fault with, looked up when they are shown.

use domain::identifiers::{Code, Severity};
use domain::token_file::{Entry, Report};

/// Rows of a group that are shown at first, and with each *Show more*.
pub const ROWS_AT_ONCE: usize = 20;
/// The most rows of a group that are ever on the page; the file of bad rows has them all.
pub const ROWS_AT_MOST: usize = 500;

/// A row that was found fault with.
pub struct Row {
    /// The line in the file, from 1.
    pub line: u32,
    /// The cell as it stands there; of an accepted row, the id as it is taken.
    pub value: String,
    /// What else there is to say, for example which line a duplicate repeats.
    pub note: String,
}

/// The first `most` rows with that finding.
pub fn rows(report: &Report, code: Code, most: usize) -> Vec<Row> {
    let most = most.min(ROWS_AT_MOST);
    let mut rows = Vec::new();
    let mut add = |line, value: String, note: String| rows.push(Row { line, value, note });
    if code.severity() == Severity::Error {
        for row in report.rejected_with(code).take(most) {
            add(row.line, row.value, String::new());
        }
    } else if code == Code::WDupInFile {
        for (line, entry) in report.duplicates().take(most) {
            let first = |entry: Entry<'_>| {
                let note = format!("first in line {}", entry.line);
                (entry.display.to_owned(), note)
            };
            let (value, note) = entry.map(first).unwrap_or_default();
            add(line, value, note);
        }
    } else {
        for (_, line) in report.warnings().filter(|(other, _)| *other == code).take(most) {
            add(line, id_in_line(report, line), String::new());
        }
    }
    rows
}

/// The id that was accepted from a line; accepted ids stand in the order of their lines.
fn id_in_line(report: &Report, line: u32) -> String {
    let (mut low, mut high) = (0, report.accepted_count());
    while low < high {
        let middle = low + (high - low) / 2;
        match report.accepted_from(middle).next() {
            Some(id) if id.line == line => return id.display.to_owned(),
            Some(id) if id.line < line => low = middle + 1,
            _ => high = middle,
        }
    }
    String::new()
}
