//! What a cell may hold in place of an id.

use super::{Code, IdKind, auth_id, chip_id};

/// Finds what is wrong with a cleaned cell whatever its column holds.
///
/// # Errors
/// The code (`E_…`) that says why it holds no id, or more than one.
pub fn holds_one(kind: IdKind, text: &str) -> Result<(), Code> {
    if text.is_empty() {
        return Err(Code::EEmpty);
    }
    if holds_several(kind, text) {
        return Err(Code::EMultipleInCell);
    }
    if text.chars().any(char::is_control) {
        return Err(Code::EControlChar);
    }
    if !text.is_ascii() {
        return Err(Code::ENonAscii);
    }
    if is_placeholder(text) {
        return Err(Code::EPlaceholder);
    }
    if is_scientific(text) {
        return Err(Code::ESciNotation);
    }
    Ok(())
}

type Test = fn(&str) -> bool;

/// Whether a cell holds more than one id: parts that look like ids between separators no id has,
/// or whole ids between separators that an id may have.
fn holds_several(kind: IdKind, text: &str) -> bool {
    let (alike, whole): (Test, Test) = match kind {
        IdKind::AuthId => (auth_id::is_alike, auth_id::is_whole),
        IdKind::ChipId => (chip_id::is_alike, chip_id::is_whole),
    };
    let several = |separators: &[char], is_id: Test| {
        text.contains(separators) && {
            let mut parts = text
                .split(separators)
                .map(str::trim)
                .filter(|part| !part.is_empty())
                .peekable();
            let first = parts.next();
            first.is_some_and(is_id) && parts.peek().is_some() && parts.all(is_id)
        }
    };
    several(&[',', ';', '\n', '\r', '\t'], alike) || several(&[' ', '/', '|', '+', '&'], whole)
}

/// Whether a text stands for "no value" in a database, a spreadsheet or a person's hand, or is
/// the name of the column itself, as in files pasted together.
pub fn is_placeholder(text: &str) -> bool {
    const WORDS: [&str; 30] = [
        "n/a",
        "na",
        "n.a.",
        "#n/a",
        "null",
        "(null)",
        "<null>",
        "\\n",
        "none",
        "nil",
        "nan",
        "undefined",
        "unknown",
        "empty",
        "(empty)",
        "blank",
        "(blank)",
        "tbd",
        "tba",
        "x",
        "xx",
        "xxx",
        "#null!",
        "#div/0!",
        "#value!",
        "#ref!",
        "#name?",
        "#num!",
        "#spill!",
        "#calc!",
    ];
    const NAMES: [&str; 8] = [
        "auth id",
        "authid",
        "auth_id",
        "chip id",
        "chipid",
        "rfid uid",
        "idtag",
        "contract id",
    ];
    let is = |word: &&str| text.eq_ignore_ascii_case(word);
    text.bytes().all(|byte| b"-_.?#*~/ ".contains(&byte)) || WORDS.iter().any(is) || NAMES.iter().any(is)
}

/// Whether a spreadsheet turned the id into a number: `4.1E+13`, `1,2E15`, `1E+5`.
pub fn is_scientific(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['E', 'e']) else {
        return false;
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let fraction = mantissa.split_once(['.', ',']);
    let unsigned = exponent.strip_prefix(['+', '-']);
    let number = match fraction {
        Some((whole, fraction)) => digits(whole) && digits(fraction),
        None => digits(mantissa) && unsigned.is_some(),
    };
    let power = unsigned.unwrap_or(exponent);
    number && digits(power) && power.len() <= 3
}

#[cfg(test)]
mod tests {
    use super::super::judge;
    use super::*;

    #[test]
    fn cells_that_hold_no_id() {
        use IdKind::{AuthId, ChipId};
        for (kind, text, code) in [
            (AuthId, "", Code::EEmpty),
            (AuthId, " '' ", Code::EEmpty),
            (AuthId, "n/a", Code::EPlaceholder),
            (AuthId, "#REF!", Code::EPlaceholder),
            (AuthId, "—", Code::EPlaceholder),
            (ChipId, "NULL", Code::EPlaceholder),
            (ChipId, "chip id", Code::EPlaceholder),
            (AuthId, "ＮＬ", Code::ENonAscii),
            (AuthId, "NL\u{1b}1", Code::EControlChar),
            (AuthId, "NL\t1", Code::EControlChar),
            (AuthId, "1.23457E+13", Code::ESciNotation),
            (ChipId, "4,1E+13", Code::ESciNotation),
            (ChipId, "1E+08", Code::ESciNotation),
            (AuthId, "NL-GFX-1;NL-GFX-2", Code::EMultipleInCell),
            (AuthId, "NL-GFX-1\nNL-GFX-2", Code::EMultipleInCell),
            (
                AuthId,
                "NL-GFX-C00000001-4 NL-GFX-C00000002-1",
                Code::EMultipleInCell,
            ),
            (ChipId, "04A1B2C3 04A1B2C4", Code::EMultipleInCell),
            (ChipId, "04A1B2C3,04A1B2C4", Code::EMultipleInCell),
        ] {
            assert_eq!(judge(kind, text).err(), Some(code), "{text}");
        }
    }
}
