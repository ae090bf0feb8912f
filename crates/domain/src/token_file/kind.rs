//! What kind of file the bytes are, by their beginning.

use crate::identifiers::Code;

/// Bytes looked at.
const WINDOW: usize = 64 * 1024;

const STARTS: [(&[u8], Code); 19] = [
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Code::FXls),
    (b"\x09\x08\x10\x00\x00\x06\x05\x00", Code::FXls),
    (b"\x1f\x8b", Code::FCompressed),
    (b"BZh", Code::FCompressed),
    (b"\xfd7zXZ\x00", Code::FCompressed),
    (b"\x28\xb5\x2f\xfd", Code::FCompressed),
    (b"7z\xbc\xaf\x27\x1c", Code::FCompressed),
    (b"Rar!\x1a\x07", Code::FCompressed),
    (b"PK\x05\x06", Code::FCompressed),
    // UTF-32, which nobody writes and whose mark looks like that of UTF-16.
    (b"\xff\xfe\x00\x00", Code::FBinary),
    (b"\x00\x00\xfe\xff", Code::FBinary),
    (b"%PDF", Code::FBinary),
    (b"{\\rtf", Code::FBinary),
    (b"\x89PNG", Code::FBinary),
    (b"GIF8", Code::FBinary),
    (b"\xff\xd8\xff", Code::FBinary),
    (b"\x7fELF", Code::FBinary),
    (b"MZ\x90\x00", Code::FBinary),
    (b"SQLite format 3\x00", Code::FBinary),
];

/// The refusal for a file that is no delimited text; judged on the raw bytes.
pub fn refusal(bytes: &[u8]) -> Option<Code> {
    if bytes.starts_with(b"PK\x03\x04") {
        return Some(zip(bytes));
    }
    let start = STARTS.iter().find(|(start, _)| bytes.starts_with(start));
    start.map(|(_, code)| *code)
}

/// A zip is a spreadsheet if its parts are, or if it is too short to tell.
fn zip(bytes: &[u8]) -> Code {
    let ends = [
        &bytes[..bytes.len().min(WINDOW)],
        &bytes[bytes.len().saturating_sub(WINDOW)..],
    ];
    let holds = |name: &[u8]| {
        ends.iter()
            .any(|part| part.windows(name.len()).any(|window| window == name))
    };
    let names = bytes.get(26).is_some_and(|length| *length > 0) && bytes.len() > 30;
    let sheets: [&[u8]; 4] = [
        b"[Content_Types].xml",
        b"xl/",
        b"docProps/",
        b"opendocument.spreadsheet",
    ];
    if !names || sheets.into_iter().any(holds) {
        Code::FXlsx
    } else {
        Code::FCompressed
    }
}

/// The refusal for a text that is no table, or no text at all; judged on the decoded beginning.
pub fn text_refusal(sample: &[u8]) -> Option<Code> {
    let sample = &sample[..sample.len().min(WINDOW)];
    let text = sample.trim_ascii_start();
    let second = text.get(1..).unwrap_or_default().trim_ascii_start().first();
    match text.first() {
        Some(b'<') if second.is_some_and(|b| b.is_ascii_alphabetic() || b"!?".contains(b)) => {
            return Some(Code::FHtml);
        }
        Some(b'{') if second.is_some_and(|b| b"\"}".contains(b)) => return Some(Code::FJson),
        Some(b'[') if second.is_some_and(|b| b"\"{[]".contains(b) || b.is_ascii_digit()) => {
            return Some(Code::FJson);
        }
        _ => {}
    }
    let odd = |b: &&u8| (**b < 0x20 && !b"\t\n\r\x0c\x1a\x1b".contains(b)) || **b == 0x7f;
    let controls = sample.iter().filter(odd).count();
    (controls * 10 > sample.len()).then_some(Code::FBinary)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds() {
        let named = |name: &str| {
            let mut zip = b"PK\x03\x04".to_vec();
            zip.resize(26, 0);
            zip.extend([name.len() as u8, 0, 0, 0]);
            zip.extend(name.as_bytes());
            zip
        };
        assert_eq!(refusal(&named("[Content_Types].xml")), Some(Code::FXlsx));
        assert_eq!(refusal(b"PK\x03\x04"), Some(Code::FXlsx));
        assert_eq!(refusal(&named("tokens.csv")), Some(Code::FCompressed));
        assert_eq!(refusal(b"\x1f\x8b\x08"), Some(Code::FCompressed));
        assert_eq!(refusal(b"Auth ID"), None);
    }

    #[test]
    fn texts_that_are_no_tables() {
        for (text, code) in [
            (&b" <!DOCTYPE html>"[..], Some(Code::FHtml)),
            (b"<table>", Some(Code::FHtml)),
            (b"{\"tokens\":[]}", Some(Code::FJson)),
            (b"[\n {\"a\":1}]", Some(Code::FJson)),
            (b"\x00\x01\x02abc", Some(Code::FBinary)),
            (b"Auth ID\r\nNL\x00-GFX-1\r\n", None),
        ] {
            assert_eq!(text_refusal(text), code, "{text:?}");
        }
    }
}
