//! Texts as they are searched and compared.

use domain::identifiers::{auth_key, chip_key};

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

/// The texts of a record that free text searches, folded, a line each.
pub fn search<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let mut all = String::new();
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        all.push_str(&fold(part));
        all.push('\n');
    }
    all
}

/// A `LIKE` pattern (with `ESCAPE '\'`) for texts that contain `part`.
pub fn contains(part: &str) -> String {
    let mut pattern = String::from("%");
    for letter in part.chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern + "%"
}

/// What free text stands for: patterns that must all match, or one that matches alone.
#[derive(Debug, PartialEq, Eq)]
pub struct Patterns {
    /// One for each word.
    pub words: Vec<String>,
    /// The whole text as the key of an Auth ID or of a Chip ID.
    pub keys: Vec<String>,
}

/// The patterns for a search text; none for a blank one.
pub fn patterns(text: &str) -> Option<Patterns> {
    let words: Vec<String> = fold(text).split_whitespace().map(contains).collect();
    if words.is_empty() {
        return None;
    }
    let mut keys = Vec::new();
    for key in [auth_key(text), chip_key(text)] {
        let pattern = contains(&fold(key.trim()));
        if key.len() >= 3 && !keys.contains(&pattern) {
            keys.push(pattern);
        }
    }
    Some(Patterns { words, keys })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn case_and_accents_do_not_count() {
        assert_eq!(fold("a\0b\u{1b}c\nd"), "abc\nd");
        assert_eq!(fold("ÖSTERREICH Ñandú Łódź e\u{301}"), "osterreich nandu lodz e");
    }

    #[test]
    fn wildcards_are_letters() {
        assert_eq!(contains(r"50%_\"), r"%50\%\_\\%");
    }

    #[test]
    fn an_id_is_also_searched_by_its_key() {
        let patterns = patterns("nl-gfx-c0b34a240").unwrap();
        assert_eq!(patterns.words, ["%nl-gfx-c0b34a240%"]);
        assert_eq!(patterns.keys, ["%nlgfxc0b34a240%"]);
        assert_eq!(super::patterns("  "), None);
        assert!(super::patterns("-").unwrap().keys.is_empty());
    }
}
