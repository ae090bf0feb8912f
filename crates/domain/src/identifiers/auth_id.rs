//! Auth IDs: contract ids of ISO 15118 and DIN SPEC 91286, and free-form ids.

use super::{Code, Id, MAX_KEY, MAX_TYPED, check_character};

/// What an upper-cased id without separators looks like.
#[derive(Debug, PartialEq, Eq)]
enum Form {
    /// CC PPP (9): a contract id without its check character.
    Emaid,
    /// A contract id with a check character, right or wrong.
    Checked { right: bool },
    /// CC PPP (6), with or without its check digit: DIN SPEC 91286.
    Din,
    /// Anything else.
    Free,
}

fn form(key: &[u8]) -> Form {
    let is_contract = key.len() > 5
        && key[..2].iter().all(u8::is_ascii_uppercase)
        && key.iter().all(u8::is_ascii_alphanumeric);
    match key.len() {
        14 if is_contract => Form::Emaid,
        15 if is_contract => Form::Checked {
            right: check_character(&key[..14]) == Some(key[14]),
        },
        11 if is_contract => Form::Din,
        12 if is_contract && (key[11].is_ascii_digit() || key[11] == b'X') => Form::Din,
        _ => Form::Free,
    }
}

/// Whether a key is a contract id without a check character.
pub fn is_contract(key: &str) -> bool {
    form(key.as_bytes()) == Form::Emaid
}

fn is_separator(c: char) -> bool {
    matches!(c, '-' | '*' | ' ')
}

/// The key of a cleaned text.
pub fn fold(text: &str, key: &mut String) {
    key.clear();
    key.extend(
        text.chars()
            .filter(|c| !is_separator(*c))
            .map(|c| c.to_ascii_uppercase()),
    );
    if form(key.as_bytes()) == (Form::Checked { right: true }) {
        key.truncate(14);
    }
}

/// Judges `id.display` and fills in the rest.
pub fn judge(id: &mut Id) -> Result<(), Code> {
    let text = id.display.as_str();
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-* _.:/#+@=~".contains(&byte);
    if !text.starts_with(|c: char| c.is_ascii_alphanumeric()) || !text.bytes().all(allowed) {
        return Err(Code::EFormat);
    }
    fold(text, &mut id.key);
    if id.key.len() > MAX_KEY || text.len() > MAX_TYPED {
        return Err(Code::ETooLong);
    }
    if text.contains(' ') {
        id.warnings.add(Code::WSeparatorsRemoved);
    }
    match form(id.key.as_bytes()) {
        Form::Emaid | Form::Din => {}
        Form::Checked { .. } => id.warnings.add(Code::WCheckDigit),
        Form::Free => id.warnings.add(Code::WNotEmaid),
    }
    Ok(())
}

/// Whether a part of a cell could be an id of its own.
pub fn is_alike(part: &str) -> bool {
    part.len() >= 4
        && part.bytes().any(|byte| byte.is_ascii_digit())
        && part
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-* ".contains(&byte))
}

/// Whether a part of a cell is a whole contract id.
pub fn is_whole(part: &str) -> bool {
    let mut key = String::new();
    fold(part, &mut key);
    form(key.as_bytes()) != Form::Free
}

/// What each byte of an id in its usual spelling gives to the key: itself in upper case, nothing
/// (0) for a separator, [`STOP`] for all that needs judging.
const GIVES: [u8; 256] = {
    let mut table = [STOP; 256];
    let mut byte = 0;
    while byte < 128 {
        if (byte as u8).is_ascii_alphanumeric() {
            table[byte] = (byte as u8).to_ascii_uppercase();
        }
        byte += 1;
    }
    table[b'-' as usize] = 0;
    table[b'*' as usize] = 0;
    table
};
const STOP: u8 = 0xff;

/// The length of the key of a contract id in its usual spelling.
pub fn usual(cell: &[u8], key: &mut [u8; MAX_KEY]) -> Option<usize> {
    if cell.len() > MAX_KEY || !cell.first()?.is_ascii_alphabetic() {
        return None;
    }
    let mut length = 0;
    for byte in cell {
        let given = GIVES[usize::from(*byte)];
        if given == STOP {
            return None;
        }
        key[length] = given;
        length += usize::from(given != 0);
    }
    match form(&key[..length]) {
        Form::Emaid | Form::Checked { right: true } => Some(14),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::super::{IdKind, auth_key, judge};
    use super::*;

    #[test]
    fn all_spellings_of_a_contract_have_one_key() {
        for text in [
            "nl-gfx-c00000001-4",
            "NLGFXC000000014",
            "NL*GFX*C00000001*4",
            "NL GFX C00000001",
            "NL-GFX-C00000001",
        ] {
            assert_eq!(auth_key(text), "NLGFXC00000001", "{text}");
            assert_eq!(judge(IdKind::AuthId, text).unwrap().key, "NLGFXC00000001");
        }
    }

    #[test]
    fn warnings_by_form() {
        let spaced = [Code::WNotEmaid, Code::WSeparatorsRemoved];
        for (text, key, warnings) in [
            ("NL-GFX-C0B34A240-H", "NLGFXC0B34A240H", &[Code::WCheckDigit][..]),
            ("NL-TNM-012204-5", "NLTNM0122045", &[]),
            ("DE*8EO*Aet5e4*3", "DE8EOAET5E43", &[]),
            ("NL-TNM-012204", "NLTNM012204", &[]),
            ("employee 7", "EMPLOYEE7", &spaced),
        ] {
            let id = judge(IdKind::AuthId, text).unwrap();
            assert_eq!((id.key.as_str(), id.display.as_str()), (key, text));
            assert_eq!(id.warnings.iter().collect::<Vec<_>>(), warnings, "{text}");
        }
    }

    #[test]
    fn what_is_refused() {
        for (text, code) in [
            ("=HYPERLINK(\"http://x.invalid\",\"a\")", Code::EFormat),
            ("@SUM(1)", Code::EFormat),
            ("-NL1", Code::EFormat),
            ("NL,GFX", Code::EFormat),
            (&"A1".repeat(19), Code::ETooLong),
            (&"A-".repeat(61), Code::ETooLong),
        ] {
            assert_eq!(judge(IdKind::AuthId, text).err(), Some(code), "{text}");
        }
        assert!(judge(IdKind::AuthId, &"A1".repeat(18)).is_ok());
    }
}
