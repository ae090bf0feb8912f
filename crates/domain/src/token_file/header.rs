//! The first row of a file: split by the right delimiter, and whether it names the columns.

use super::encoding::Encoding;
use super::layout::{DELIMITERS, delimiter_byte, is_blank_line};
use super::records::{Next, Records};
use super::{MAX_COLUMNS, Options};
use crate::identifiers::{self, Code, IdKind, is_blank, is_invisible};

/// Rows shown before anything is imported.
pub const SAMPLE_ROWS: usize = 5;

/// The header, or what stands in its place.
pub struct Split {
    pub delimiter: Option<char>,
    pub cells: Vec<String>,
    pub candidates: Vec<usize>,
    pub rows_at: usize,
    pub rows_line: u32,
    /// The rows below, as far as they are looked at.
    pub rows: Vec<Vec<String>>,
}

/// Splits the header by each delimiter that it has and takes the split that knows a column, whose
/// rows are as wide as it is, with the most columns.
pub fn best_split(
    text: &[u8],
    at: (usize, u32),
    whole: bool,
    encoding: Encoding,
    asked: Option<char>,
    kind: IdKind,
) -> Result<Split, Code> {
    let wanted: Vec<char> = asked.map_or(DELIMITERS.to_vec(), |delimiter| vec![delimiter]);
    let mut best: Option<((bool, usize, usize), Split)> = None;
    for delimiter in wanted {
        let found = split(text, at, whole, encoding, Some(delimiter), kind)?;
        if found.cells.len() > 1 {
            let even = |row: &&Vec<String>| row.len() == found.cells.len();
            let score = (
                !found.candidates.is_empty(),
                found.rows.iter().filter(even).count(),
                found.cells.len(),
            );
            if best.as_ref().is_none_or(|(other, _)| score > *other) {
                best = Some((score, found));
            }
        }
    }
    match best {
        Some((_, found)) => Ok(found),
        None => split(text, at, whole, encoding, None, kind),
    }
}

fn split(
    text: &[u8],
    (at, line): (usize, u32),
    whole: bool,
    encoding: Encoding,
    delimiter: Option<char>,
    kind: IdKind,
) -> Result<Split, Code> {
    let mut records = Records::new(delimiter_byte(delimiter, encoding), at, line);
    let cells = |records: &Records| -> Vec<String> {
        records
            .iter()
            .map(|cell| encoding.text(cell).into_owned())
            .collect()
    };
    match records.next(text, text.len()) {
        Next::Record if whole || records.position() < text.len() => {}
        _ => return Err(Code::FUnclosedQuote),
    }
    let first = cells(&records);
    let (rows_at, rows_line) = (records.position(), records.next_line());
    let mut rows = Vec::new();
    while rows.len() < 4 * SAMPLE_ROWS
        && records.next(text, text.len()) == Next::Record
        && (whole || records.position() < text.len())
    {
        let row = cells(&records);
        if !row.iter().all(|cell| is_blank_line(cell)) {
            rows.push(row);
        }
    }
    let known = first.iter().take(MAX_COLUMNS).enumerate();
    let known = known.filter(|(_, name)| names_ids(kind, name));
    Ok(Split {
        delimiter,
        candidates: known.map(|(index, _)| index).collect(),
        cells: first,
        rows_at,
        rows_line,
        rows,
    })
}

/// The column to read and whether the first row is a header.
pub fn choose_column(header: &Split, options: &Options) -> (Result<usize, Code>, bool) {
    let first_is_data = |column: usize| {
        let below = header.rows.first().and_then(|row| row.get(column));
        let cell = header.cells.get(column).map_or("", String::as_str);
        header.candidates.is_empty() && is_data(options.kind, cell, below.map(String::as_str))
    };
    if let Some(column) = options.column {
        let has_header = options.header.unwrap_or_else(|| !first_is_data(column));
        let there = column < header.cells.len().min(MAX_COLUMNS);
        return (
            if there {
                Ok(column)
            } else {
                Err(Code::FNeedsMapping)
            },
            has_header,
        );
    }
    if options.header != Some(false) {
        match header.candidates[..] {
            [column] => return (Ok(column), true),
            [_, _, ..] => return (Err(Code::FAmbiguousHeader), true),
            [] => {}
        }
    }
    let has_header = options
        .header
        .unwrap_or_else(|| !(0..header.cells.len()).any(first_is_data));
    let only_column = header.cells.len() == 1 && !has_header;
    (
        if only_column {
            Ok(0)
        } else {
            Err(Code::FNeedsMapping)
        },
        has_header,
    )
}

/// Whether the first cell of a column is an id rather than an unknown name such as `Column1`.
fn is_data(kind: IdKind, cell: &str, below: Option<&str>) -> bool {
    let digits = cell.bytes().filter(u8::is_ascii_digit).count();
    let judged = |text: &str| identifiers::judge(kind, text).map(|id| id.warnings.has(Code::WNotEmaid));
    digits >= 3 || (digits > 0 && below.is_some_and(|below| judged(below) == judged(cell)))
}

/// Whether a column of this name holds ids of this kind. Case, blanks, underscores and the like
/// do not matter.
fn names_ids(kind: IdKind, name: &str) -> bool {
    let plain =
        |c: &char| !(is_invisible(*c) || is_blank(*c) || (c.is_ascii() && !c.is_ascii_alphanumeric()));
    let name: String = name
        .chars()
        .filter(plain)
        .map(|c| c.to_ascii_lowercase())
        .collect();
    let known: &[&str] = match kind {
        IdKind::AuthId => &[
            "authid",
            "uid",
            "id",
            "tagid",
            "idtag",
            "token",
            "contractid",
            "emaid",
        ],
        IdKind::ChipId => &["chipid", "uid", "id", "rfid", "rfiduid"],
    };
    known.contains(&name.as_str())
}
