//! Texts as they are searched and compared.

use domain::text::Search;
pub use domain::text::fold;

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
    format!("%{}", starts_with(part))
}

/// A `LIKE` pattern (with `ESCAPE '\'`) for texts that start with `part`.
pub fn starts_with(part: &str) -> String {
    let mut pattern = String::new();
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
    let Search { words, keys } = Search::of(text)?;
    let pattern = |parts: Vec<String>| parts.iter().map(|part| contains(part)).collect();
    Some(Patterns {
        words: pattern(words),
        keys: pattern(keys),
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

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
