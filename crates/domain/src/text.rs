//! Texts as they are searched and compared.

use crate::identifiers::{auth_key, chip_key};

/// A text without case and without the common accents, so that `oster` finds `Österreich`, and
/// without characters that no text of the books holds and SQL stumbles over.
pub fn fold(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        .filter_map(plain)
        .collect()
}

fn plain(letter: char) -> Option<char> {
    Some(match letter {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'ď' | 'đ' => 'd',
        'è'..='ë' | 'ē' | 'ę' | 'ě' => 'e',
        'ì'..='ï' | 'ī' => 'i',
        'ł' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => 'o',
        'ř' => 'r',
        'ś' | 'š' | 'ş' => 's',
        'ť' => 't',
        'ù'..='ü' | 'ū' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        // A combining accent on its own.
        '\u{300}'..='\u{36f}' => return None,
        other if other.is_control() && !other.is_whitespace() => return None,
        other => other,
    })
}

/// Somebody's words that are to be joined with others: those that may run from right to left keep to themselves.
pub fn isolated(words: &str) -> String {
    match words.is_ascii() {
        true => words.to_owned(),
        false => ["\u{2068}", words, "\u{2069}"].concat(),
    }
}

/// A folded MAC address without its separators, however its bytes are grouped.
pub fn bare_mac(text: &str) -> Option<String> {
    // Most texts are none, and are not copied.
    if !(14..=23).contains(&text.len()) {
        return None;
    }
    let bare: String = text.split([':', '-']).collect();
    let is_mac = matches!(bare.len(), 12 | 16) && bare.bytes().all(|c| c.is_ascii_hexdigit());
    (is_mac && text.len() >= bare.len() + 2).then_some(bare)
}

/// What free text stands for: words that must all be there, or keys of which one is enough. All folded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search {
    pub words: Vec<String>,
    /// The whole text as the key of an Auth ID or of a Chip ID.
    pub keys: Vec<String>,
}

impl Search {
    /// What a search text stands for; nothing, if it is blank.
    pub fn of(text: &str) -> Option<Self> {
        let words: Vec<String> = fold(text).split_whitespace().map(str::to_owned).collect();
        let mut keys = Vec::new();
        for key in [auth_key(text), chip_key(text)] {
            let folded = fold(key.trim());
            if key.len() >= 3 && !keys.contains(&folded) {
                keys.push(folded);
            }
        }
        (!words.is_empty()).then_some(Self { words, keys })
    }

    /// Whether a record with these folded texts is meant.
    pub fn finds(&self, texts: &[String]) -> bool {
        let within = |part: &String| texts.iter().any(|text| text.contains(part.as_str()));
        self.words.iter().all(within) || self.keys.iter().any(within)
    }
}

/// A whole number with separators: `2,013`.
pub fn number(value: u64) -> String {
    let digits = value.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mac_address_is_bare_without_its_separators() {
        for text in ["00:0d:6f:00:01:2a", "00-0d-6f-00-01-2a", "000d:6f00:012a"] {
            assert_eq!(bare_mac(text).as_deref(), Some("000d6f00012a"), "{text}");
        }
        assert_eq!(
            bare_mac("0024:b100:0002:0d94").as_deref(),
            Some("0024b10000020d94")
        );
        for other in [
            "000d6f00012a",
            "1:1234567890a",
            "00:0d:6f:00:01",
            "00:0d:6f:00:01:2x",
            "",
        ] {
            assert_eq!(bare_mac(other), None, "{other}");
        }
    }

    #[test]
    fn all_words_are_found_or_one_key() {
        let texts = [fold("Nordhafen"), fold("NLGFXC0B34A240")];
        let finds = |text: &str| Search::of(text).is_some_and(|search| search.finds(&texts));
        assert!(finds("hafen nord") && finds("nl-gfx-c0b34a240") && finds("NL GFX C0B"));
        assert!(!finds("nordhafen y") && !finds(" "));
        assert_eq!(Search::of("-").map(|search| search.keys), Some(vec![]));
    }

    #[test]
    fn case_and_accents_do_not_count() {
        assert_eq!(fold("a\0b\u{1b}c\nd"), "abc\nd");
        assert_eq!(fold("ÖSTERREICH Ñandú Łódź e\u{301}"), "osterreich nandu lodz e");
    }
}
