//! From bytes to text: UTF-8, UTF-16 and Windows-1252.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// How a file writes its characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Encoding {
    /// UTF-8, with or without byte order mark.
    #[serde(rename = "utf-8")]
    Utf8,
    /// UTF-16, little end first: Excel's "Unicode text".
    #[serde(rename = "utf-16le")]
    Utf16Le,
    /// UTF-16, big end first.
    #[serde(rename = "utf-16be")]
    Utf16Be,
    /// Windows-1252: what Excel's plain "CSV" writes in Western Europe and America.
    #[serde(rename = "windows-1252")]
    Windows1252,
}

impl Encoding {
    /// All encodings, for a choice.
    pub const ALL: [Encoding; 4] = [
        Encoding::Utf8,
        Encoding::Utf16Le,
        Encoding::Utf16Be,
        Encoding::Windows1252,
    ];

    /// The name people know it by.
    pub fn label(self) -> &'static str {
        match self {
            Encoding::Utf8 => "UTF-8",
            Encoding::Utf16Le => "UTF-16 LE",
            Encoding::Utf16Be => "UTF-16 BE",
            Encoding::Windows1252 => "Windows-1252",
        }
    }

    /// Whether the file is transcoded to UTF-8 before it is read.
    pub fn is_utf16(self) -> bool {
        matches!(self, Encoding::Utf16Le | Encoding::Utf16Be)
    }

    /// The text of a cell of a file that is read in this encoding. Bytes that are no text become
    /// U+FFFD, which no id may hold.
    pub fn text(self, bytes: &[u8]) -> Cow<'_, str> {
        match self {
            Encoding::Windows1252 if !bytes.is_ascii() => {
                bytes.iter().map(|byte| windows_1252(*byte)).collect()
            }
            _ => String::from_utf8_lossy(bytes),
        }
    }
}

/// The encoding of a file as far as its beginning tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Detected {
    pub encoding: Encoding,
    /// Whether it was concluded rather than marked or proven.
    pub guessed: bool,
    /// Whether a byte order mark says so.
    pub marked: bool,
}

/// Looks at the beginning of a file.
pub fn detect(sample: &[u8]) -> Detected {
    let marked = |encoding| Detected {
        encoding,
        guessed: false,
        marked: true,
    };
    if sample.starts_with(BOM) {
        marked(Encoding::Utf8)
    } else if sample.starts_with(b"\xff\xfe") {
        marked(Encoding::Utf16Le)
    } else if sample.starts_with(b"\xfe\xff") {
        marked(Encoding::Utf16Be)
    } else {
        let (encoding, guessed) = match utf16_by_zeros(sample) {
            Some(encoding) => (encoding, true),
            None if is_utf8_so_far(sample) => (Encoding::Utf8, false),
            None => (Encoding::Windows1252, true),
        };
        Detected {
            encoding,
            guessed,
            marked: false,
        }
    }
}

/// UTF-16 of plain letters has a zero in every other byte.
fn utf16_by_zeros(sample: &[u8]) -> Option<Encoding> {
    let pairs = sample.len() / 2;
    let zeros = |offset: usize| {
        let halves = sample.iter().skip(offset).step_by(2);
        halves.filter(|byte| **byte == 0).count()
    };
    let (first, second) = (zeros(0), zeros(1));
    let (many, few) = (pairs * 2 / 5, pairs / 20);
    match (first, second) {
        _ if pairs < 2 => None,
        _ if second > many && first <= few => Some(Encoding::Utf16Le),
        _ if first > many && second <= few => Some(Encoding::Utf16Be),
        _ => None,
    }
}

/// Whether the bytes are UTF-8, a last character cut in two included.
pub fn is_utf8_so_far(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).map_or_else(|error| error.error_len().is_none(), |_| true)
}

const BOM: &[u8] = b"\xef\xbb\xbf";

/// The length of the byte order marks at the beginning; some programs write two, or one that was
/// decoded and encoded again.
pub fn marks(utf8: &[u8]) -> usize {
    const TWICE_ENCODED: &[u8] = b"\xc3\xaf\xc2\xbb\xc2\xbf";
    let mut rest = utf8;
    while let Some(after) = rest
        .strip_prefix(BOM)
        .or_else(|| rest.strip_prefix(TWICE_ENCODED))
    {
        rest = after;
    }
    utf8.len() - rest.len()
}

/// Appends UTF-16 bytes to a UTF-8 text and says how many were used: all but half characters at
/// the end, unless the file ends there.
pub fn utf16_to_utf8(bytes: &[u8], encoding: Encoding, last: bool, out: &mut Vec<u8>) -> usize {
    let unit = |pair: &[u8]| match encoding {
        Encoding::Utf16Be => u16::from_be_bytes([pair[0], pair[1]]),
        _ => u16::from_le_bytes([pair[0], pair[1]]),
    };
    let mut whole = bytes.len() / 2 * 2;
    let ends_in_half = whole >= 2 && (0xd800..0xdc00).contains(&unit(&bytes[whole - 2..whole]));
    if ends_in_half && !last {
        whole -= 2;
    }
    let mut buffer = [0; 4];
    for c in char::decode_utf16(bytes[..whole].chunks_exact(2).map(unit)) {
        let c = c.unwrap_or(char::REPLACEMENT_CHARACTER);
        if c.is_ascii() {
            out.push(c as u8);
        } else {
            out.extend_from_slice(c.encode_utf8(&mut buffer).as_bytes());
        }
    }
    if last { bytes.len() } else { whole }
}

/// The character of a byte in Windows-1252. The five bytes without one are control characters,
/// as in the WHATWG table.
fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
        '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn detection() {
        for (bytes, encoding, guessed) in [
            (&b"Auth ID"[..], Encoding::Utf8, false),
            (b"\xef\xbb\xbfAuth ID\xff", Encoding::Utf8, false),
            (b"\xff\xfeA\0", Encoding::Utf16Le, false),
            (b"\xfe\xff\0A", Encoding::Utf16Be, false),
            (b"A\0u\0t\0h\0", Encoding::Utf16Le, true),
            (b"\0A\0u\0t\0h", Encoding::Utf16Be, true),
            (b"M\xfcller", Encoding::Windows1252, true),
            (b"M\xc3", Encoding::Utf8, false),
            (b"NL-GFX-C00\x0000001", Encoding::Utf8, false),
        ] {
            let found = detect(bytes);
            assert_eq!((found.encoding, found.guessed), (encoding, guessed), "{bytes:?}");
        }
    }

    #[test]
    fn marks_may_be_doubled() {
        assert_eq!(marks(b"\xef\xbb\xbf\xef\xbb\xbfA"), 6);
        assert_eq!(marks(b"\xc3\xaf\xc2\xbb\xc2\xbfA"), 6);
        assert_eq!(marks(b"A"), 0);
    }

    #[test]
    fn utf16_in_slices_is_utf16_at_once() {
        let bytes: Vec<u8> = "A€😀z".encode_utf16().flat_map(u16::to_le_bytes).collect();
        for slice in 1..=bytes.len() {
            let (mut out, mut done) = (Vec::new(), 0);
            let mut end = 0;
            while done < bytes.len() {
                end = (end + slice).min(bytes.len());
                let last = end == bytes.len();
                done += utf16_to_utf8(&bytes[done..end], Encoding::Utf16Le, last, &mut out);
            }
            assert_eq!(String::from_utf8_lossy(&out), "A€😀z", "slices of {slice}");
        }
    }

    #[test]
    fn windows_1252_knows_its_quotes() {
        assert_eq!(Encoding::Windows1252.text(b"\x93NL\x94\xa0\xfc"), "“NL”\u{a0}ü");
        assert_eq!(Encoding::Utf8.text(b"NL\xff"), "NL\u{fffd}");
    }
}
