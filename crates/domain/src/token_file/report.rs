//! What reading a file came to: the ids accepted and rejected, and all that was noticed.

use super::accepted::{Accepted, Entry};
use super::encoding::Encoding;
use super::findings::{Finding, Offer, Rejected};
use super::layout::{Layout, Preview, delimiter_byte};
use super::records::Records;
use super::{MAX_COLUMNS, Options, TokenFile};
use crate::identifiers::{Code, Id, IdKind, Repair, Repairs, Warnings, key};

/// Lines named with a finding.
const LINES_NAMED: usize = 10;

/// The report of a file that was read whole. Keeps the file's text, so that bad rows can be shown
/// as they were and the file can be read again with repairs.
pub struct Report {
    pub(super) layout: Layout,
    pub(super) options: Options,
    /// The encoding of `text`: that of the file, or UTF-8 if it was transcoded.
    pub(super) reading: Encoding,
    pub(super) text: Vec<u8>,
    pub(super) column: usize,
    pub(super) accepted: Accepted,
    pub(super) rows: usize,
    pub(super) rejected: Vec<BadRow>,
    /// Line of the row and place of the id that it repeats.
    duplicates: Vec<(u32, u32)>,
    repaired: usize,
    /// The lines of each warning.
    warnings: Vec<Vec<u32>>,
    offers: Vec<Offer>,
}

/// A rejected row: where it is in the text.
#[derive(Clone, Copy)]
pub(super) struct BadRow {
    pub start: u32,
    pub line: u32,
    pub code: Code,
    pub backslash: bool,
}

impl Report {
    pub(super) fn new(layout: Layout, options: Options, reading: Encoding) -> Report {
        let mut report = Report {
            column: layout.preview.column.unwrap_or_default(),
            options,
            reading,
            text: Vec::new(),
            accepted: Accepted::default(),
            rows: 0,
            rejected: Vec::new(),
            duplicates: Vec::new(),
            repaired: 0,
            warnings: vec![Vec::new(); Warnings::COUNT],
            offers: Vec::new(),
            layout,
        };
        let (line, preamble) = (report.layout.header_line, report.layout.preamble);
        if let Some(line) = preamble {
            report.warn(Code::WSkippedPreamble, line);
        }
        if !report.layout.preview.has_header {
            report.warn(Code::WNoHeader, line);
        }
        if report.layout.width > MAX_COLUMNS {
            report.warn(Code::WIgnoredColumns, line);
        }
        report
    }

    /// What was found out about the file before its rows were read.
    pub fn preview(&self) -> &Preview {
        &self.layout.preview
    }

    /// The options it was read with.
    pub fn options(&self) -> Options {
        self.options
    }

    /// How many rows the file has, blank ones aside: accepted, repeated and rejected.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The accepted ids in the order of the file, each once.
    pub fn accepted(&self) -> impl ExactSizeIterator<Item = Entry<'_>> {
        self.accepted.iter()
    }

    /// The accepted ids from one place on, for sending them in chunks.
    pub fn accepted_from(&self, place: usize) -> impl Iterator<Item = Entry<'_>> {
        (place..self.accepted.len()).filter_map(|place| self.accepted.get(place))
    }

    /// How many ids were accepted.
    pub fn accepted_count(&self) -> usize {
        self.accepted.len()
    }

    /// The accepted id that an id is the same as.
    pub fn find(&self, id: &str) -> Option<Entry<'_>> {
        let place = self.accepted.place(key(self.options.kind, id).as_bytes())?;
        self.accepted.get(place)
    }

    /// How many rows were rejected.
    pub fn rejected_count(&self) -> usize {
        self.rejected.len()
    }

    /// The rejected rows in the order of the file.
    pub fn rejected(&self) -> impl Iterator<Item = Rejected> {
        self.rejected_where(|_| true)
    }

    /// The rows rejected for one reason, in the order of the file. Others are not read again.
    pub fn rejected_with(&self, code: Code) -> impl Iterator<Item = Rejected> {
        self.rejected_where(move |row| row.code == code)
    }

    fn rejected_where(&self, wanted: impl Fn(&BadRow) -> bool) -> impl Iterator<Item = Rejected> {
        let mut records = self.records();
        let rows = self.rejected.iter().filter(move |row| wanted(row));
        rows.map(move |row| Rejected {
            line: row.line,
            code: row.code,
            value: self
                .cells(&mut records, row)
                .get(self.column)
                .cloned()
                .unwrap_or_default(),
        })
    }

    /// The rows that repeat an id: their lines, each with the id that it repeats.
    pub fn duplicates(&self) -> impl ExactSizeIterator<Item = (u32, Option<Entry<'_>>)> {
        let entry = |place: u32| self.accepted.get(place as usize);
        self.duplicates
            .iter()
            .map(move |(line, place)| (*line, entry(*place)))
    }

    /// How many rows the chosen repairs changed.
    pub fn repaired_count(&self) -> usize {
        self.repaired
    }

    /// All errors, then all warnings, each with its number of rows.
    pub fn findings(&self) -> Vec<Finding> {
        let find = |code: &Code| {
            let (count, lines) = match Warnings::slot(*code) {
                Some(slot) => {
                    let lines = &self.warnings[slot];
                    (lines.len(), lines.iter().copied().take(LINES_NAMED).collect())
                }
                None => {
                    let rows = self.rejected.iter().filter(|row| row.code == *code);
                    let lines: Vec<u32> = rows.clone().map(|row| row.line).take(LINES_NAMED).collect();
                    (rows.count(), lines)
                }
            };
            Finding {
                code: *code,
                count,
                lines,
            }
        };
        let findings = Code::ALL.iter().map(find);
        findings.filter(|finding| finding.count > 0).collect()
    }

    /// All warnings with their lines, by warning.
    pub fn warnings(&self) -> impl Iterator<Item = (Code, u32)> {
        let codes = Code::ALL
            .iter()
            .filter_map(|code| Some((*code, Warnings::slot(*code)?)));
        codes.flat_map(|(code, slot)| self.warnings[slot].iter().map(move |line| (code, *line)))
    }

    /// The repairs that would mend rows and are not chosen yet.
    pub fn offers(&self) -> &[Offer] {
        &self.offers
    }

    /// Reads the file again, in slices, with these repairs and no others. A repair is undone by
    /// reading without it.
    pub fn with_repairs(self, repairs: Repairs) -> TokenFile {
        let options = Options {
            repairs,
            ..self.options
        };
        let mut again = Report::new(self.layout, options, self.reading);
        if let Some(slot) = Warnings::slot(Code::WEncodingGuessed) {
            again.warnings[slot].clone_from(&self.warnings[slot]);
        }
        again.text = self.text;
        again.accepted.reserve(self.rows);
        TokenFile::again(again)
    }

    /// A reader for single rows.
    pub(super) fn records(&self) -> Records {
        let delimiter = delimiter_byte(self.layout.preview.delimiter, self.reading);
        Records::new(delimiter, 0, 1)
    }

    /// The cells of a rejected row as they stand in the file.
    pub(super) fn cells(&self, records: &mut Records, row: &BadRow) -> Vec<String> {
        records.seek(row.start as usize, row.line, row.backslash);
        records.next(&self.text, self.text.len());
        let cells = records.iter().map(|cell| self.reading.text(cell).into_owned());
        match self.layout.preview.delimiter {
            Some(_) => cells.collect(),
            None => vec![cells.collect::<Vec<_>>().join("\u{fffd}")],
        }
    }

    pub(super) fn warn(&mut self, code: Code, line: u32) {
        if let Some(slot) = Warnings::slot(code) {
            self.warnings[slot].push(line);
        }
    }

    /// The text turned out not to be UTF-8: another encoding then, unless a mark says UTF-8.
    pub(super) fn is_not_utf8(&mut self, marked: bool) {
        if !marked {
            self.reading = Encoding::Windows1252;
            self.layout.preview.encoding = Encoding::Windows1252;
        }
        self.layout.preview.encoding_guessed = true;
        self.warn(Code::WEncodingGuessed, 1);
    }

    /// Takes an id that needed no judging.
    pub(super) fn accept(&mut self, line: u32, display: &[u8], key: &[u8]) {
        self.rows += 1;
        let earlier = match self.reversed_earlier(key) {
            Some(place) => Err(place),
            None => self.accepted.insert(line, display, key),
        };
        if let Err(place) = earlier {
            self.duplicates.push((line, place as u32));
            self.warn(Code::WDupInFile, line);
        }
    }

    pub(super) fn accept_judged(&mut self, line: u32, id: &Id) {
        for warning in id.warnings.iter() {
            self.warn(warning, line);
        }
        if self.options.kind == IdKind::ChipId {
            self.offer_repairs(line, Ok(id.warnings), id);
        }
        self.repaired += usize::from(id.repaired);
        self.accept(line, id.display.as_bytes(), id.key.as_bytes());
    }

    /// With that repair, the place of the card that was read in the other byte order before.
    fn reversed_earlier(&mut self, key: &[u8]) -> Option<usize> {
        if !self.options.repairs.has(Repair::ReverseBytes) {
            return None;
        }
        let reversed = Repair::ReverseBytes.mend(std::str::from_utf8(key).ok()?)?;
        let place = self.accepted.place(reversed.as_bytes())?;
        self.repaired += 1;
        Some(place)
    }

    pub(super) fn reject(&mut self, records: &Records, code: Code, id: &Id) {
        self.rows += 1;
        self.rejected.push(BadRow {
            start: records.start() as u32,
            line: records.line(),
            code,
            backslash: records.reads_backslashes(),
        });
        if self.options.kind == IdKind::ChipId {
            self.offer_repairs(records.line(), Err(code), id);
        }
    }

    fn offer_repairs(&mut self, line: u32, finding: Result<Warnings, Code>, id: &Id) {
        for repair in Repair::ALL {
            if repair.applies_to(finding)
                && let Some(to) = repair.mend(&id.key)
            {
                self.offer(repair, line, || (id.display.clone(), to));
            }
        }
    }

    pub(super) fn offer(&mut self, repair: Repair, line: u32, example: impl FnOnce() -> (String, String)) {
        match self.offers.iter_mut().find(|offer| offer.repair == repair) {
            Some(offer) => offer.count += 1,
            None => {
                let (from, to) = example();
                self.offers.push(Offer {
                    repair,
                    count: 1,
                    line,
                    from,
                    to,
                });
            }
        }
    }
}
