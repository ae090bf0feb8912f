//! XLSX workbooks: the first sheet. What a file claims of itself is not believed before it is unpacked.

use std::io::{self, BufRead, BufReader, Cursor, Read};

use calamine::{DataRef, ExcelDateTime, Reader, Xlsx};
use quick_xml::events::Event;
use zip::ZipArchive;

use super::cells::Cells;
use super::dates;
use super::sheet::{Cell, MAX_COLUMNS, Sheet, unreadable};
use crate::problem::Error;
use domain::limits::MAX_LINE;

/// The most that a workbook unpacks to, in bytes: all of it, and all but its sheets, which is held in
/// memory as a whole.
const MAX_UNPACKED: u64 = 400 * 1024 * 1024;
const MAX_BESIDE: u64 = 100 * 1024 * 1024;
/// The most parts.
const MAX_PARTS: usize = 1_000;
/// The most of one cell, or of one mark-up between two texts, in bytes: it is held in memory as a whole. Excel
/// keeps 32,767 characters.
const MAX_CELL: u64 = 512 * 1024;
/// The longest text that is looked at further, in bytes.
const MAX_CELL_TEXT: usize = 4 * MAX_LINE;
/// The most texts that a workbook may announce; room for them is made before they come.
const MAX_TEXTS: u64 = 10_000_000;

/// Reads the first sheet of a workbook.
pub fn read(bytes: &[u8]) -> Result<Sheet, Error> {
    check(bytes)?;
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let names = workbook.sheet_names();
    let first = names
        .first()
        .ok_or_else(|| unreadable("the workbook has no sheet"))?;
    let mut reader = workbook.worksheet_cells_reader(first).map_err(broken)?;
    let mut sheet = Sheet::default();
    let (mut number, mut cells) = (0, Vec::new());
    while let Some(next) = reader.next_cell().map_err(broken)? {
        let (row, column) = next.get_position();
        if row != number {
            sheet.take(u64::from(number) + 1, in_order(&mut cells))?;
            number = row;
        }
        if column as usize <= MAX_COLUMNS {
            cells.push((column as usize, cell(next.get_value())));
        }
        if cells.len() > MAX_COLUMNS + 1 {
            return Err(unreadable(
                "the workbook is damaged: a row has the same cells again and again",
            ));
        }
    }
    sheet.take(u64::from(number) + 1, in_order(&mut cells))?;
    sheet.end()
}

fn in_order(cells: &mut Vec<(usize, Cell)>) -> Vec<(usize, Cell)> {
    let mut cells = std::mem::take(cells);
    cells.sort_by_key(|(column, _)| *column);
    cells.dedup_by_key(|(column, _)| *column);
    cells
}

fn broken(_: calamine::XlsxError) -> Error {
    unreadable("the workbook is damaged, has a password, or is no XLSX file")
}

fn cell(value: &DataRef<'_>) -> Cell {
    Ok(match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) => return bounded(text),
        DataRef::SharedString(text) => return bounded(text),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(value) => if *value { "TRUE" } else { "FALSE" }.to_owned(),
        DataRef::DateTime(at) => return moment(at),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => return bounded(text),
        DataRef::Error(error) => return Err(format!("the workbook has an error here: {error}")),
    })
}

/// One text may stand for many cells: what no column takes is not copied.
fn bounded(text: &str) -> Cell {
    if text.len() > MAX_CELL_TEXT {
        return Err(format!("at most {MAX_LINE} characters"));
    }
    Ok(text.to_owned())
}

fn moment(at: &ExcelDateTime) -> Cell {
    let shown = if at.is_datetime() {
        dates::of_excel(at)
    } else {
        None
    };
    shown.ok_or_else(|| "this is no date".to_owned())
}

/// Unpacks everything once, to nowhere, and looks at what the texts announce.
fn check(bytes: &[u8]) -> Result<(), Error> {
    let damaged = || unreadable("the workbook is damaged");
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    if archive.len() > MAX_PARTS {
        return Err(unreadable(format!(
            "the workbook has more than {MAX_PARTS} parts"
        )));
    }
    let (mut all, mut beside) = (0, 0);
    for part in 0..archive.len() {
        let part = archive.by_index(part).map_err(|_| damaged())?;
        let name = part.name().map_err(|_| damaged())?.to_lowercase();
        let is_sheet = name.contains("worksheets/");
        let left = match is_sheet {
            true => MAX_UNPACKED - all,
            false => (MAX_UNPACKED - all).min(MAX_BESIDE - beside),
        };
        let mut reader = BufReader::with_capacity(64 * 1024, part.take(left + 1));
        if name.contains("sharedstrings") && announced(&mut reader).map_err(|()| damaged())? > MAX_TEXTS {
            return Err(unreadable("the workbook announces more texts than it can hold"));
        }
        let mut cells = Cells::default();
        match is_sheet || name.contains("sharedstrings") {
            true => io::copy(&mut reader, &mut cells),
            false => io::copy(&mut reader, &mut io::sink()),
        }
        .map_err(|_| damaged())?;
        if cells.longest > MAX_CELL {
            return Err(unreadable(format!(
                "the workbook has a cell of more than {} KB",
                MAX_CELL / 1024
            )));
        }
        let unpacked = left + 1 - reader.into_inner().limit();
        if unpacked > left {
            return Err(unreadable(
                "the workbook unpacks to more than a file of this size holds",
            ));
        }
        all += unpacked;
        beside += if is_sheet { 0 } else { unpacked };
    }
    Ok(())
}

/// How many texts the part says that it has.
fn announced(part: &mut impl BufRead) -> Result<u64, ()> {
    let mut reader = quick_xml::Reader::from_reader(part);
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(drop)? {
            Event::Start(start) if start.local_name().as_ref() == "sst" => {
                let count = start.try_get_attribute("uniqueCount").map_err(drop)?;
                let count = count.map(|count| count.value.trim().parse().unwrap_or(u64::MAX));
                return Ok(count.unwrap_or_default());
            }
            Event::Eof => return Ok(0),
            _ => {}
        }
    }
}
