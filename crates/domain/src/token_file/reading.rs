//! The reading of a file, in slices.

use super::encoding::{self, Encoding};
use super::layout::{self, Preview, delimiter_byte};
use super::neighbours::Neighbours;
use super::records::{Next, Records};
use super::report::Report;
use super::{MAX_BYTES, Options, Progress, Refusal, kind};
use crate::identifiers::{Code, Id, MAX_KEY, judge_into, usual_key};

/// The bytes by which a file's layout is found.
const SAMPLE: usize = 256 * 1024;

/// A file that is being read.
pub struct TokenFile {
    report: Report,
    phase: Phase,
    records: Records,
    id: Id,
    /// The bytes of the file before transcoding.
    bytes_total: usize,
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
        let bytes_total = bytes.len();
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
        Ok(TokenFile::begin(report, phase, bytes_total))
    }

    /// Reads a text again whose layout and encoding are known.
    pub(super) fn again(report: Report) -> TokenFile {
        let bytes_total = report.text.len();
        let mut file = TokenFile::begin(report, Phase::Rows, bytes_total);
        file.begin_rows();
        file
    }

    fn begin(report: Report, phase: Phase, bytes_total: usize) -> TokenFile {
        TokenFile {
            records: Records::new(b',', 0, 1),
            report,
            phase,
            id: Id::default(),
            bytes_total,
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
        // An eighth of the work is the encoding, the rest the rows.
        let total = self.bytes_total;
        let done = match &self.phase {
            Phase::Proving { done, .. } | Phase::Transcoding { done, .. } => done / 8,
            Phase::Rows => {
                let part = self.records.position() as f64 / self.report.text.len() as f64;
                total / 8 + ((total - total / 8) as f64 * part) as usize
            }
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
        if records.field_count() > report.layout.width {
            if report.layout.preview.delimiter.is_none() {
                // The byte that no text holds: the cell is no text.
                return report.reject(records, Code::ENonAscii, &self.id);
            }
            report.warn(Code::WExtraCells, line);
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
