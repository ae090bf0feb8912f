//! Texts that operators enter, checked before they are kept.

use domain::identifiers::{is_blank, is_invisible};
use domain::limits::{MAX_LINE, MAX_NOTE};
use serde_json::Value;

use crate::problem::Error;

/// A text of one line, without the blanks around it; empty where nothing of it can be seen.
///
/// # Errors
/// Names the field if the text is too long or holds control characters.
pub fn line(field: &str, text: &str) -> Result<String, Error> {
    seen(text).map_err(|message| Error::field(field, message))
}

/// The same, where the caller knows the field.
///
/// # Errors
/// What is wrong, in words.
pub fn seen(text: &str) -> Result<String, String> {
    let text = text.trim();
    check(text, MAX_LINE, char::is_control)?;
    let is_seen = |c: char| !(is_invisible(c) || is_blank(c) || c.is_whitespace());
    Ok(if text.contains(is_seen) {
        text.to_owned()
    } else {
        String::new()
    })
}

/// A text of several lines, as it was entered.
///
/// # Errors
/// As [`line`].
pub fn note(field: &str, text: String) -> Result<String, Error> {
    let is_bad = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    check(&text, MAX_NOTE, is_bad).map_err(|message| Error::field(field, message))?;
    Ok(text)
}

/// The texts of a field of a record's JSON, as [`domain::field::Field::wrong`] takes them.
pub fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Null => vec![String::new()],
        Value::String(text) => vec![text.clone()],
        Value::Array(values) => values.iter().flat_map(texts).collect(),
        other => vec![other.to_string()],
    }
}

fn check(text: &str, most: usize, is_bad: impl Fn(char) -> bool) -> Result<(), String> {
    if text.chars().count() > most {
        return Err(format!("at most {most} characters"));
    }
    if text.contains(is_bad) {
        return Err("a control character cannot be kept".into());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn what_is_kept_of_a_line() {
        assert_eq!(line("name", " Łódź 1 ").unwrap(), "Łódź 1");
        assert_eq!(line("name", "\u{200b}\u{a0}").unwrap(), "");
        assert!(line("name", &"ö".repeat(MAX_LINE)).is_ok());
        for bad in ["a\0b", "a\nb", "\u{1b}[31m", &"ö".repeat(MAX_LINE + 1)] {
            assert!(line("name", bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn a_note_has_lines() {
        assert_eq!(note("note", " a\n\tb ".into()).unwrap(), " a\n\tb ");
        assert!(note("note", "a\0b".into()).is_err());
        assert!(note("note", "x".repeat(MAX_NOTE + 1)).is_err());
    }
}
