//! The field table: what a record's form asks, once, for the form in the browser and the check on the
//! server.

use crate::identifiers::{is_placeholder, is_scientific};
use crate::limits::{MAX_LINE, MAX_NOTE, MAX_PASSWORD, MIN_PASSWORD};

/// What can be entered into a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// One line of text.
    Line,
    /// An identifier: one line, monospaced.
    Id,
    /// A serial number: letters and digits, and what stands between them.
    Serial,
    Email,
    Phone,
    /// Several lines.
    Note,
    /// A whole number between the two, both included.
    Number(u64, u64),
    /// A day: `2026-11-20`.
    Date,
    /// A day and minute of America/Los_Angeles.
    Pacific,
    /// A day and minute of the reader's own zone; it travels as RFC 3339 in UTC.
    Moment,
    /// One of these.
    Choice(&'static [&'static str]),
    /// One of these, or any other text.
    Suggested(&'static [&'static str]),
    /// Some of these.
    Some(&'static [&'static str]),
    /// Lines of text, one value each.
    Lines,
    Flag,
    /// A password that there is, as it is typed: blanks count.
    Password,
    /// A password to be.
    NewPassword,
    /// Keys of [`crate::access::PERMISSIONS`], one value each.
    Permissions,
    /// The same, of those that one has.
    OwnPermissions,
    /// Ids of organizations, one value each.
    Organizations,
}

/// One field of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// The record's own name for it, in JSON.
    pub key: &'static str,
    pub label: &'static str,
    pub input: Input,
    /// What helps to fill it in; empty: nothing.
    pub hint: &'static str,
    pub required: bool,
}

impl Field {
    pub const fn new(key: &'static str, label: &'static str, input: Input) -> Self {
        Self {
            key,
            label,
            input,
            hint: "",
            required: false,
        }
    }

    /// The same field, which cannot stay empty.
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// The same field with a hint.
    pub const fn hint(mut self, hint: &'static str) -> Self {
        self.hint = hint;
        self
    }

    /// What is wrong with an entered text, in the reader's words. Choices of several and lines are checked
    /// one by one; flags are always right.
    pub fn wrong(&self, text: &str) -> Option<String> {
        let is_password = matches!(self.input, Input::Password | Input::NewPassword);
        let text = if is_password { text } else { text.trim() };
        if text.is_empty() {
            return self.required.then(|| "this cannot stay empty".into());
        }
        let most = match self.input {
            Input::Note => MAX_NOTE,
            Input::Password | Input::NewPassword => MAX_PASSWORD,
            _ => MAX_LINE,
        };
        if text.chars().count() > most {
            return Some(format!("at most {most} characters"));
        }
        match self.input {
            Input::Number(least, most) => {
                let number: Option<u64> = text.parse().ok();
                let within = number.is_some_and(|number| (least..=most).contains(&number));
                (!within).then(|| format!("a whole number from {least} to {most}"))
            }
            Input::Serial => no_serial(text),
            Input::Email => (!text.contains('@')).then(|| "an e-mail address has an @".into()),
            Input::Choice(words) | Input::Some(words) => {
                (!words.contains(&text)).then(|| format!("one of {}", words.join(", ")))
            }
            Input::Pacific => {
                let span = crate::moment::span(text, crate::moment::Zone::Pacific);
                span.is_none().then(|| "a date such as 2026-11-20 08:15".into())
            }
            Input::Date => {
                let day = crate::moment::span(text, crate::moment::Zone::Utc).filter(|_| text.len() == 10);
                day.is_none().then(|| "a date such as 2026-11-20".into())
            }
            Input::NewPassword => (text.chars().count() < MIN_PASSWORD).then(|| {
                format!(
                    "at least {MIN_PASSWORD} characters; a few words that do not belong together are best"
                )
            }),
            Input::Permissions | Input::OwnPermissions => {
                let known = crate::access::permission_of(text).is_some();
                (!known).then(|| "a permission of the list".into())
            }
            Input::Line
            | Input::Id
            | Input::Phone
            | Input::Moment
            | Input::Note
            | Input::Suggested(_)
            | Input::Lines
            | Input::Organizations
            | Input::Password
            | Input::Flag => None,
        }
    }
}

/// Whether a character is of a block of letters outside of ASCII. Which of them are letters says a table of two
/// kilobytes, which the app would carry for this alone.
fn is_letter_abroad(c: char) -> bool {
    matches!(c, '\u{c0}'..='\u{2ff}' | '\u{370}'..='\u{1fff}' | '\u{2c00}'..='\u{2dff}'
        | '\u{3040}'..='\u{d7ff}' | '\u{f900}'..='\u{fdff}' | '\u{10000}'..='\u{1efff}')
}

/// Why a text is no serial number. Spreadsheets, too, are read by this.
fn no_serial(text: &str) -> Option<String> {
    let is_of_one = |c: char| c.is_ascii_alphanumeric() || "-_./:#".contains(c) || is_letter_abroad(c);
    let said = if text.contains(char::is_whitespace) {
        "a serial number has no blanks"
    } else if is_placeholder(text) {
        "this stands for no serial number"
    } else if is_scientific(text) {
        "a spreadsheet made a rounded number of it; format its column as text"
    } else if !text.chars().all(is_of_one) {
        "a serial number has letters, digits and - _ . / : # only"
    } else {
        return None;
    };
    Some(said.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_serial_number() {
        let field = Field::new("x", "X", Input::Serial);
        for text in [
            "CPT4100000017",
            "007",
            "1e5",
            "CPT-Ä1",
            "ЖД-7",
            "充电7",
            "A/B.7_#2:1",
            " A1 ",
        ] {
            assert_eq!(field.wrong(text), None, "{text}");
        }
        for (text, said) in [
            ("CPT 1", "no blanks"),
            ("A1,A2", "only"),
            ("A1–2", "only"),
            ("A\u{300}1", "only"),
            ("A1…", "only"),
            ("=1+1", "only"),
            ("n/a", "stands for no"),
            ("#REF!", "stands for no"),
            ("---", "stands for no"),
            ("4.1E+13", "rounded"),
        ] {
            let wrong = field.wrong(text).unwrap_or_default();
            assert!(wrong.contains(said), "{text}: {wrong}");
        }
    }

    #[test]
    fn what_is_wrong_is_said() {
        let wrong = |input, text: &str| Field::new("x", "X", input).wrong(text);
        assert_eq!(wrong(Input::Line, ""), None);
        assert_eq!(
            Field::new("x", "X", Input::Line).required().wrong(" "),
            Some("this cannot stay empty".into())
        );
        assert_eq!(
            wrong(Input::Number(1, 9), "10"),
            Some("a whole number from 1 to 9".into())
        );
        assert_eq!(wrong(Input::Number(1, 9), "9"), None);
        assert_eq!(wrong(Input::Choice(&["A", "B"]), "C"), Some("one of A, B".into()));
        assert_eq!(wrong(Input::Suggested(&["A"]), "C"), None);
        assert_eq!(
            wrong(Input::Line, &"x".repeat(256)),
            Some("at most 255 characters".into())
        );
        assert_eq!(wrong(Input::Pacific, "2026-11-20 08:15"), None);
        assert_eq!(wrong(Input::NewPassword, "ten blanks          "), None);
        assert!(wrong(Input::NewPassword, "too short").is_some_and(|said| said.starts_with("at least 10")));
        assert_eq!(wrong(Input::Password, " "), None);
        assert_eq!(wrong(Input::Permissions, "View:Token"), None);
        assert!(wrong(Input::OwnPermissions, "Fly:Plane").is_some());
        assert!(wrong(Input::Pacific, "soon").is_some() && wrong(Input::Email, "x").is_some());
    }
}
