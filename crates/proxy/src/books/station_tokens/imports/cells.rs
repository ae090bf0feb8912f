//! How long the cells of a part of a workbook are, told from its bytes as they are unpacked, so that no long
//! one is ever held in memory.

use std::io::{self, Write};

/// Measures what is written to it.
#[derive(Default)]
pub struct Cells {
    /// The longest cell, or the longest stretch without the beginning of a tag, in bytes.
    pub longest: u64,
    /// Since the last tag, and since the cell began.
    since_tag: u64,
    since_cell: Option<u64>,
    /// The name of the tag that is being read.
    name: Option<Vec<u8>>,
    /// Within a comment or a CDATA section, which ends in two of these and `>`: tags are none there.
    quoted: Option<u8>,
    /// The two bytes before.
    before: [u8; 2],
}

impl Cells {
    fn take(&mut self, byte: u8) {
        self.since_tag += 1;
        self.since_cell = self.since_cell.map(|length| length + 1);
        self.longest = self
            .longest
            .max(self.since_tag)
            .max(self.since_cell.unwrap_or_default());
        let before = self.before;
        self.before = [before[1], byte];
        if let Some(end) = self.quoted {
            if byte == b'>' && before == [end, end] {
                self.quoted = None;
            }
            return;
        }
        if before == *b"<!" {
            self.quoted = match byte {
                b'-' => Some(b'-'),
                b'[' => Some(b']'),
                _ => None,
            };
        }
        if byte == b'<' {
            self.since_tag = 0;
            self.name = Some(Vec::new());
            return;
        }
        let Some(name) = &mut self.name else { return };
        let is_end = byte.is_ascii_whitespace() || byte == b'>' || (byte == b'/' && !name.is_empty());
        if !is_end && name.len() < 40 {
            name.push(byte);
            return;
        }
        let is_over = name.starts_with(b"/");
        let local = name.rsplit(|byte| matches!(byte, b'/' | b':')).next();
        if matches!(local, Some(b"c" | b"si")) {
            // One that begins within another is part of it: only its end ends a cell.
            self.since_cell = match (is_over, self.since_cell) {
                (true, _) => None,
                (false, length) => length.or(Some(0)),
            };
        }
        self.name = None;
    }
}

impl Write for Cells {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        bytes.iter().for_each(|byte| self.take(*byte));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn longest(text: &str) -> u64 {
        let mut cells = Cells::default();
        // In pieces, as they come.
        for piece in text.as_bytes().chunks(3) {
            cells.write_all(piece).unwrap();
        }
        cells.longest
    }

    #[test]
    fn the_longest_cell_is_found_however_it_is_written() {
        let short = "<row><c r=\"A1\"><v>1</v></c></row>".repeat(1_000);
        assert!(longest(&short) < 40, "{}", longest(&short));
        let long = "x".repeat(5_000);
        let runs = "<r><t>x</t></r>".repeat(500);
        let tags = "</c><c>".repeat(1_000);
        for cell in [
            format!("<c><v>{long}</v></c>"),
            format!("<x:c><v>{runs}</v></x:c>"),
            format!("<si>{runs}</si>"),
            format!("<c r=\"{long}\"/>"),
            format!("<c><v><![CDATA[{tags}]]></v></c>"),
            format!("<c><v><!--{tags}--></v></c>"),
            format!("<row>{long}</row>"),
            format!("<c>{}", "<c>".repeat(2_000)),
        ] {
            let found = longest(&(short.clone() + &cell + &short));
            assert!((5_000..9_000).contains(&found), "{found} {}", &cell[..20]);
        }
    }
}
