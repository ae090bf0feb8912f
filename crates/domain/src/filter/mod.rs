//! Filters: field, condition and value, as they stand in a URL, and what they mean for a row.
//!
//! A filter is written `FIELD:CONDITION:VALUE`. The same words stand in the portal's addresses, in the
//! REST API and in saved views. [`Filter::read`] tells what is wrong with one; [`Filter::test`] makes it
//! ready for rows in memory and for SQL, so that both give the same answer.

mod condition;
mod test;

pub use condition::{Condition, Operand};
pub use test::{Ready, Test, comparable};

use crate::column::Head;
use crate::limits::{MAX_FILTER_BYTES, MAX_FILTER_VALUE, MAX_FILTER_VALUES};

/// A filter whose field and condition are known; its value may still be wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    pub field: &'static Head,
    pub condition: Condition,
    /// One value, two with a comma between them, or a list: see [`join`].
    pub value: String,
}

impl Filter {
    /// Reads a filter as it is written.
    ///
    /// # Errors
    /// Why it cannot be understood, in the reader's words.
    pub fn read(text: &str, heads: &'static [Head]) -> Result<Self, String> {
        let mut parts = text.splitn(3, ':');
        let (key, word) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let value = parts.next().unwrap_or_default().to_owned();
        let field = heads.iter().find(|head| head.key == key && head.filtered);
        let field = field.ok_or_else(|| format!("there is no field “{}” here", cut(key)))?;
        let condition =
            Condition::of(word).ok_or_else(|| format!("there is no condition “{}”", cut(word)))?;
        if !condition.fits(field.kind) {
            return Err(format!("“{}” does not fit {}", condition.label(), field.label));
        }
        Ok(Self {
            field,
            condition,
            value,
        })
    }

    /// The filter as [`Filter::read`] reads it.
    pub fn write(&self) -> String {
        format!("{}:{}:{}", self.field.key, self.condition.word(), self.value)
    }

    /// The single values: none, one, two or many.
    ///
    /// # Errors
    /// Too few, too many or too long ones, in the reader's words.
    pub fn values(&self) -> Result<Vec<String>, String> {
        let operand = self.condition.operand();
        let values: Vec<String> = match operand {
            Operand::None => return Ok(Vec::new()),
            Operand::One => vec![self.value.trim().to_owned()],
            Operand::Two | Operand::Many => split(&self.value),
        };
        let values: Vec<String> = values.into_iter().filter(|value| !value.is_empty()).collect();
        if values.is_empty() {
            return Err("a value is missing".into());
        }
        if operand == Operand::Two && values.len() != 2 {
            return Err("it takes two values, from and to".into());
        }
        if values.len() > MAX_FILTER_VALUES {
            return Err(format!(
                "at most {MAX_FILTER_VALUES} values, these are {}",
                values.len()
            ));
        }
        match values.iter().map(|value| value.chars().count()).max() {
            Some(longest) if longest > MAX_FILTER_VALUE => Err(format!(
                "a value has at most {MAX_FILTER_VALUE} characters, this one has {longest}"
            )),
            _ => Ok(values),
        }
    }
}

/// Why filters are too long for an address; none: they are not.
pub fn too_long<S: AsRef<str>>(filters: &[S]) -> Option<String> {
    // `&filter=` before each; what is escaped takes three.
    let of_byte = |byte: u8| match byte {
        b'-' | b'_' | b'.' | b'*' => 1,
        _ if byte.is_ascii_alphanumeric() => 1,
        _ => 3,
    };
    let of_filter = |filter: &S| 8 + filter.as_ref().bytes().map(of_byte).sum::<usize>();
    let all: usize = filters.iter().map(of_filter).sum();
    (all > MAX_FILTER_BYTES).then(|| {
        let percent = (MAX_FILTER_BYTES * 100 / all).max(1);
        format!("The values are too long for one address; paste fewer, about {percent} of 100 fit")
    })
}

/// What is quoted back of something unknown.
fn cut(text: &str) -> String {
    text.chars()
        .filter(|letter| !letter.is_control())
        .take(40)
        .collect()
}

/// A list of values as one: commas between them, a backslash before commas and backslashes in them.
pub fn join<S: AsRef<str>>(values: impl IntoIterator<Item = S>) -> String {
    let mut all = String::new();
    for value in values {
        if !all.is_empty() {
            all.push(',');
        }
        for letter in value.as_ref().chars() {
            if matches!(letter, ',' | '\\') {
                all.push('\\');
            }
            all.push(letter);
        }
    }
    all
}

/// The values of a list, without blanks around them.
pub fn split(list: &str) -> Vec<String> {
    let (mut values, mut value) = (Vec::new(), String::new());
    let mut letters = list.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => value.extend(letters.next()),
            ',' => values.push(std::mem::take(&mut value)),
            _ => value.push(letter),
        }
    }
    values.push(value);
    values.into_iter().map(|value| value.trim().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::column::Listed;
    use crate::tokens::Token;

    #[test]
    fn a_filter_is_written_as_it_is_read() {
        for text in [
            "authId:is:NL:1",
            "customer:contains:a:b,c",
            "expires:isEmpty:",
            "type:in:RFID,Other",
        ] {
            assert_eq!(Filter::read(text, Token::HEADS).unwrap().write(), text);
        }
    }

    #[test]
    fn what_cannot_be_understood_is_named() {
        let why = |text| Filter::read(text, Token::HEADS).unwrap_err();
        assert_eq!(why("colour:is:red"), "there is no field “colour” here");
        assert_eq!(why("note:like:x"), "there is no condition “like”");
        assert_eq!(why("note:before:2026-01-01"), "“Before” does not fit Note");
        assert_eq!(why(""), "there is no field “” here");
    }

    #[test]
    fn values_are_counted_and_measured() {
        let values = |text: &str| Filter::read(text, Token::HEADS).unwrap().values();
        assert_eq!(values("note:contains: x ").unwrap(), ["x"]);
        assert_eq!(values(r"note:in:a\,b, c ,,\\").unwrap(), ["a,b", "c", r"\"]);
        assert_eq!(values("note:contains:").unwrap_err(), "a value is missing");
        assert_eq!(
            values("expires:between:2026-01-01").unwrap_err(),
            "it takes two values, from and to"
        );
        let long = format!("note:contains:{}", "ö".repeat(100_000));
        assert!(values(&long).unwrap_err().ends_with("this one has 100000"));
        let many = format!("note:in:{}", "a,".repeat(1_001));
        assert_eq!(values(&many).unwrap_err(), "at most 1000 values, these are 1001");
    }

    #[test]
    fn a_thousand_ids_fit_into_an_address_and_a_thousand_sentences_do_not() {
        let values = |one: &str| format!("authId:in:{}", vec![one; 1_000].join(","));
        assert_eq!(too_long(&[values(&"x".repeat(40))]), None);
        assert_eq!(too_long(&[values("04:A1:B2:C3:D4:E5:F6:07:18:29")]), None);
        let why = too_long(&[values(&"x".repeat(117))]).unwrap();
        assert!(why.ends_with("about 49 of 100 fit"), "{why}");
        let two = [values(&"x".repeat(40)), values(&"x".repeat(40))];
        assert!(too_long(&two).is_some());
    }

    #[test]
    fn any_values_come_back_from_a_list() {
        let values = ["a", "b,c", r"d\", "e\\,f"];
        assert_eq!(split(&join(values)), values);
    }
}
