//! Everything a token file or a single id can be told off for: one table of codes.

use serde::{Deserialize, Serialize};

/// How much a [`Code`] stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// The whole file is refused; nothing of it is accepted.
    Refusal,
    /// The row is refused; the others go on.
    Error,
    /// The row is accepted; someone should look at it.
    Warning,
}

macro_rules! codes {
    ($($name:ident $wire:literal $severity:ident $meaning:literal $remedy:literal;)*) => {
        /// A finding about a token file, a row of it or a single id. Travels as its wire name
        /// (`E_FORMAT`).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Code {
            $(#[doc = $meaning] #[serde(rename = $wire)] $name,)*
        }

        impl Code {
            /// All codes: refusals, then errors, then warnings.
            pub const ALL: &[Code] = &[$(Code::$name),*];

            /// The wire name, for example `E_FORMAT`.
            pub fn wire(self) -> &'static str {
                match self { $(Code::$name => $wire),* }
            }

            /// What the code stops.
            pub fn severity(self) -> Severity {
                match self { $(Code::$name => Severity::$severity),* }
            }

            /// What is the matter, in an operator's words.
            pub fn meaning(self) -> &'static str {
                match self { $(Code::$name => $meaning),* }
            }

            /// What the operator can do about it.
            pub fn remedy(self) -> &'static str {
                match self { $(Code::$name => $remedy),* }
            }
        }
    };
}

codes! {
    FEmpty "F_EMPTY" Refusal "The file is empty." "Choose the file again, or export it again.";
    FNoRows "F_NO_ROWS" Refusal "The file has a header but no rows." "Add at least one id below the header.";
    FUnclosedQuote "F_UNCLOSED_QUOTE" Refusal "A quotation mark is opened and never closed, so rows would be swallowed." "Close or remove the quotation mark in the named row.";
    FAmbiguousHeader "F_AMBIGUOUS_HEADER" Refusal "More than one column could hold the ids." "Choose the column to import.";
    FNeedsMapping "F_NEEDS_MAPPING" Refusal "No column has a known name." "Choose the column that holds the ids.";
    FXlsx "F_XLSX" Refusal "This is a spreadsheet (.xlsx or .ods), not a text file." "Open it and save it as CSV UTF-8.";
    FXls "F_XLS" Refusal "This is an old Excel workbook (.xls), not a text file." "Open it and save it as CSV UTF-8.";
    FCompressed "F_COMPRESSED" Refusal "The file is compressed." "Unpack it and import the file inside.";
    FHtml "F_HTML" Refusal "This is a web page, perhaps a saved login page." "Sign in at the source and export the file again as CSV.";
    FJson "F_JSON" Refusal "The file is JSON." "Export it as CSV.";
    FBinary "F_BINARY" Refusal "This is not a text file." "Export the ids as CSV.";
    FTooLarge "F_TOO_LARGE" Refusal "The file is larger than 256 MiB." "Split it into smaller files.";

    EEmpty "E_EMPTY" Error "The row has no id." "Fill in the id or remove the row.";
    EFormat "E_FORMAT" Error "The id holds characters that no Auth ID may have." "Use letters, digits and hyphens.";
    ENonAscii "E_NON_ASCII" Error "The id holds letters outside A to Z and 0 to 9." "Type the id again with plain letters and digits.";
    EControlChar "E_CONTROL_CHAR" Error "The id holds an invisible control character." "Type the id again.";
    ETooLong "E_TOO_LONG" Error "The id is longer than 36 characters." "Shorten it: chargers and partners cannot carry more.";
    EPlaceholder "E_PLACEHOLDER" Error "The cell holds a placeholder or an error value, not an id." "Fill in the id or remove the row.";
    EMultipleInCell "E_MULTIPLE_IN_CELL" Error "The cell holds more than one id." "Put each id in a row of its own.";
    ENotHex "E_NOT_HEX" Error "A Chip ID consists of the digits 0 to 9 and the letters A to F." "Look for the letter O in place of a zero.";
    EOddHex "E_ODD_HEX" Error "The Chip ID has an odd number of digits; a spreadsheet may have dropped a leading zero." "Put the zero back, or format the column as text and export again.";
    EUidLength "E_UID_LENGTH" Error "A Chip ID has 8, 14 or 20 digits." "If the reader printed a decimal number, convert it to hexadecimal.";
    ESciNotation "E_SCI_NOTATION" Error "A spreadsheet turned the id into a number such as 4.1E+13; its digits are lost." "Format the column as text and export again.";

    WEncodingGuessed "W_ENCODING_GUESSED" Warning "The encoding of the file was guessed." "Check the names in the preview.";
    WNoHeader "W_NO_HEADER" Warning "The file has no header; its only column was read." "Check the preview.";
    WSkippedPreamble "W_SKIPPED_PREAMBLE" Warning "Lines before the header were skipped." "Nothing to do.";
    WExtraCells "W_EXTRA_CELLS" Warning "The row has more cells than the header." "Check that the id is in its column.";
    WIgnoredColumns "W_IGNORED_COLUMNS" Warning "Columns after the first 1,000 were ignored." "Nothing to do if the ids are among the first.";
    WDupInFile "W_DUP_IN_FILE" Warning "The id is in the file more than once and counts once." "Nothing to do.";
    WTrimmed "W_TRIMMED" Warning "Blanks around the id were removed." "Nothing to do.";
    WInvisibleRemoved "W_INVISIBLE_REMOVED" Warning "Invisible characters were removed." "Nothing to do.";
    WDashNormalised "W_DASH_NORMALISED" Warning "Typographic dashes became hyphens." "Nothing to do.";
    WQuotesRemoved "W_QUOTES_REMOVED" Warning "Quotation marks around the id were removed." "Nothing to do.";
    WApostropheRemoved "W_APOSTROPHE_REMOVED" Warning "A leading apostrophe was removed." "Nothing to do.";
    WExcelTextFormula "W_EXCEL_TEXT_FORMULA" Warning "The spreadsheet wrapping =\"…\" was removed." "Nothing to do.";
    WCheckDigit "W_CHECK_DIGIT" Warning "The check character at the end of the Auth ID does not fit it." "Compare the id with the card or contract.";
    WNotEmaid "W_NOT_EMAID" Warning "The Auth ID is not a contract id (eMA ID); it is taken as it is." "Compare the id with the card or contract.";
    WSeparatorsRemoved "W_SEPARATORS_REMOVED" Warning "Separators inside the id do not count." "Nothing to do.";
    WUidLength "W_UID_LENGTH" Warning "The Chip ID has 16 digits, which no card has." "Strip the trailing 00 if the card has 14 digits.";
    WTrailingZeros "W_TRAILING_ZEROS" Warning "The Chip ID ends in a padding 00." "Strip the trailing 00 if the card has 14 digits.";
    WRandomUid "W_RANDOM_UID" Warning "Chip IDs of 8 digits that start with 08 are random: phones change them at each use." "Use the Auth ID of the driver instead.";
    WMaybeReversed "W_MAYBE_REVERSED" Warning "The same Chip ID is in the file in both byte orders." "Keep the order that the charger reports.";
    WPrefixOfOther "W_PREFIX_OF_OTHER" Warning "The id is the beginning of another id in the file; the two are different tokens." "Check that the id is complete.";
}

impl Code {
    /// Meaning and remedy in one message.
    pub fn message(self) -> String {
        format!("{} {}", self.meaning(), self.remedy())
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.wire())
    }
}

const FIRST_WARNING: u8 = Code::WEncodingGuessed as u8;

/// A set of warnings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Warnings(u32);

impl Warnings {
    /// No warning.
    pub const NONE: Warnings = Warnings(0);

    /// How many warning codes there are.
    pub const COUNT: usize = Code::ALL.len() - FIRST_WARNING as usize;

    /// Adds a warning. Codes that are not warnings are left out.
    pub fn add(&mut self, code: Code) {
        if let Some(slot) = Self::slot(code) {
            self.0 |= 1 << slot;
        }
    }

    /// Whether the warning is in the set.
    pub fn has(self, code: Code) -> bool {
        Self::slot(code).is_some_and(|slot| self.0 & (1 << slot) != 0)
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The warnings, in the order of [`Code::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Code> {
        (0..Self::COUNT)
            .filter(move |slot| self.0 & (1 << slot) != 0)
            .map(|slot| Code::ALL[slot + FIRST_WARNING as usize])
    }

    /// The place of a warning among the warnings.
    pub fn slot(code: Code) -> Option<usize> {
        (code as u8).checked_sub(FIRST_WARNING).map(usize::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wire_names_and_severities_agree() {
        for code in Code::ALL {
            let first = match code.severity() {
                Severity::Refusal => "F_",
                Severity::Error => "E_",
                Severity::Warning => "W_",
            };
            assert!(code.wire().starts_with(first), "{code}");
            assert_eq!(
                Warnings::slot(*code).is_some(),
                code.severity() == Severity::Warning
            );
        }
    }

    #[test]
    fn a_set_gives_back_its_warnings_in_order() {
        let mut set = Warnings::NONE;
        assert!(set.is_empty());
        set.add(Code::WPrefixOfOther);
        set.add(Code::WTrimmed);
        set.add(Code::EFormat);
        assert!(set.has(Code::WTrimmed) && !set.has(Code::WNoHeader) && !set.has(Code::EFormat));
        let all: Vec<_> = set.iter().collect();
        assert_eq!(all, [Code::WTrimmed, Code::WPrefixOfOther]);
    }
}
