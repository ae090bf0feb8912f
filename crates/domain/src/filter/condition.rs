//! The conditions, and which of them fit a kind of column.

use crate::column::Kind;

/// How a field is compared with a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    Contains,
    NotContains,
    Is,
    IsNot,
    StartsWith,
    In,
    Less,
    Greater,
    Before,
    After,
    Between,
    IsEmpty,
    IsNotEmpty,
}

/// How many values a condition takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operand {
    None,
    One,
    Two,
    Many,
}

use Condition::*;

/// Each with its word in addresses and its label.
const ALL: &[(Condition, &str, &str)] = &[
    (Contains, "contains", "Contains"),
    (NotContains, "notContains", "Does not contain"),
    (Is, "is", "Is"),
    (IsNot, "isNot", "Is not"),
    (StartsWith, "startsWith", "Starts with"),
    (In, "in", "Is any of"),
    (Less, "lt", "Less than"),
    (Greater, "gt", "Greater than"),
    (Before, "before", "Before"),
    (After, "after", "After"),
    (Between, "between", "Between"),
    (IsEmpty, "isEmpty", "Is empty"),
    (IsNotEmpty, "isNotEmpty", "Is not empty"),
];

impl Condition {
    /// The condition of that word.
    pub fn of(word: &str) -> Option<Self> {
        ALL.iter()
            .find(|(_, own, _)| *own == word)
            .map(|(condition, ..)| *condition)
    }

    /// All conditions that fit a kind of column, in the order in which they are offered.
    pub fn of_kind(kind: Kind) -> impl Iterator<Item = Self> {
        ALL.iter()
            .map(|(condition, ..)| *condition)
            .filter(move |condition| condition.fits(kind))
    }

    /// Whether a column of that kind can be asked this.
    pub fn fits(self, kind: Kind) -> bool {
        match self {
            Contains | NotContains | Is => true,
            IsNot | IsEmpty | IsNotEmpty => kind != Kind::Bool,
            StartsWith => kind == Kind::Text || kind.is_id(),
            In => kind == Kind::Text || kind.is_id() || matches!(kind, Kind::Choice(_) | Kind::Number),
            Less | Greater => kind == Kind::Number,
            Before | After => matches!(kind, Kind::Time | Kind::Pacific | Kind::Date),
            Between => matches!(kind, Kind::Number | Kind::Time | Kind::Pacific | Kind::Date),
        }
    }

    pub fn operand(self) -> Operand {
        match self {
            IsEmpty | IsNotEmpty => Operand::None,
            In => Operand::Many,
            Between => Operand::Two,
            _ => Operand::One,
        }
    }

    fn row(self) -> &'static (Self, &'static str, &'static str) {
        ALL.iter()
            .find(|(condition, ..)| *condition == self)
            .unwrap_or(&ALL[0])
    }

    /// The word in addresses.
    pub fn word(self) -> &'static str {
        self.row().1
    }

    /// The words on screen.
    pub fn label(self) -> &'static str {
        self.row().2
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_condition_has_its_own_row() {
        for (condition, word, label) in ALL {
            assert_eq!(Condition::of(word), Some(*condition));
            assert_eq!((condition.word(), condition.label()), (*word, *label));
        }
        assert_eq!(ALL.len(), 13);
    }

    #[test]
    fn every_kind_can_be_asked_what_the_seed_names() {
        let kinds = [
            Kind::Text,
            Kind::Id,
            Kind::AuthId,
            Kind::ChipId,
            Kind::Number,
            Kind::Time,
            Kind::Pacific,
            Kind::Date,
            Kind::Choice(&[]),
            Kind::Bool,
        ];
        for kind in kinds {
            let first: Vec<_> = Condition::of_kind(kind).take(3).collect();
            assert_eq!(first, [Contains, NotContains, Is], "{kind:?}");
        }
    }
}
