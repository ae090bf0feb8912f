//! Files of delimited text.

use domain::csv_out::unguard;
use domain::token_file::{Encoding, Next, Records, detect, marks, utf16_to_utf8};

use super::sheet::{MAX_COLUMNS, Sheet, key_of, unreadable};
use crate::problem::Error;

/// How much of the file tells its encoding.
const SAMPLE: usize = 64 * 1024;
const DELIMITERS: &[u8] = b",;\t";

/// Reads a delimited text: comma, semicolon or tab, in UTF-8, UTF-16 or Windows-1252.
pub fn read(bytes: &[u8]) -> Result<Sheet, Error> {
    let encoding = detect(&bytes[..bytes.len().min(SAMPLE)]).encoding;
    let mut utf8 = Vec::new();
    let text = if encoding.is_utf16() {
        utf16_to_utf8(bytes, encoding, true, &mut utf8);
        &utf8
    } else {
        bytes
    };
    if text.contains(&0) {
        return Err(unreadable("it is neither CSV nor XLSX"));
    }
    let begin = marks(text);
    let delimiter = delimiter(&text[begin..], encoding);
    let (mut records, mut sheet) = (Records::new(delimiter, begin, 1), Sheet::default());
    loop {
        match records.next(text, text.len()) {
            Next::Record => {
                let cells = records
                    .iter()
                    .take(MAX_COLUMNS + 1)
                    .map(|field| Ok(cell(field, encoding)));
                sheet.take(u64::from(records.line()), cells.enumerate().collect())?;
            }
            Next::Unclosed => {
                let line = records.line();
                return Err(unreadable(format!(
                    "a quotation mark that opens in row {line} is never closed"
                )));
            }
            Next::Pause | Next::End => return sheet.end(),
        }
    }
}

fn cell(field: &[u8], encoding: Encoding) -> String {
    // What was UTF-16 is UTF-8 by now.
    let text = match encoding {
        Encoding::Windows1252 => encoding.text(field),
        _ => Encoding::Utf8.text(field),
    };
    unguard(&text).to_owned()
}

/// The delimiter by which the header has most columns that are known.
fn delimiter(text: &[u8], encoding: Encoding) -> u8 {
    let known = |delimiter: &u8| {
        let mut records = Records::new(*delimiter, 0, 1);
        match records.next(text, text.len()) {
            Next::Record => records
                .iter()
                .filter(|field| key_of(&cell(field, encoding)).is_some())
                .count(),
            _ => 0,
        }
    };
    // The first of equals.
    let best = DELIMITERS.iter().rev().max_by_key(|delimiter| known(delimiter));
    best.copied().unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn said(bytes: &[u8]) -> Vec<(u64, Vec<String>)> {
        let sheet = read(bytes).unwrap();
        let cells = |row: &super::super::sheet::Row| {
            row.cells.iter().map(|(_, cell)| cell.clone().unwrap()).collect()
        };
        sheet.rows.iter().map(|row| (row.number, cells(row))).collect()
    }

    #[test]
    fn delimiters_and_encodings_are_found_out() {
        let row = |name: &str| vec![(2, vec!["A,1".to_owned(), name.to_owned()])];
        assert_eq!(
            said("Token S/N,Customer Name\r\n\"A,1\",Łódź".as_bytes()),
            row("Łódź")
        );
        assert_eq!(
            said("\u{feff}token s/n;CustomerName\nA,1;Łódź\n".as_bytes()),
            row("Łódź")
        );
        let utf16: Vec<u8> = "\u{feff}TokenSN\tCustomer Name\nA,1\tŁódź"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(said(&utf16), row("Łódź"));
        assert_eq!(said(b"token_sn;customer_name\nA,1;Caf\xe9\n"), row("Café"));
        // The export's guard before what looks like a formula is no part of the text.
        assert_eq!(said(b"Token S/N;Customer Name\n\"A,1\";'=x\n"), row("=x"));
    }

    #[test]
    fn a_lone_column_needs_no_delimiter() {
        assert_eq!(
            said(b"Token S/N\n\nA\nB"),
            [(3, vec!["A".to_owned()]), (4, vec!["B".to_owned()])]
        );
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        let why = |bytes: &[u8]| read(bytes).unwrap_err().to_string();
        assert!(why(b"").contains("the file is empty"));
        assert!(why(b"Colour\nred").contains("names no column Token S/N"));
        assert!(why(b"Token S/N,tokenSn\nA,B").contains("stands twice"));
        assert!(why(b"Token S/N,Status\n\"A,B\nC,D\nE,F\n").contains("opens in row 2"));
        assert!(why(b"\x89PNG\0\0").contains("neither CSV nor XLSX"));
    }
}
