//! The records of a delimited text, one after another, in slices, with physical line numbers.

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

/// The most bytes a record may have; a longer one is a quotation mark that was never closed.
const MAX_RECORD: usize = 4 * 1024 * 1024;

/// What reading on led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// A record; its fields can be read.
    Record,
    /// The end of the slice.
    Pause,
    /// The end of the text.
    End,
    /// A quotation mark of the record at hand is never closed, or closed where none can be.
    Unclosed,
}

/// A reader of records over a text that is wholly in memory. Blank lines are passed over.
pub struct Records {
    reader: Reader,
    delimiter: u8,
    /// Whether quotation marks inside quoted cells are written `\"`. Found out on the way.
    backslash: bool,
    fields: Vec<u8>,
    ends: Vec<usize>,
    filled: usize,
    field_count: usize,
    inside: bool,
    start: usize,
    line: u32,
    position: usize,
    next_line: u32,
}

impl Records {
    /// Reads from a byte position, which is the beginning of a line, with that line's number.
    pub fn new(delimiter: u8, position: usize, line: u32) -> Records {
        Records {
            reader: reader(delimiter, false),
            delimiter,
            backslash: false,
            fields: vec![0; 1024],
            ends: vec![0; 64],
            filled: 0,
            field_count: 0,
            inside: false,
            start: position,
            line,
            position,
            next_line: line,
        }
    }

    /// Goes to the beginning of another record, with its line number and whether `\"` was known
    /// to be a quotation mark there.
    pub fn seek(&mut self, position: usize, line: u32, backslash: bool) {
        if backslash && !self.backslash {
            self.read_backslashes();
        }
        self.reader.reset();
        pass_no_mark(&mut self.reader);
        self.inside = false;
        (self.position, self.next_line) = (position, line);
    }

    /// Where reading stands in the text.
    pub fn position(&self) -> usize {
        self.position
    }

    /// The line at which reading stands.
    pub fn next_line(&self) -> u32 {
        self.next_line
    }

    /// The physical line at which the record begins, from 1.
    pub fn line(&self) -> u32 {
        self.line
    }

    /// Where the record begins in the text.
    pub fn start(&self) -> usize {
        self.start
    }

    /// Whether `\"` was found to be a quotation mark.
    pub fn reads_backslashes(&self) -> bool {
        self.backslash
    }

    /// How many fields the record has.
    pub fn field_count(&self) -> usize {
        self.field_count
    }

    /// The field, empty where the record is shorter.
    pub fn field(&self, index: usize) -> &[u8] {
        if index >= self.field_count {
            return &[];
        }
        let start = if index == 0 { 0 } else { self.ends[index - 1] };
        &self.fields[start..self.ends[index]]
    }

    /// All fields.
    pub fn iter(&self) -> impl Iterator<Item = &[u8]> {
        (0..self.field_count).map(|index| self.field(index))
    }

    /// Reads the next record of `text`, looking at bytes before `until` only. `text` is the same
    /// at each call.
    pub fn next(&mut self, text: &[u8], until: usize) -> Next {
        if !self.inside {
            self.pass_line_ends(text);
            if self.position >= text.len() {
                return Next::End;
            }
            self.begin_record();
        }
        loop {
            let at_end = self.position >= text.len();
            let input = if at_end {
                // Closes a last line without line end; inside quotes it closes nothing.
                &b"\n"[..]
            } else if self.position >= until {
                return Next::Pause;
            } else {
                &text[self.position..until.min(text.len())]
            };
            let (result, read, written, ended) = self.reader.read_record(
                input,
                &mut self.fields[self.filled..],
                &mut self.ends[self.field_count..],
            );
            self.filled += written;
            self.field_count += ended;
            if !at_end {
                self.position += read;
            }
            match result {
                ReadRecordResult::OutputFull => {
                    self.fields.resize(self.fields.len() * 2, 0);
                    continue;
                }
                ReadRecordResult::OutputEndsFull => {
                    self.ends.resize(self.ends.len() * 2, 0);
                    continue;
                }
                ReadRecordResult::InputEmpty if !at_end && self.is_short() => continue,
                ReadRecordResult::Record if self.is_sound(text, at_end) => {
                    self.end_record(text, at_end);
                    return Next::Record;
                }
                _ => {}
            }
            let raw = &text[self.start..self.position];
            if self.backslash || !raw.windows(2).any(|pair| pair == b"\\\"") {
                return Next::Unclosed;
            }
            self.read_backslashes();
            self.position = self.start;
            self.begin_record();
        }
    }

    fn is_short(&self) -> bool {
        self.position - self.start <= MAX_RECORD
    }

    /// Whether the record just read is one as it was meant. Counts the line ends in it.
    fn is_sound(&mut self, text: &[u8], at_end: bool) -> bool {
        let raw = &text[self.start..self.position];
        // Without quotation marks each byte is a field's, a delimiter or the line end.
        if raw.len() + usize::from(at_end) == self.filled + self.field_count {
            return self.is_short();
        }
        let breaks = line_breaks(&raw[..raw.len() - usize::from(!at_end)]);
        let torn = breaks > 0 && self.closes_inside_a_cell(raw);
        let escapes = !self.backslash && escapes_clearly(raw, self.delimiter);
        if torn || escapes || !self.is_short() {
            return false;
        }
        self.next_line += breaks;
        true
    }

    fn begin_record(&mut self) {
        (self.filled, self.field_count) = (0, 0);
        (self.start, self.line) = (self.position, self.next_line);
        self.inside = true;
    }

    fn end_record(&mut self, text: &[u8], at_end: bool) {
        self.inside = false;
        if !at_end {
            self.next_line += 1;
            let halfway = text[self.position - 1] == b'\r';
            if halfway && text.get(self.position) == Some(&b'\n') {
                self.position += 1;
            }
        }
    }

    fn pass_line_ends(&mut self, text: &[u8]) {
        while let Some(byte @ (b'\r' | b'\n')) = text.get(self.position) {
            self.position += 1;
            self.next_line += 1;
            if *byte == b'\r' && text.get(self.position) == Some(&b'\n') {
                self.position += 1;
            }
        }
    }

    fn read_backslashes(&mut self) {
        self.backslash = true;
        self.reader = reader(self.delimiter, true);
    }

    /// Whether a quoted cell goes on after its closing mark. In a record of many lines that means
    /// that an earlier mark was never closed and rows were swallowed.
    fn closes_inside_a_cell(&self, raw: &[u8]) -> bool {
        let mut rest = raw;
        loop {
            if let Some(mut inner) = rest.strip_prefix(b"\"") {
                loop {
                    match inner {
                        [b'"', b'"', after @ ..] => inner = after,
                        [b'\\', _, after @ ..] if self.backslash => inner = after,
                        [b'"', after @ ..] => {
                            rest = after;
                            break;
                        }
                        [_, after @ ..] => inner = after,
                        [] => return false,
                    }
                }
                while let [b' ', after @ ..] = rest {
                    rest = after;
                }
                let ends = [self.delimiter, b'\r', b'\n'];
                if rest.first().is_some_and(|byte| !ends.contains(byte)) {
                    return true;
                }
            }
            match rest.iter().position(|byte| *byte == self.delimiter) {
                Some(at) => rest = &rest[at + 1..],
                None => return false,
            }
        }
    }
}

fn reader(delimiter: u8, backslash: bool) -> Reader {
    let mut builder = ReaderBuilder::new();
    builder.delimiter(delimiter);
    if backslash {
        builder.escape(Some(b'\\'));
    }
    let mut reader = builder.build();
    pass_no_mark(&mut reader);
    reader
}

/// The reader drops a byte order mark from the first bytes it is given, which here are those of a
/// cell. A blank line before them keeps it there.
fn pass_no_mark(reader: &mut Reader) {
    reader.read_record(b"\n", &mut [0], &mut [0]);
}

/// Whether a `\"` stands where a closing mark cannot, so that it is an escaped one.
fn escapes_clearly(raw: &[u8], delimiter: u8) -> bool {
    raw.windows(3)
        .any(|three| three.starts_with(b"\\\"") && ![delimiter, b'\r', b'\n', b'"'].contains(&three[2]))
}

/// How many line ends there are; CRLF is one.
fn line_breaks(bytes: &[u8]) -> u32 {
    let mut breaks = 0;
    let mut before = 0;
    for byte in bytes {
        breaks += u32::from(*byte == b'\r' || (*byte == b'\n' && before != b'\r'));
        before = *byte;
    }
    breaks
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads all records in slices of a size: line and fields each, and how it ended.
    fn read(text: &str, slice: usize) -> (Vec<(u32, Vec<String>)>, Next) {
        let mut records = Records::new(b',', 0, 1);
        let (mut all, mut until) = (Vec::new(), 0);
        loop {
            match records.next(text.as_bytes(), until) {
                Next::Pause => until += slice,
                Next::Record => {
                    let fields = records.iter().map(|field| String::from_utf8_lossy(field).into());
                    all.push((records.line(), fields.collect()));
                }
                end => return (all, end),
            }
        }
    }

    fn lines_and_lengths(text: &str) -> Vec<(u32, usize)> {
        let (all, end) = read(text, 7);
        assert_eq!(end, Next::End, "{text:?}");
        for slice in 1..=text.len() {
            assert_eq!(read(text, slice), (all.clone(), end), "slices of {slice}");
        }
        all.into_iter()
            .map(|(line, fields)| (line, fields.len()))
            .collect()
    }

    #[test]
    fn line_numbers_are_physical() {
        assert_eq!(
            lines_and_lengths("a,b\r\n\r\nc\nd\re"),
            [(1, 2), (3, 1), (4, 1), (5, 1)]
        );
        assert_eq!(lines_and_lengths("a,\"x\r\ny\rz\"\r\nb,c"), [(1, 2), (4, 2)]);
        assert_eq!(lines_and_lengths("\n\n\"\"\n,\n"), [(3, 1), (4, 2)]);
    }

    #[test]
    fn backslashes_escape_where_the_text_shows_it() {
        for text in [
            "1,\"say \\\"hi, you\\\"\"\r\n2,z",
            "1,\"6\\\"\"\n2,\"7\\\"\"\n",
            "1,\"6\\\"\"\n2,x",
        ] {
            assert_eq!(lines_and_lengths(text), [(1, 2), (2, 2)], "{text:?}");
        }
        assert_eq!(lines_and_lengths("1,\"C:\\\"\r\n2,x"), [(1, 2), (2, 2)]);
    }

    #[test]
    fn marks_that_swallow_rows_are_found() {
        for text in [
            "1,\"never\n2,x\n",
            "1,\"never\n2,\"x\"\n3,y\n",
            "1,\"never\n\"2\",x",
        ] {
            for slice in 1..=text.len() {
                assert_eq!(read(text, slice).1, Next::Unclosed, "{text:?}");
            }
        }
        assert_eq!(
            read(&format!("\"{}", "x\n".repeat(MAX_RECORD)), 1 << 20).1,
            Next::Unclosed
        );
    }
}
