//! Files of Auth IDs or Chip IDs: bytes → kind of file → encoding → delimiter → header → rows →
//! key → duplicate. The whole file is read and judged before anything is written, in the browser
//! and by the command alike, in slices short enough to keep a page alive.
//!
//! ```
//! use domain::identifiers::IdKind;
//! use domain::token_file::{Options, TokenFile};
//!
//! let bytes = b"Auth ID\r\nNL-GFX-C00000001-4\r\n".to_vec();
//! let mut file = TokenFile::open(bytes, Options::new(IdKind::AuthId)).map_err(|r| r.code)?;
//! while !file.step(1 << 20).done {}
//! let report = file.finish().map_err(|r| r.code)?;
//! assert_eq!(report.accepted().next().map(|id| id.key), Some("NLGFXC00000001"));
//! # Ok::<(), domain::identifiers::Code>(())
//! ```

mod accepted;
mod bad_rows;
mod check;
mod encoding;
mod kind;
mod layout;
mod neighbours;
mod records;
mod report;
#[cfg(feature = "bench")]
pub mod sample;

pub use accepted::Entry;
pub use bad_rows::{BadRows, bad_rows_csv};
pub use check::{CheckReport, CheckRow, CheckWarning};
pub use encoding::Encoding;
pub use layout::{DELIMITERS, Preview};
pub use report::{Finding, Offer, Rejected, Report};

use crate::identifiers::{Code, Id, IdKind, MAX_KEY, Repairs, judge_into, usual_key};
use layout::delimiter_byte;
use neighbours::Neighbours;
use records::{Next, Records};

/// The largest file that is read: 256 MiB, some five million rows.
pub const MAX_BYTES: usize = 256 * 1024 * 1024;

/// The most columns of a file that are looked at.
pub const MAX_COLUMNS: usize = 1000;

/// The bytes by which a file's layout is found.
const SAMPLE: usize = 256 * 1024;

/// What to read a file as. What is `None` is found out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// What the column holds.
    pub kind: IdKind,
    /// How the file writes its characters.
    pub encoding: Option<Encoding>,
    /// What stands between cells.
    pub delimiter: Option<char>,
    /// Whether the first row names the columns.
    pub header: Option<bool>,
    /// The column of the ids, from 0.
    pub column: Option<usize>,
    /// The repairs the operator chose.
    pub repairs: Repairs,
}

impl Options {
    /// Finds out everything and repairs nothing.
    pub fn new(kind: IdKind) -> Options {
        Options {
            kind,
            encoding: None,
            delimiter: None,
            header: None,
            column: None,
            repairs: Repairs::NONE,
        }
    }
}

/// A file that is refused as a whole: nothing of it is accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Why (`F_…`).
    pub code: Code,
    /// The physical line where it shows, from 1.
    pub line: Option<u32>,
    /// What was found out, where the operator can help by choosing a column.
    pub preview: Option<Box<Preview>>,
    /// The bytes given to [`TokenFile::open`], to open them again with other options. Empty once
    /// reading has begun.
    pub bytes: Vec<u8>,
}

/// How far reading is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Work done, in bytes of the file.
    pub bytes_done: usize,
    /// The bytes of the file.
    pub bytes_total: usize,
    /// Rows read.
    pub rows: usize,
    /// Whether [`TokenFile::finish`] has its report.
    pub done: bool,
}

/// A file that is being read.
pub struct TokenFile {
    report: Report,
    phase: Phase,
    records: Records,
    id: Id,
}

/// What is being done; each in slices.
enum Phase {
    /// Proving UTF-8 up to a position, or else taking the file for Windows-1252.
    Proving {
        done: usize,
        marked: bool,
    },
    /// Transcoding UTF-16.
    Transcoding {
        source: Vec<u8>,
        done: usize,
    },
    Rows,
    Neighbours(Neighbours),
    Done(Option<(Code, Option<u32>)>),
}

/// Reads a file at once.
///
/// # Errors
/// The refusal of the whole file.
pub fn read(bytes: Vec<u8>, options: Options) -> Result<Report, Refusal> {
    TokenFile::open(bytes, options)?.finish()
}

impl TokenFile {
    /// Looks at the beginning of a file.
    ///
    /// # Errors
    /// Why the file cannot be read; for `F_NEEDS_MAPPING` and `F_AMBIGUOUS_HEADER` with the
    /// preview from which an operator chooses.
    pub fn open(bytes: Vec<u8>, options: Options) -> Result<TokenFile, Refusal> {
        if bytes.len() > MAX_BYTES {
            return Err(refuse(Code::FTooLarge, None, None, bytes));
        }
        if let Some(code) = kind::refusal(&bytes) {
            return Err(refuse(code, None, None, bytes));
        }
        let raw = &bytes[..bytes.len().min(SAMPLE)];
        let whole = raw.len() == bytes.len();
        let detected = encoding::detect(raw);
        let encoding = options.encoding.unwrap_or(detected.encoding);
        let guessed = options.encoding.is_none() && detected.guessed;

        let mut transcoded = Vec::new();
        let (sample, reading) = if encoding.is_utf16() {
            encoding::utf16_to_utf8(raw, encoding, whole, &mut transcoded);
            (&transcoded[..], Encoding::Utf8)
        } else {
            (raw, encoding)
        };
        let from = encoding::marks(sample);
        let found = match kind::text_refusal(&sample[from..]) {
            Some(code) => Err((code, None, None)),
            None => layout::find(sample, from, whole, reading, &options),
        };
        let mut layout = match found {
            Ok(layout) => layout,
            Err((code, line, mut preview)) => {
                if let Some(preview) = &mut preview {
                    preview.encoding = encoding;
                    preview.encoding_guessed = guessed;
                }
                return Err(refuse(code, line, preview, bytes));
            }
        };
        layout.preview.encoding = encoding;
        layout.preview.encoding_guessed = guessed;

        let rows_in_sample = sample.split(|byte| matches!(byte, b'\r' | b'\n')).count();
        let rows = bytes.len() / raw.len().max(1) * rows_in_sample;
        let mut report = Report::new(layout, options, reading);
        if guessed {
            report.warn(Code::WEncodingGuessed, 1);
        }
        report.accepted.reserve(rows.min(MAX_BYTES / 32));
        let phase = if encoding.is_utf16() {
            report.text.reserve(bytes.len() / 2);
            Phase::Transcoding {
                source: bytes,
                done: 0,
            }
        } else {
            report.text = bytes;
            let proven = options.encoding.is_some() || guessed;
            let done = if proven { report.text.len() } else { 0 };
            Phase::Proving {
                done,
                marked: detected.marked,
            }
        };
        Ok(TokenFile::begin(report, phase))
    }

    /// Reads a text again whose layout and encoding are known.
    fn again(report: Report) -> TokenFile {
        let mut file = TokenFile::begin(report, Phase::Rows);
        file.begin_rows();
        file
    }

    fn begin(report: Report, phase: Phase) -> TokenFile {
        TokenFile {
            records: Records::new(b',', 0, 1),
            report,
            phase,
            id: Id::default(),
        }
    }

    /// What was found out about the file.
    pub fn preview(&self) -> &Preview {
        self.report.preview()
    }

    /// Reads on by about so many bytes. A megabyte takes some hundredths of a second in a
    /// browser.
    pub fn step(&mut self, bytes: usize) -> Progress {
        let bytes = bytes.max(1);
        match &mut self.phase {
            Phase::Proving { done, marked } => {
                let text = &self.report.text;
                // Proving is a fraction of the work of reading.
                let end = (*done + bytes.saturating_mul(8)).min(text.len());
                let slice = &text[*done..end];
                match std::str::from_utf8(slice) {
                    Ok(_) => *done = end,
                    Err(cut) if cut.error_len().is_none() && end < text.len() => {
                        *done += cut.valid_up_to().max(1);
                    }
                    Err(_) => {
                        let marked = *marked;
                        *done = text.len();
                        self.report.is_not_utf8(marked);
                    }
                }
                if matches!(self.phase, Phase::Proving { done, .. } if done == self.report.text.len()) {
                    self.begin_rows();
                }
            }
            Phase::Transcoding { source, done } => {
                let end = (*done + bytes.max(4)).min(source.len());
                let (last, encoding) = (end == source.len(), self.report.preview().encoding);
                let slice = &source[*done..end];
                *done += encoding::utf16_to_utf8(slice, encoding, last, &mut self.report.text);
                if last {
                    self.begin_rows();
                }
            }
            Phase::Rows => self.step_rows(bytes),
            Phase::Neighbours(neighbours) => {
                if neighbours.step(&mut self.report, bytes / 32 + 1) {
                    self.phase = Phase::Done(None);
                }
            }
            Phase::Done(_) => {}
        }
        self.progress()
    }

    /// The report, after reading what is left to read.
    ///
    /// # Errors
    /// What only reading shows: `F_UNCLOSED_QUOTE`, `F_NO_ROWS`.
    pub fn finish(mut self) -> Result<Report, Refusal> {
        while !self.step(usize::MAX / 16).done {}
        match self.phase {
            Phase::Done(Some((code, line))) => Err(refuse(code, line, None, Vec::new())),
            _ => Ok(self.report),
        }
    }

    fn progress(&self) -> Progress {
        let total = match &self.phase {
            Phase::Transcoding { source, .. } => source.len(),
            _ => self.report.text.len(),
        };
        // An eighth of the bar is for the encoding.
        let done = match &self.phase {
            Phase::Proving { done, .. } | Phase::Transcoding { done, .. } => done / 8,
            Phase::Rows => total / 8 + self.records.position() / 8 * 7,
            Phase::Neighbours(_) | Phase::Done(_) => total,
        };
        Progress {
            bytes_done: done,
            bytes_total: total,
            rows: self.report.rows,
            done: matches!(self.phase, Phase::Done(_)),
        }
    }

    fn begin_rows(&mut self) {
        let layout = &self.report.layout;
        let delimiter = delimiter_byte(layout.preview.delimiter, self.report.reading);
        self.records = Records::new(delimiter, layout.rows_at, layout.rows_line);
        self.phase = Phase::Rows;
    }

    fn step_rows(&mut self, bytes: usize) {
        let until = self.records.position().saturating_add(bytes);
        loop {
            match self.records.next(&self.report.text, until) {
                Next::Record => self.row(),
                Next::Pause => return,
                Next::End if self.report.rows == 0 => {
                    self.phase = Phase::Done(Some((Code::FNoRows, None)));
                    return;
                }
                Next::End => {
                    self.phase = Phase::Neighbours(Neighbours::new(&self.report));
                    return;
                }
                Next::Unclosed => {
                    let line = self.records.line();
                    self.phase = Phase::Done(Some((Code::FUnclosedQuote, Some(line))));
                    return;
                }
            }
        }
    }

    /// Judges the record at hand.
    fn row(&mut self) {
        let (records, report) = (&self.records, &mut self.report);
        let line = records.line();
        if records.len() > report.layout.width {
            let extra = records.iter().skip(report.layout.width);
            if report.layout.preview.delimiter.is_none() {
                // The byte that no text holds: the cell is no text.
                return report.reject(records, Code::ENonAscii, &self.id);
            }
            if extra.into_iter().any(|cell| !cell.trim_ascii().is_empty()) {
                report.warn(Code::WExtraCells, line);
            }
        }
        let cell = records.field(report.column);
        let mut key = [0; MAX_KEY];
        if let Some(key) = usual_key(report.options.kind, cell, &mut key) {
            return report.accept(line, cell, key);
        }
        let text = report.reading.text(cell);
        let options = report.options;
        match judge_into(options.kind, options.repairs, &text, &mut self.id) {
            Ok(()) => report.accept_judged(line, &self.id),
            Err(code) => {
                let reading = report.reading;
                let blank = |cell| layout::is_blank_line(&reading.text(cell));
                if !records.iter().all(blank) {
                    report.reject(records, code, &self.id);
                }
            }
        }
    }
}

fn refuse(code: Code, line: Option<u32>, preview: Option<Box<Preview>>, bytes: Vec<u8>) -> Refusal {
    Refusal {
        code,
        line,
        preview,
        bytes,
    }
}
