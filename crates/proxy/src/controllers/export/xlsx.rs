//! XLSX with typed cells and a frozen header, written to a temporary file in constant memory.

use std::fs::File;
use std::io::{BufWriter, Seek, Write as _};

use domain::column::{Cell, Head, Kind};
use domain::moment::{self, Zone};
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use super::task::Write;

/// The rows of a sheet below its header.
const ROWS: u32 = 1_048_575;
/// The number of 1970-01-01 among the days of a spreadsheet.
const EPOCH: f64 = 25_569.0;
/// Days that all spreadsheets count alike: from 1900-03-01 to 9999-12-31.
const DAYS: std::ops::Range<f64> = 61.0..2_958_466.0;

/// A workbook with as many sheets as it takes.
pub struct Xlsx {
    workbook: Workbook,
    sheets: usize,
    /// The row that was written last on the last sheet; 0 is the header.
    row: u32,
    bold: Format,
    moment: Format,
    minute: Format,
    day: Format,
}

impl Xlsx {
    /// Without a sheet yet.
    pub fn new() -> Self {
        Self {
            workbook: Workbook::new(),
            sheets: 0,
            row: 0,
            bold: Format::new().set_bold(),
            moment: Format::new().set_num_format("yyyy-mm-dd hh:mm:ss"),
            minute: Format::new().set_num_format("yyyy-mm-dd hh:mm"),
            day: Format::new().set_num_format("yyyy-mm-dd"),
        }
    }

    fn add_sheet(&mut self, heads: &[&Head]) -> Result<(), XlsxError> {
        let sheet = self.workbook.add_worksheet_with_constant_memory()?;
        sheet.set_freeze_panes(1, 0)?;
        for (head, column) in heads.iter().zip(0..) {
            let width = match head.kind {
                Kind::Number | Kind::Bool => 12,
                Kind::Date => 14,
                _ => 24,
            };
            sheet.set_column_width(column, width)?;
        }
        for (head, column) in heads.iter().zip(0..) {
            let label = match head.kind {
                Kind::Time => format!("{} (UTC)", head.label),
                _ => head.label.to_owned(),
            };
            sheet.write_string_with_format(0, column, label, &self.bold)?;
        }
        self.sheets += 1;
        self.row = 0;
        Ok(())
    }

    fn write(&mut self, heads: &[&Head], cells: &[Cell]) -> Result<(), XlsxError> {
        if self.row == ROWS {
            self.add_sheet(heads)?;
        }
        self.row += 1;
        let Self {
            workbook,
            sheets,
            row,
            moment,
            minute,
            day,
            ..
        } = self;
        let sheet: &mut Worksheet = workbook.worksheet_from_index(*sheets - 1)?;
        for ((head, cell), column) in heads.iter().zip(cells).zip(0..) {
            let format = match head.kind {
                Kind::Pacific => &*minute,
                Kind::Date => &*day,
                _ => &*moment,
            };
            match cell {
                Cell::Text(text) => match serial(head.kind, text) {
                    Some(days) => sheet.write_number_with_format(*row, column, days, format)?,
                    None => sheet.write_string(*row, column, text)?,
                },
                Cell::Number(number) => sheet.write_number(*row, column, *number)?,
                Cell::Bool(value) => sheet.write_boolean(*row, column, *value)?,
                Cell::Empty => continue,
            };
        }
        Ok(())
    }
}

/// A moment or a day as spreadsheets count days; none for other texts and for what they cannot count.
fn serial(kind: Kind, text: &str) -> Option<f64> {
    let at = match kind {
        Kind::Time => moment::read(text)?,
        Kind::Pacific => {
            let wall = moment::local(text, Zone::Pacific)?.replace(' ', "T");
            moment::read(&format!("{wall}:00Z"))?
        }
        Kind::Date => moment::read(&format!("{text}T00:00:00Z"))?,
        _ => return None,
    };
    let days = at as f64 / 86_400.0 + EPOCH;
    DAYS.contains(&days).then_some(days)
}

impl Write for Xlsx {
    fn head(&mut self, heads: &[&Head], _: &mut Vec<u8>) -> Result<(), String> {
        self.add_sheet(heads).map_err(|error| error.to_string())
    }

    fn row(&mut self, heads: &[&Head], cells: &[Cell], _: &mut Vec<u8>) -> Result<(), String> {
        self.write(heads, cells).map_err(|error| error.to_string())
    }

    fn end(mut self: Box<Self>, _: &mut Vec<u8>) -> Result<Option<File>, String> {
        let save = || -> Result<File, XlsxError> {
            let mut out = BufWriter::new(tempfile::tempfile()?);
            self.workbook.save_to_writer(&mut out)?;
            out.flush()?;
            let mut file = out.into_inner().map_err(std::io::IntoInnerError::into_error)?;
            file.rewind()?;
            Ok(file)
        };
        let mut save = save;
        save().map(Some).map_err(|error| error.to_string())
    }
}
