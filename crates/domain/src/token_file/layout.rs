//! How a file is laid out: delimiter, lines before the header, header, the column of the ids.

use serde::{Deserialize, Serialize};

use super::encoding::Encoding;
use super::records::{Next, Records};
use super::{MAX_COLUMNS, Options};
use crate::identifiers::{self, Code, IdKind, is_blank, is_invisible};

/// The delimiters that are looked for.
pub const DELIMITERS: [char; 4] = [',', ';', '\t', '|'];

/// Rows shown before anything is imported.
const SAMPLE_ROWS: usize = 5;

/// What was found out about a file, for the page to show and the operator to change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Preview {
    /// The encoding it is read in.
    pub encoding: Encoding,
    /// Whether the encoding was concluded rather than marked or proven.
    pub encoding_guessed: bool,
    /// What stands between cells; none in a file of one column.
    pub delimiter: Option<char>,
    /// Whether the first row names the columns.
    pub has_header: bool,
    /// The names of the first 1,000 columns; `Column 1` and so on where there is no header.
    pub columns: Vec<String>,
    /// Columns that could hold the ids by their name, from 0.
    pub candidates: Vec<usize>,
    /// The column that is read, from 0.
    pub column: Option<usize>,
    /// The cells of the first few rows below the header.
    pub rows: Vec<Vec<String>>,
}

/// A file's layout.
pub struct Layout {
    pub preview: Preview,
    /// How many columns the first row has.
    pub width: usize,
    /// The first row as it stands in the file; empty where it is no header.
    pub header: Vec<String>,
    /// Where the rows begin.
    pub rows_at: usize,
    pub rows_line: u32,
    /// The first line that was skipped before the header.
    pub preamble: Option<u32>,
    pub header_line: u32,
}

/// Why a file cannot be read, with as much of its layout as was found.
pub type Unreadable = (Code, Option<u32>, Option<Box<Preview>>);

/// The byte between cells: one that is never in a text of this encoding where there is but one
/// column, so that commas and tabs are data.
pub fn delimiter_byte(delimiter: Option<char>, encoding: Encoding) -> u8 {
    match (delimiter, encoding) {
        (Some(delimiter), _) if delimiter.is_ascii() => delimiter as u8,
        (_, Encoding::Windows1252) => 0x81,
        _ => 0xff,
    }
}

/// The header, or what stands in its place.
struct Split {
    delimiter: Option<char>,
    cells: Vec<String>,
    candidates: Vec<usize>,
    rows_at: usize,
    rows_line: u32,
    /// The rows below, as far as they are looked at.
    rows: Vec<Vec<String>>,
}

/// Finds the layout from the beginning of the text. `whole` says that there is no more.
pub fn find(
    text: &[u8],
    from: usize,
    whole: bool,
    encoding: Encoding,
    options: &Options,
) -> Result<Layout, Unreadable> {
    let kind = options.kind;
    let mut start = Start::default();
    let (mut at, mut line) = (from, 1);
    let header = loop {
        let Some((end, next)) = line_at(text, at) else {
            let code = if start.skipped.is_some() || start.separator.is_some() {
                Code::FNoRows
            } else {
                Code::FEmpty
            };
            return Err((code, None, None));
        };
        let content = encoding.text(&text[at..end]);
        if start.passes_over(&content) {
            (at, line) = (next, line + 1);
            continue;
        }
        let asked = options.delimiter.or(start.separator);
        let split = best_split(text, (at, line), whole, encoding, asked, kind);
        let split = split.map_err(|code| (code, Some(line), None))?;
        let named = split.cells.len() > 1 && !split.candidates.is_empty();
        if content.trim_start_matches(['"', ' ']).starts_with('#') && !named {
            start.skipped.get_or_insert(line);
            (at, line) = (next, line + 1);
            continue;
        }
        break split;
    };

    let width = header.cells.len();
    let (column, has_header) = choose_column(&header, options);
    let name = |(index, cell): (usize, &String)| {
        if has_header {
            cell.clone()
        } else {
            format!("Column {}", index + 1)
        }
    };
    let mut rows = header.rows;
    if !has_header {
        rows.insert(0, header.cells.clone());
    }
    rows.truncate(SAMPLE_ROWS);
    rows.iter_mut().for_each(|row| row.truncate(MAX_COLUMNS));
    let preview = Preview {
        encoding,
        encoding_guessed: false,
        delimiter: header.delimiter,
        has_header,
        columns: header
            .cells
            .iter()
            .enumerate()
            .take(MAX_COLUMNS)
            .map(name)
            .collect(),
        candidates: header.candidates,
        column: column.ok(),
        rows,
    };
    if let Err(code) = column {
        return Err((code, Some(line), Some(Box::new(preview))));
    }
    Ok(Layout {
        preview,
        width,
        rows_at: if has_header { header.rows_at } else { at },
        rows_line: if has_header { header.rows_line } else { line },
        header: if has_header { header.cells } else { Vec::new() },
        preamble: start.skipped,
        header_line: line,
    })
}

/// What came before the header.
#[derive(Default)]
struct Start {
    /// `sep=;` in the first line.
    separator: Option<char>,
    /// The first line of the preamble.
    skipped: Option<u32>,
    begun: bool,
}

impl Start {
    /// Whether the line is blank or says the separator.
    fn passes_over(&mut self, content: &str) -> bool {
        if is_blank_line(content) {
            return true;
        }
        let first = !std::mem::replace(&mut self.begun, true);
        let bare = content.trim_matches('"');
        let says = bare
            .get(..4)
            .is_some_and(|start| start.eq_ignore_ascii_case("sep="));
        if first && says {
            self.separator = bare.chars().nth(4).filter(char::is_ascii);
        }
        first && says
    }
}

/// The end of the line at a position and the beginning of the next; `None` at the end.
fn line_at(text: &[u8], at: usize) -> Option<(usize, usize)> {
    let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
    let length = rest.iter().position(|byte| matches!(byte, b'\r' | b'\n'));
    let end = at + length.unwrap_or(rest.len());
    let next = match &text[end..] {
        [b'\r', b'\n', ..] => end + 2,
        [] => end,
        _ => end + 1,
    };
    Some((end, next))
}

/// Whether a line holds nothing but blanks and delimiters. Files from DOS end in 1A.
pub fn is_blank_line(content: &str) -> bool {
    content.chars().all(|c| {
        c.is_ascii_whitespace() || DELIMITERS.contains(&c) || c == '"' || c == '\u{1a}' || is_blank(c)
    })
}

/// Splits the header by each delimiter that it has and takes the split that knows a column, whose
/// rows are as wide as it is, with the most columns.
fn best_split(
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
fn choose_column(header: &Split, options: &Options) -> (Result<usize, Code>, bool) {
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
pub fn names_ids(kind: IdKind, name: &str) -> bool {
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
