//! The rows of a report that were found fault with, looked up when they are shown.

use domain::identifiers::{Code, Severity};
use domain::token_file::Report;

/// Rows of a group that are shown at first, and with each *Show more*.
pub const ROWS_AT_ONCE: usize = 20;
/// The most rows of a group that are ever on the page; the file of bad rows has them all.
pub const ROWS_AT_MOST: usize = 500;

/// A row that was found fault with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The line in the file, from 1.
    pub line: u32,
    /// The cell as it stands there; of an accepted row, the id as it is taken.
    pub value: String,
    /// What else there is to say, for example which line a duplicate repeats.
    pub note: Option<String>,
}

/// The first `most` rows with that finding.
pub fn rows(report: &Report, code: Code, most: usize) -> Vec<Row> {
    let most = most.min(ROWS_AT_MOST);
    if code.severity() == Severity::Error {
        let rejected = report.rejected_with(code).take(most);
        return rejected
            .map(|row| Row {
                line: row.line,
                value: row.value,
                note: None,
            })
            .collect();
    }
    if code == Code::WDupInFile {
        let repeat = |(line, entry): (u32, Option<domain::token_file::Entry<'_>>)| Row {
            line,
            value: entry
                .as_ref()
                .map(|entry| entry.display.to_owned())
                .unwrap_or_default(),
            note: entry.map(|entry| format!("first in line {}", entry.line)),
        };
        return report.duplicates().take(most).map(repeat).collect();
    }
    let lines = report.warnings().filter(|(other, _)| *other == code).take(most);
    let row = |(_, line)| Row {
        line,
        value: id_in_line(report, line),
        note: None,
    };
    lines.map(row).collect()
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
