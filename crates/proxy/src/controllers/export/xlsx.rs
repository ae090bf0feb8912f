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
    /// How many rows a sheet takes.
    most: u32,
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
            most: ROWS,
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
        if self.row == self.most {
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
        let mut save = || -> Result<File, XlsxError> {
            let mut out = BufWriter::new(tempfile::tempfile()?);
            self.workbook.save_to_writer(&mut out)?;
            out.flush()?;
            let mut file = out.into_inner().map_err(std::io::IntoInnerError::into_error)?;
            file.rewind()?;
            Ok(file)
        };
        save().map(Some).map_err(|error| error.to_string())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use calamine::{Data, Reader, Xlsx as Book};
    use domain::column::Listed;
    use domain::customers::Customer;

    #[test]
    fn what_is_too_much_for_a_sheet_goes_on_the_next() {
        let heads: Vec<&Head> = Customer::HEADS.iter().take(1).collect();
        let mut xlsx = Box::new(Xlsx::new());
        xlsx.most = 2;
        let mut out = Vec::new();
        Write::head(&mut *xlsx, &heads, &mut out).unwrap();
        for number in 0..5 {
            xlsx.row(&heads, &[Cell::Text(format!("row {number}"))], &mut out)
                .unwrap();
        }
        let file = xlsx.end(&mut out).unwrap().unwrap();
        let mut book: Book<_> = calamine::open_workbook_from_rs(std::io::BufReader::new(file)).unwrap();
        let sheets = book.worksheets();
        assert_eq!(sheets.len(), 3);
        let cells = |n: usize| -> Vec<String> { sheets[n].1.rows().map(|row| row[0].to_string()).collect() };
        assert_eq!(cells(0), ["Name", "row 0", "row 1"]);
        assert_eq!(cells(2), ["Name", "row 4"]);
        assert!(matches!(sheets[0].1.get((1, 0)), Some(Data::String(_))));
    }

    /// A part of a workbook, unpacked.
    fn part(file: &mut File, name: &str) -> String {
        let mut book = zip::ZipArchive::new(file).unwrap();
        std::io::read_to_string(book.by_name(name).unwrap()).unwrap()
    }

    #[test]
    fn every_sheet_has_a_frozen_bold_header_and_cells_of_their_kind() {
        let heads: Vec<&Head> = domain::tokens::Token::HEADS.iter().collect();
        let mut xlsx = Box::new(Xlsx::new());
        xlsx.most = 1;
        let mut out = Vec::new();
        Write::head(&mut *xlsx, &heads, &mut out).unwrap();
        let cell = |head: &&Head| match head.key {
            "expires" => Cell::Text("2026-11-20T12:00:00Z".into()),
            "valid" => Cell::Bool(false),
            "note" => Cell::Empty,
            key => Cell::Text(format!("={key}")),
        };
        let cells: Vec<Cell> = heads.iter().map(cell).collect();
        for _ in 0..2 {
            xlsx.row(&heads, &cells, &mut out).unwrap();
        }
        let mut file = xlsx.end(&mut out).unwrap().unwrap();
        for sheet in ["xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"] {
            let xml = part(&mut file, sheet);
            let pane = xml.split_once("<pane ").unwrap().1.split_once("/>").unwrap().0;
            for words in ["ySplit=\"1\"", "topLeftCell=\"A2\"", "state=\"frozen\""] {
                assert!(pane.contains(words), "{sheet}: {pane}");
            }
            assert!(!pane.contains("xSplit"), "{sheet}: {pane}");
            assert!(!xml.contains("<f>"), "{sheet}: a text is no formula");
            // The header's style, and the one of moments.
            assert!(xml.contains("<c r=\"A1\" s=\"1\""), "{sheet}: {xml}");
            let column = heads.iter().position(|head| head.key == "expires").unwrap();
            let letter = char::from(b'A' + column as u8);
            assert!(
                xml.contains(&format!("<c r=\"{letter}2\" s=\"2\"><v>46346.5</v></c>")),
                "{sheet}: {xml}"
            );
        }
        let styles = part(&mut file, "xl/styles.xml");
        assert!(
            styles.contains("formatCode=\"yyyy\\-mm\\-dd\\ hh:mm:ss\"")
                || styles.contains("formatCode=\"yyyy-mm-dd hh:mm:ss\""),
            "{styles}"
        );
        assert!(styles.contains("<b/>"), "{styles}");
        let mut book: Book<_> = calamine::open_workbook_from_rs(std::io::BufReader::new(file)).unwrap();
        for (name, cells) in book.worksheets() {
            let row: Vec<&Data> = cells.rows().nth(1).unwrap().iter().collect();
            for (head, cell) in heads.iter().zip(row) {
                let fits = match head.key {
                    "expires" => matches!(cell, Data::DateTime(at) if at.as_f64() == 46_346.5),
                    "valid" => *cell == Data::Bool(false),
                    "note" => *cell == Data::Empty,
                    key if head.kind == Kind::Time => *cell == Data::String(format!("={key}")),
                    key => *cell == Data::String(format!("={key}")),
                };
                assert!(fits, "{name}, {}: {cell:?}", head.key);
            }
        }
    }

    #[test]
    fn days_are_counted_as_spreadsheets_do() {
        assert_eq!(serial(Kind::Date, "2026-11-20"), Some(46_346.0));
        assert_eq!(serial(Kind::Time, "2026-11-20T12:00:00Z"), Some(46_346.5));
        assert_eq!(serial(Kind::Pacific, "2026-11-20T08:00:00Z"), Some(46_346.0));
        assert_eq!(
            serial(Kind::Pacific, "2026-07-01T07:00:00Z"),
            serial(Kind::Date, "2026-07-01")
        );
        assert_eq!(serial(Kind::Date, "1899-01-01"), None);
        assert_eq!(serial(Kind::Text, "2026-11-20"), None);
    }
}
