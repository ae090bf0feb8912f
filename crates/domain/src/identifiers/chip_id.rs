//! Chip IDs: the UID of an RFID card, 4, 7 or 10 bytes in hexadecimal.

use super::{Code, Id, MAX_KEY, MAX_TYPED, Repair, Repairs, Warnings};

/// The key of a cleaned text.
pub fn fold(text: &str, key: &mut String) {
    key.clear();
    key.extend(
        text.chars()
            .filter(|c| !matches!(c, ':' | '-' | ' '))
            .map(|c| c.to_ascii_uppercase()),
    );
    while key.starts_with("0X") {
        key.drain(..2);
    }
}

/// Judges `id.display`, mends it as the operator chose, and fills in the rest.
pub fn judge(id: &mut Id, repairs: Repairs) -> Result<(), Code> {
    fold(&id.display, &mut id.key);
    if id.key.len() < id.display.len() {
        id.warnings.add(Code::WSeparatorsRemoved);
    }
    loop {
        let finding = judge_key(&id.key);
        let mended = repairs
            .iter()
            .filter(|repair| repair.applies_to(finding))
            .find_map(|repair| repair.mend(&id.key));
        let Some(mended) = mended else {
            for warning in finding?.iter() {
                id.warnings.add(warning);
            }
            if id.display.len() > MAX_TYPED {
                return Err(Code::ETooLong);
            }
            return Ok(());
        };
        id.display.clone_from(&mended);
        id.key = mended;
        id.repaired = true;
    }
}

/// What is wrong or odd about a key.
pub fn judge_key(key: &str) -> Result<Warnings, Code> {
    let mut warnings = Warnings::NONE;
    let length = key.len();
    if length > MAX_KEY {
        return Err(Code::ETooLong);
    }
    if length == 0 || !key.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(Code::ENotHex);
    }
    match length {
        8 if key.starts_with("08") => warnings.add(Code::WRandomUid),
        8 | 14 | 20 => {}
        16 if key.ends_with("00") => {
            warnings.add(Code::WUidLength);
            warnings.add(Code::WTrailingZeros);
        }
        _ if length % 2 == 1 && length < 20 => return Err(Code::EOddHex),
        _ => return Err(Code::EUidLength),
    }
    Ok(warnings)
}

/// Whether a part of a cell could be a Chip ID of its own.
pub fn is_alike(part: &str) -> bool {
    let mut key = String::new();
    fold(part, &mut key);
    key.len() >= 4 && key.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Whether a part of a cell is a whole Chip ID.
pub fn is_whole(part: &str) -> bool {
    let mut key = String::new();
    fold(part, &mut key);
    judge_key(&key).is_ok()
}

/// The length of the key of a Chip ID in its usual spelling.
pub fn usual(cell: &[u8], key: &mut [u8; MAX_KEY]) -> Option<usize> {
    if !matches!(cell.len(), 8 | 14 | 20) || (cell.len() == 8 && cell.starts_with(b"08")) {
        return None;
    }
    for (digit, byte) in key.iter_mut().zip(cell) {
        if !byte.is_ascii_hexdigit() {
            return None;
        }
        *digit = byte.to_ascii_uppercase();
    }
    Some(cell.len())
}

impl Repair {
    /// Whether the repair is made for what was found.
    pub fn applies_to(self, finding: Result<Warnings, Code>) -> bool {
        match finding {
            Ok(warnings) => warnings.has(self.code()),
            Err(code) => code == self.code(),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::super::{Id, IdKind, chip_key, judge, judge_into};
    use super::*;

    #[test]
    fn separators_case_and_prefix_do_not_count() {
        for text in ["04:a1:b2:c3", "04-A1-B2-C3", "0x04A1B2C3", "04 a1 b2 c3"] {
            assert_eq!(chip_key(text), "04A1B2C3", "{text}");
            let id = judge(IdKind::ChipId, text).unwrap();
            assert_eq!((id.key.as_str(), id.display.as_str()), ("04A1B2C3", text));
            assert!(id.warnings.has(Code::WSeparatorsRemoved));
        }
    }

    #[test]
    fn lengths() {
        for (text, code) in [
            ("O4A1B2C3", Code::ENotHex),
            ("4A1B2C3D4E5F6", Code::EOddHex),
            ("4A2DAA2", Code::EOddHex),
            ("0652147431", Code::EUidLength),
            ("04A1B2C3D4E5F60718290A", Code::EUidLength),
            ("047DAFBA7F823155", Code::EUidLength),
            (&"04".repeat(19), Code::ETooLong),
        ] {
            assert_eq!(judge(IdKind::ChipId, text).err(), Some(code), "{text}");
        }
        let padded = judge(IdKind::ChipId, "047dafba7f823100").unwrap();
        assert_eq!(padded.key, "047DAFBA7F823100");
        assert!(padded.warnings.has(Code::WUidLength) && padded.warnings.has(Code::WTrailingZeros));
        assert!(
            judge(IdKind::ChipId, "08A1B2C3")
                .unwrap()
                .warnings
                .has(Code::WRandomUid)
        );
    }

    #[test]
    fn chosen_repairs_mend_and_only_they() {
        let mend = |text: &str, repairs: &[Repair]| {
            let mut id = Id::default();
            let repairs = repairs.iter().copied().collect();
            judge_into(IdKind::ChipId, repairs, text, &mut id).map(|()| (id.key, id.repaired))
        };
        let good = |key: &str| Ok((key.to_owned(), true));
        assert_eq!(mend("4A2DAA2", &[Repair::PadZero]), good("04A2DAA2"));
        assert_eq!(mend("O4A1B2C3", &[Repair::LetterOToZero]), good("04A1B2C3"));
        assert_eq!(mend("0652147431", &[Repair::DecimalToHex]), good("26DEFAE7"));
        assert_eq!(
            mend("0652147431", &[Repair::DecimalToHexReversed]),
            good("E7FADE26")
        );
        assert_eq!(
            mend("047DAFBA7F823100", &[Repair::StripTrailingZeros]),
            good("047DAFBA7F8231")
        );
        assert_eq!(mend("4A2DAA2", &[Repair::LetterOToZero]), Err(Code::EOddHex));
        assert_eq!(
            mend("04A1B2C3", &[Repair::PadZero]),
            Ok(("04A1B2C3".to_owned(), false))
        );
        assert_eq!(mend("4A2DAA", &[Repair::PadZero]), Err(Code::EUidLength));
    }
}
