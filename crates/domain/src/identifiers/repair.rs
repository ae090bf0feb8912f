//! Repairs of Chip IDs: offered, never done silently.

use serde::{Deserialize, Serialize};

use super::{Code, chip_id};

/// A repair that an operator may choose for the Chip IDs of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Repair {
    /// Puts a zero that a spreadsheet dropped back in front.
    PadZero,
    /// Reads the letter O as a zero.
    LetterOToZero,
    /// Takes the padding `00` from the end of 16 digits.
    StripTrailingZeros,
    /// Takes an id whose reversed bytes came earlier in the file for that same card.
    ReverseBytes,
    /// Converts the ten decimal digits of a keyboard reader to hexadecimal.
    DecimalToHex,
    /// The same for readers that send the bytes in reverse.
    DecimalToHexReversed,
}

impl Repair {
    /// All repairs, in the order in which they are tried.
    pub const ALL: [Repair; 6] = [
        Repair::PadZero,
        Repair::LetterOToZero,
        Repair::StripTrailingZeros,
        Repair::ReverseBytes,
        Repair::DecimalToHex,
        Repair::DecimalToHexReversed,
    ];

    /// The finding that the repair removes.
    pub fn code(self) -> Code {
        match self {
            Repair::PadZero => Code::EOddHex,
            Repair::LetterOToZero => Code::ENotHex,
            Repair::StripTrailingZeros => Code::WTrailingZeros,
            Repair::ReverseBytes => Code::WMaybeReversed,
            Repair::DecimalToHex | Repair::DecimalToHexReversed => Code::EUidLength,
        }
    }

    /// What the repair does, for a button.
    pub fn label(self) -> &'static str {
        match self {
            Repair::PadZero => "Put the leading zero back",
            Repair::LetterOToZero => "Read the letter O as zero",
            Repair::StripTrailingZeros => "Strip the trailing 00",
            Repair::ReverseBytes => "Treat both byte orders as one card",
            Repair::DecimalToHex => "Convert decimal to hexadecimal",
            Repair::DecimalToHexReversed => "Convert decimal to hexadecimal, bytes reversed",
        }
    }

    /// The mended key; `None` where the repair does not lead to a good one.
    pub fn mend(self, key: &str) -> Option<String> {
        let mended = match self {
            Repair::PadZero => format!("0{key}"),
            Repair::LetterOToZero => key.replace('O', "0"),
            Repair::StripTrailingZeros => key.strip_suffix("00")?.to_owned(),
            Repair::ReverseBytes => reversed(key)?,
            Repair::DecimalToHex => hexadecimal(key)?,
            Repair::DecimalToHexReversed => reversed(&hexadecimal(key)?)?,
        };
        (mended != key && chip_id::judge_key(&mended).is_ok()).then_some(mended)
    }
}

/// The bytes of a hexadecimal text in reverse; `None` if it is not one.
pub fn reversed(key: &str) -> Option<String> {
    let mut reversed = String::with_capacity(key.len());
    for pair in key.as_bytes().rchunks(2) {
        reversed.push_str(std::str::from_utf8(pair).ok()?);
    }
    key.len().is_multiple_of(2).then_some(reversed)
}

fn hexadecimal(key: &str) -> Option<String> {
    let decimal = key.len() == 10 && key.bytes().all(|byte| byte.is_ascii_digit());
    let number: u32 = decimal.then(|| key.parse().ok())??;
    Some(format!("{number:08X}"))
}

/// The repairs an operator chose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Repairs(u8);

impl Repairs {
    /// None: everything as it stands.
    pub const NONE: Repairs = Repairs(0);

    /// The set with one repair more.
    pub fn with(self, repair: Repair) -> Repairs {
        Repairs(self.0 | (1 << repair as u8))
    }

    /// The set with one repair less.
    pub fn without(self, repair: Repair) -> Repairs {
        Repairs(self.0 & !(1 << repair as u8))
    }

    /// Whether the repair was chosen.
    pub fn has(self, repair: Repair) -> bool {
        self.0 & (1 << repair as u8) != 0
    }

    /// The chosen repairs, in the order of [`Repair::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Repair> {
        Repair::ALL.into_iter().filter(move |repair| self.has(*repair))
    }
}

impl FromIterator<Repair> for Repairs {
    fn from_iter<I: IntoIterator<Item = Repair>>(repairs: I) -> Repairs {
        repairs.into_iter().fold(Repairs::NONE, Repairs::with)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_can_be_changed() {
        let set = Repairs::NONE.with(Repair::PadZero).with(Repair::DecimalToHex);
        assert!(set.has(Repair::PadZero) && !set.has(Repair::ReverseBytes));
        let left: Vec<_> = set.without(Repair::PadZero).iter().collect();
        assert_eq!(left, [Repair::DecimalToHex]);
    }

    #[test]
    fn bytes_are_reversed_not_digits() {
        assert_eq!(reversed("26DEFAE7").as_deref(), Some("E7FADE26"));
        assert_eq!(reversed("26D"), None);
        assert_eq!(Repair::ReverseBytes.mend("04040404"), None);
        assert_eq!(Repair::DecimalToHex.mend("9999999999"), None);
    }
}
