//! A filter made ready to be asked of cells, in memory or in SQL.

use super::{Condition, Filter};
use crate::Timestamp;
use crate::column::{Cell, Head, Kind};
use crate::identifiers::{auth_key, chip_key, is_contract_key};
use crate::moment::{self, Zone};
use crate::text::fold;

/// What a filter asks of a column.
#[derive(Clone, Debug, PartialEq)]
pub struct Ready {
    pub head: &'static Head,
    pub test: Test,
    /// Rows for which the test does *not* hold are meant.
    pub negated: bool,
}

/// What is asked of a cell. Texts are compared as [`comparable`] gives them; a cell with nothing in it
/// is the empty text, no number and no moment.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    Contains(String),
    StartsWith(String),
    OneOf(Vec<String>),
    /// One of the keys, or one of the contracts with any one character behind it: whoever filters for a
    /// contract id also finds it with a wrong check character.
    AuthIds {
        keys: Vec<String>,
        /// Those of the keys that are contract ids, 14 characters each.
        contracts: Vec<String>,
    },
    Empty,
    Numbers(Vec<f64>),
    Less(f64),
    Greater(f64),
    /// Both ends count.
    Within(f64, f64),
    /// From the first moment to before the second; of a column of dates, days.
    Span(Option<Timestamp>, Option<Timestamp>),
}

/// The text by which a cell of a kind is compared. SQL columns that are filtered hold the same text.
pub fn comparable(kind: Kind, cell: &Cell) -> String {
    match (cell, kind) {
        (Cell::Empty, _) => String::new(),
        (Cell::Text(text), Kind::AuthId) => auth_key(text),
        (Cell::Text(text), Kind::ChipId) => chip_key(text),
        (Cell::Text(text), Kind::Time) => text.clone(),
        (Cell::Text(text), Kind::Pacific) => moment::local(text, Zone::Pacific).unwrap_or_default(),
        (Cell::Text(text), _) => fold(text),
        (Cell::Number(number), _) => number.to_string(),
        (Cell::Bool(value), _) => if *value { "yes" } else { "no" }.to_owned(),
    }
}

impl Ready {
    /// Whether a row with that cell is meant.
    pub fn holds(&self, cell: &Cell) -> bool {
        let text = || comparable(self.head.kind, cell);
        let number = || match cell {
            Cell::Number(number) => Some(*number),
            _ => None,
        };
        let holds = match &self.test {
            Test::Contains(part) => text().contains(part.as_str()),
            Test::StartsWith(part) => text().starts_with(part.as_str()),
            Test::OneOf(all) => all.contains(&text()),
            Test::AuthIds { keys, contracts } => {
                let text = text();
                let contract = text.get(..14).filter(|_| text.len() == 15);
                keys.contains(&text) || contract.is_some_and(|own| contracts.iter().any(|id| id == own))
            }
            Test::Empty => text().is_empty(),
            Test::Numbers(all) => number().is_some_and(|number| all.contains(&number)),
            Test::Less(than) => number().is_some_and(|number| number < *than),
            Test::Greater(than) => number().is_some_and(|number| number > *than),
            Test::Within(from, to) => number().is_some_and(|number| (*from..=*to).contains(&number)),
            Test::Span(from, end) => match cell {
                Cell::Text(at) => {
                    from.as_ref().is_none_or(|from| at >= from) && end.as_ref().is_none_or(|end| at < end)
                }
                _ => false,
            },
        };
        holds != self.negated
    }
}

impl Filter {
    /// What [`Filter::test`] would say is wrong, without making the filter ready: all that the browser needs.
    ///
    /// # Errors
    /// Why its value does not fit, in the reader's words.
    pub fn check(&self) -> Result<(), String> {
        let kind = self.field.kind;
        let one = |value: &String| match kind {
            Kind::AuthId if auth_key(value).is_empty() => Err(nothing_of(value)),
            Kind::ChipId if chip_key(value).is_empty() => Err(nothing_of(value)),
            _ if matches!(self.condition, Condition::Contains | Condition::NotContains) => Ok(()),
            Kind::Number => number(value).map(drop),
            Kind::Time | Kind::Pacific | Kind::Date => span(kind, value).map(drop),
            Kind::Bool if !["yes", "no"].iter().any(|word| value.eq_ignore_ascii_case(word)) => {
                Err(format!("“{value}” is neither yes nor no"))
            }
            _ => Ok(()),
        };
        let values = self.values()?;
        values.iter().try_for_each(one)?;
        match &values[..] {
            [from, to] if self.condition == Condition::Between => {
                let turned = match kind {
                    Kind::Number => number(from)? > number(to)?,
                    _ => span(kind, from)?.0 > span(kind, to)?.0,
                };
                match turned {
                    true => Err(format!(
                        "“{from}” comes after “{to}”; write the smaller one first"
                    )),
                    false => Ok(()),
                }
            }
            _ => Ok(()),
        }
    }

    /// Makes the filter ready.
    ///
    /// # Errors
    /// Why its value does not fit, in the reader's words.
    pub fn test(&self) -> Result<Ready, String> {
        use Condition::*;
        self.check()?;
        let kind = self.field.kind;
        let values = self.values()?;
        let texts = || {
            values
                .iter()
                .map(|value| needle(kind, value))
                .collect::<Result<Vec<_>, _>>()
        };
        let numbers = || {
            values
                .iter()
                .map(|value| number(value))
                .collect::<Result<Vec<f64>, _>>()
        };
        let spans = || {
            values
                .iter()
                .map(|value| span(kind, value))
                .collect::<Result<Vec<_>, _>>()
        };
        let is_time = matches!(kind, Kind::Time | Kind::Pacific | Kind::Date);
        let test = match self.condition {
            Contains | NotContains => Test::Contains(one(texts()?)),
            StartsWith => Test::StartsWith(one(texts()?)),
            Is | IsNot if is_time => {
                let (from, end) = one(spans()?);
                Test::Span(Some(from), Some(end))
            }
            Is | IsNot | In if kind == Kind::Number => Test::Numbers(numbers()?),
            Is | IsNot | In if kind == Kind::AuthId => {
                let keys = texts()?;
                let contracts = keys.iter().filter(|key| is_contract_key(key)).cloned().collect();
                Test::AuthIds { keys, contracts }
            }
            Is | IsNot | In => Test::OneOf(texts()?),
            Less => Test::Less(one(numbers()?)),
            Greater => Test::Greater(one(numbers()?)),
            Before => Test::Span(None, Some(one(spans()?).0)),
            After => Test::Span(Some(one(spans()?).1), None),
            Between if is_time => {
                let spans = spans()?;
                Test::Span(
                    spans.first().map(|s| s.0.clone()),
                    spans.get(1).map(|s| s.1.clone()),
                )
            }
            Between => match numbers()?[..] {
                [from, to] => Test::Within(from, to),
                _ => return Err("it takes two values, from and to".into()),
            },
            IsEmpty | IsNotEmpty => Test::Empty,
        };
        Ok(Ready {
            head: self.field,
            test,
            negated: matches!(self.condition, NotContains | IsNot | IsNotEmpty),
        })
    }
}

/// [`Filter::values`] of a condition with one operand has one.
fn one<T: Default>(values: Vec<T>) -> T {
    values.into_iter().next().unwrap_or_default()
}

fn needle(kind: Kind, value: &str) -> Result<String, String> {
    // No cell holds one, and SQL stumbles over it.
    let value = &value.replace('\0', "");
    let text = match kind {
        Kind::Time => value.to_ascii_uppercase(),
        Kind::Pacific => value.replace('T', " "),
        Kind::Number => value.to_owned(),
        Kind::AuthId => auth_key(value),
        Kind::ChipId => chip_key(value),
        _ => fold(value),
    };
    if text.is_empty() {
        return Err(nothing_of(value));
    }
    Ok(text)
}

fn nothing_of(value: &str) -> String {
    format!("nothing of “{value}” can be compared")
}

fn number(value: &str) -> Result<f64, String> {
    decimal(value).ok_or_else(|| format!("“{value}” is no number"))
}

/// A decimal number of at most 15 digits, which a double holds: its whole digits by a power of ten, both
/// exact. The standard library reads any number, with tables that weigh more than a page of the browser.
fn decimal(text: &str) -> Option<f64> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1.0, digits),
        None => (1.0, text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all = [whole, fraction].concat();
    let plain = !whole.is_empty() && !fraction.is_empty() && all.len() <= 15;
    let number: u64 = all
        .bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| all.parse().ok())??;
    let scale = 10_u64.pow(u32::try_from(fraction.len().min(15)).unwrap_or_default());
    plain.then_some(sign * number as f64 / scale as f64)
}

fn span(kind: Kind, value: &str) -> Result<(Timestamp, Timestamp), String> {
    let zone = if kind == Kind::Pacific {
        Zone::Pacific
    } else {
        Zone::Utc
    };
    let (mut from, mut end) =
        moment::span(value, zone).ok_or_else(|| format!("“{value}” is no date; write it as 2026-11-20"))?;
    if kind == Kind::Date {
        from.truncate(10);
        end.truncate(10);
    }
    Ok((from, end))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::column::Listed;
    use crate::tokens::Token;

    fn holds(filter: &str, cell: impl Into<Cell>) -> bool {
        Filter::read(filter, Token::HEADS)
            .unwrap()
            .test()
            .unwrap()
            .holds(&cell.into())
    }

    #[test]
    fn ids_compare_by_key() {
        let id = "NL-GFX-C0B34A240-H";
        assert!(holds("authId:is:nl-gfx-c0b34a240", id));
        assert!(holds("authId:in:x,NLGFXC0B34A240", id));
        assert!(holds("authId:startsWith:nl gfx", id));
        assert!(holds("authId:contains:c0b34", id));
        assert!(!holds("authId:isNot:nl-gfx-c0b34a240", id));
        assert!(holds("authId:is:nl-gfx-c0b34a240", "NL-GFX-C0B34A240-2"));
        assert!(!holds("authId:is:nl-gfx-c0b34a240-h", "NL-GFX-C0B34A240-2"));
        assert!(!holds("authId:is:12345678901234", "123456789012345"));
        assert!(holds("chipId:is:04:a1:b2:c3", "04A1B2C3"));
    }

    #[test]
    fn texts_compare_without_case_and_accents() {
        assert!(holds("note:is:OSTERREICH", "Österreich"));
        assert!(holds("note:contains:50%", "at 50% off"));
        assert!(!holds("note:contains:50_", "at 50% off"));
        assert!(holds("note:notContains:x", ""));
        assert!(!holds("note:contains:x", ""));
        assert!(holds("note:isEmpty:", "") && !holds("note:isNotEmpty:", ""));
    }

    #[test]
    fn days_are_whole() {
        let at = "2026-11-20T23:59:59Z";
        assert!(holds("expires:is:2026-11-20", at) && !holds("expires:isNot:2026-11-20", at));
        assert!(holds("expires:before:2026-11-21", at) && !holds("expires:before:2026-11-20", at));
        assert!(holds("expires:after:2026-11-19", at) && !holds("expires:after:2026-11-20", at));
        assert!(holds("expires:between:2026-11-19,2026-11-20", at));
        assert!(holds("expires:contains:2026-11", at));
        let (last, first) = ("9999-12-31T23:59:59Z", "2000-01-01T00:00:00Z");
        assert!(holds("expires:is:9999-12-31", last) && !holds("expires:after:9999-12-31", last));
        assert!(!holds("expires:after:9999-12-31", at) && holds("expires:after:9999-12-30", last));
        for moment in [first, at, last] {
            assert!(holds("expires:between:2000-01-01,9999-12-31", moment), "{moment}");
        }
        assert!(!holds("expires:before:2030-01-01", "") && holds("expires:isNot:2026-11-20", ""));
    }

    #[test]
    fn numbers_compare_as_numbers() {
        let heads = crate::customers::Customer::HEADS;
        let holds = |text: &str, number: u64| {
            let filter = Filter::read(text, heads).unwrap().test().unwrap();
            filter.holds(&number.into())
        };
        assert!(holds("tokens:lt:10", 9) && !holds("tokens:lt:10", 10));
        assert!(holds("tokens:between:9,10", 10) && holds("tokens:gt:-1", 0));
        assert!(holds("tokens:is:7.0", 7) && !holds("tokens:gt:7.5", 7) && holds("tokens:lt:7.25", 7));
        for wrong in ["", "-", "1.", ".5", "1e3", "0x1", "1,5", "1234567890123456"] {
            assert_eq!(decimal(wrong), None, "{wrong}");
        }
        assert!(holds("tokens:in:1,2", 2) && holds("tokens:contains:2", 123));
    }

    #[test]
    fn a_value_that_does_not_fit_is_named() {
        let why = |text| Filter::read(text, Token::HEADS).unwrap().test().unwrap_err();
        assert_eq!(
            why("expires:before:tomorrow"),
            "“tomorrow” is no date; write it as 2026-11-20"
        );
        let turned = "“2026-02-01” comes after “2026-01-01”; write the smaller one first";
        assert_eq!(why("expires:between:2026-02-01,2026-01-01"), turned);
        assert_eq!(why("valid:is:zzz"), "“zzz” is neither yes nor no");
        assert!(holds("valid:is:YES", true) && holds("valid:contains:e", true));
        assert!(holds(
            "expires:between:2026-11-20,2026-11-20",
            "2026-11-20T08:00:00Z"
        ));
        let counts = Filter::read("tokens:between:10,9", crate::customers::Customer::HEADS);
        assert!(
            counts
                .unwrap()
                .test()
                .unwrap_err()
                .starts_with("“10” comes after “9”")
        );
        assert_eq!(why("authId:is:--"), "nothing of “--” can be compared");
    }
}
