//! How a file is laid out: delimiter, lines before the header, header, the column of the ids.

use serde::{Deserialize, Serialize};

use super::encoding::Encoding;
use super::header::{SAMPLE_ROWS, best_split, choose_column};
use super::{MAX_COLUMNS, Options};
use crate::identifiers::{Code, is_blank};

/// The delimiters that are looked for.
pub const DELIMITERS: [char; 4] = [',', ';', '\t', '|'];

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
