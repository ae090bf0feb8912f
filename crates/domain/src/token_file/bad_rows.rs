//! The rejected rows as a file: their own columns, then line, code and message. Mended there, it
//! can be imported as it is.

use super::records::Records;
use super::report::Report;
use crate::csv_out::{BOM, write_row};
use crate::identifiers::IdKind;

const ADDED: [&str; 3] = ["line", "code", "message"];

/// All rejected rows as one CSV file: UTF-8 with BOM, CRLF, formulas guarded.
pub fn bad_rows_csv(report: &Report) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rows = BadRows::new(report);
    while rows.write(&mut out, usize::MAX) {}
    out
}

/// A writer of the rejected rows, in slices.
pub struct BadRows<'a> {
    report: &'a Report,
    records: Records,
    next: usize,
    /// How many of the file's own columns are written.
    width: usize,
    /// How many columns after them are an earlier line, code and message.
    stale: usize,
}

impl<'a> BadRows<'a> {
    /// Starts at the header.
    pub fn new(report: &'a Report) -> BadRows<'a> {
        let header = &report.layout.header;
        // A file of bad rows that is rejected again does not get the columns twice.
        let before = header.len().saturating_sub(ADDED.len());
        let again = before > report.column && header[before..] == ADDED;
        BadRows {
            report,
            records: report.records(),
            next: 0,
            width: if again { before } else { report.layout.width },
            stale: if again { ADDED.len() } else { 0 },
        }
    }

    /// Appends the header, or up to so many rows; `false` when there are no more.
    pub fn write(&mut self, out: &mut Vec<u8>, rows: usize) -> bool {
        if self.next == 0 {
            out.extend_from_slice(BOM);
            self.write_header(out);
        }
        let end = self
            .next
            .saturating_add(rows.max(1))
            .min(self.report.rejected.len());
        for row in &self.report.rejected[self.next..end] {
            let mut cells = self.report.cells(&mut self.records, row);
            // Cells beyond the header go where the added columns do not reach.
            let extra = cells.split_off(cells.len().min(self.width));
            let extra = extra.into_iter().skip(self.stale);
            cells.resize(self.width, String::new());
            cells.extend([
                row.line.to_string(),
                row.code.wire().to_owned(),
                row.code.message(),
            ]);
            cells.extend(extra);
            write_row(out, &cells);
        }
        self.next = end;
        end < self.report.rejected.len()
    }

    fn write_header(&self, out: &mut Vec<u8>) {
        let report = self.report;
        let name = |index: usize| match (report.layout.header.get(index), report.options.kind) {
            (Some(name), _) => name.clone(),
            (None, IdKind::AuthId) if index == report.column => "Auth ID".to_owned(),
            (None, IdKind::ChipId) if index == report.column => "Chip ID".to_owned(),
            (None, _) => format!("Column {}", index + 1),
        };
        write_row(out, (0..self.width).map(name).chain(ADDED.map(str::to_owned)));
    }
}
