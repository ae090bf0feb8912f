//! CSV as spreadsheets read it without harm: UTF-8 with BOM, CRLF, RFC 4180 quoting, and an
//! apostrophe before cells that a spreadsheet would take for a formula.

/// What a file starts with: the byte order mark by which spreadsheets know UTF-8.
pub const BOM: &[u8] = b"\xef\xbb\xbf";

/// Writes one row.
pub fn write_row<S: AsRef<str>>(out: &mut Vec<u8>, cells: impl IntoIterator<Item = S>) {
    let start = out.len();
    let mut first = true;
    for cell in cells {
        if !first {
            out.push(b',');
        }
        first = false;
        write_cell(out, cell.as_ref());
    }
    if out.len() == start && !first {
        // A lone empty cell: without the quotes it would be a blank line and no row.
        out.extend_from_slice(b"\"\"");
    }
    out.extend_from_slice(b"\r\n");
}

fn write_cell(out: &mut Vec<u8>, cell: &str) {
    let quoted = cell.contains(['"', ',', ';', '\t', '\r', '\n']);
    if quoted {
        out.push(b'"');
    }
    if is_formula(cell) {
        out.push(b'\'');
    }
    if quoted {
        out.extend_from_slice(cell.replace('"', "\"\"").as_bytes());
        out.push(b'"');
    } else {
        out.extend_from_slice(cell.as_bytes());
    }
}

/// The text of a cell as it was before it was written: without the guard.
pub fn unguard(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if is_formula(rest) => rest,
        _ => cell,
    }
}

/// Whether a cell needs the guard. Apostrophes in front are looked through, so that taking the
/// guard off again gives the very text.
fn is_formula(cell: &str) -> bool {
    cell.trim_start_matches('\'')
        .starts_with(['=', '+', '-', '@', '\t', '\r'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[&str]) -> String {
        let mut out = Vec::new();
        write_row(&mut out, cells);
        String::from_utf8_lossy(&out).into_owned()
    }

    #[test]
    fn quotes_and_line_ends_are_those_of_rfc_4180() {
        assert_eq!(
            row(&["a", "b \"c\"", "d,e", ""]),
            "a,\"b \"\"c\"\"\",\"d,e\",\r\n"
        );
        assert_eq!(row(&["two\nlines"]), "\"two\nlines\"\r\n");
        assert_eq!(row(&[""]), "\"\"\r\n");
    }

    #[test]
    fn formulas_are_guarded_and_come_back() {
        for (cell, written) in [
            ("=1+1", "'=1+1"),
            ("+31", "'+31"),
            ("-", "'-"),
            ("@x", "'@x"),
            ("\tx", "\"'\tx\""),
            ("'=1", "''=1"),
            ("'t Hooft", "'t Hooft"),
        ] {
            assert_eq!(row(&[cell]), format!("{written}\r\n"));
            assert_eq!(unguard(written.trim_matches('"')), cell);
        }
    }
}
