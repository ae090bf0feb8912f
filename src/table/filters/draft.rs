//! A filter while it is made: what its three controls hold.

use domain::column::{Head, Kind};
use domain::filter::{Condition, Filter, Operand, join, split};

use super::day;
use crate::kit::time;
use crate::prelude::*;

/// A row of the builder. Copies point to the same state.
#[derive(Clone, Copy)]
pub struct Draft {
    pub heads: &'static [Head],
    pub field: RwSignal<String>,
    /// The condition's word.
    pub condition: RwSignal<String>,
    /// As it is typed: a text, a day, or one value per line.
    pub value: RwSignal<String>,
    /// The end of a span.
    pub second: RwSignal<String>,
}

impl Draft {
    /// An empty row.
    pub fn new(heads: &'static [Head]) -> Self {
        let field = heads
            .iter()
            .find(|head| head.filtered)
            .map_or("", |head| head.key);
        Self {
            heads,
            field: RwSignal::new(field.to_owned()),
            condition: RwSignal::new(Condition::Contains.word().to_owned()),
            value: RwSignal::new(String::new()),
            second: RwSignal::new(String::new()),
        }
    }

    /// The row of a filter that is in force.
    pub fn of(filter: &Filter, heads: &'static [Head]) -> Self {
        let draft = Self::new(heads);
        let values = split(&filter.value);
        let plain = |at: usize| {
            values
                .get(at)
                .map(|value| day(value).to_owned())
                .unwrap_or_default()
        };
        let (value, second) = match filter.condition.operand() {
            Operand::None => Default::default(),
            Operand::One => (day(&filter.value).to_owned(), String::new()),
            Operand::Two => (plain(0), plain(1)),
            Operand::Many => (values.join("\n"), String::new()),
        };
        draft.field.set(filter.field.key.to_owned());
        draft.condition.set(filter.condition.word().to_owned());
        draft.value.set(value);
        draft.second.set(second);
        draft
    }

    /// The column, tracked.
    pub fn head(self) -> Option<&'static Head> {
        self.field
            .with(|key| self.heads.iter().find(|head| head.key == key))
    }

    pub fn kind(self) -> Kind {
        self.head().map_or(Kind::Text, |head| head.kind)
    }

    pub fn condition(self) -> Condition {
        self.condition
            .with(|word| Condition::of(word))
            .unwrap_or(Condition::Contains)
    }

    /// What keeps the row from being a filter, tracked; none: nothing.
    pub fn wrong(self) -> Option<String> {
        match self.filter() {
            Ok(Some(_)) => None,
            Ok(None) => Some("a value is missing; fill it in, or remove this filter".into()),
            Err(why) => Some(why),
        }
    }

    /// Whether nothing is filled in yet, tracked.
    pub fn is_blank(self) -> bool {
        let blank = |text: &String| text.trim().is_empty();
        self.condition().operand() != Operand::None && self.value.with(blank) && self.second.with(blank)
    }

    /// The filter that is meant, tracked; none while the row is blank.
    ///
    /// # Errors
    /// What is wrong with the value.
    pub fn filter(self) -> Result<Option<String>, String> {
        let (Some(field), false) = (self.head(), self.is_blank()) else {
            return Ok(None);
        };
        let condition = self.condition();
        let moment = |text: String| match self.takes_days() && field.kind == Kind::Time {
            true => time::day_here(&text),
            false => text,
        };
        let value = self.value.get();
        let value = match condition.operand() {
            Operand::None => String::new(),
            Operand::One => moment(value),
            Operand::Two => join([moment(value), moment(self.second.get())]),
            Operand::Many => join(lines(&value)),
        };
        let filter = Filter {
            field,
            condition,
            value,
        };
        filter.check()?;
        Ok(Some(filter.write()))
    }

    /// Whether the value is a day, tracked.
    pub fn takes_days(self) -> bool {
        let is_time = matches!(self.kind(), Kind::Time | Kind::Pacific | Kind::Date);
        is_time && !matches!(self.condition(), Condition::Contains | Condition::NotContains)
    }

    /// The values there are to choose from, tracked.
    pub fn choices(self) -> &'static [&'static str] {
        match (self.kind(), self.condition()) {
            (_, Condition::Contains | Condition::NotContains) => &[],
            (Kind::Choice(words), _) => words,
            (Kind::Bool, _) => &["Yes", "No"],
            _ => &[],
        }
    }

    /// After another field was chosen: a condition that fits it, and no value.
    pub fn refit(self) {
        let kind = untrack(|| self.kind());
        if !untrack(|| self.condition()).fits(kind) {
            self.condition.set(Condition::Contains.word().to_owned());
        }
        self.value.set(String::new());
        self.second.set(String::new());
    }
}

/// The values of a text that was typed or pasted: lines, commas or tabs between them.
pub fn lines(text: &str) -> Vec<String> {
    let values = text.split(['\n', '\r', '\t', ',']).map(str::trim);
    values
        .filter(|value| !value.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::column::Listed;
    use domain::tokens::Token;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn filters_come_back_from_the_builder() {
        let owner = Owner::new();
        owner.set();
        for text in [
            "authId:contains:NL",
            "note:in:a,b",
            "type:in:RFID,Other",
            "expires:isEmpty:",
            "valid:is:Yes",
        ] {
            let filter = Filter::read(text, Token::HEADS).ok();
            let draft = filter.map(|filter| Draft::of(&filter, Token::HEADS));
            assert_eq!(draft.map(Draft::filter), Some(Ok(Some(text.to_owned()))));
        }
    }

    #[wasm_bindgen_test]
    fn what_is_pasted_becomes_values() {
        assert_eq!(lines("a\r\nb,c\td\n\n e "), ["a", "b", "c", "d", "e"]);
    }

    #[wasm_bindgen_test]
    fn a_blank_row_is_no_filter_and_a_wrong_value_is_named() {
        let owner = Owner::new();
        owner.set();
        let draft = Draft::new(Token::HEADS);
        assert_eq!(draft.filter(), Ok(None));
        assert!(draft.wrong().is_some_and(|why| why.contains("missing")));
        draft.value.set("--".into());
        assert_eq!(draft.filter(), Err("nothing of “--” can be compared".into()));
        draft.field.set("valid".into());
        draft.condition.set(Condition::StartsWith.word().into());
        draft.refit();
        assert_eq!((draft.condition(), draft.is_blank()), (Condition::Contains, true));
    }
}
