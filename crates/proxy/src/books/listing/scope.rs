//! Which rows a list is about: a condition with its values.

use sqlx::Any;
use sqlx::query::Query;

use super::super::text;
use crate::access::Caller;

/// A value to bind.
#[derive(Clone, Debug)]
pub enum Bind {
    Text(String),
    Number(i64),
}

impl From<&str> for Bind {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Bind {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Bind {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

/// Binds values in order.
pub fn bind_all<'q>(
    query: Query<'q, Any, sqlx::any::AnyArguments>,
    binds: &[Bind],
) -> Query<'q, Any, sqlx::any::AnyArguments> {
    binds.iter().fold(query, |query, bind| match bind {
        Bind::Text(text) => query.bind(text.clone()),
        Bind::Number(number) => query.bind(*number),
    })
}

/// A condition with its values; the values are `$1`, `$2` … in it.
#[derive(Clone)]
pub struct Scope {
    pub(super) with: String,
    pub(super) condition: String,
    pub(super) binds: Vec<Bind>,
    pub(super) total: Option<u64>,
}

impl Scope {
    /// All rows.
    pub fn all() -> Self {
        Self {
            with: String::new(),
            condition: "1 = 1".into(),
            binds: Vec::new(),
            total: None,
        }
    }

    /// Rows for which the condition holds.
    pub fn of(condition: &str, binds: impl IntoIterator<Item = Bind>) -> Self {
        Self {
            with: String::new(),
            condition: condition.into(),
            binds: binds.into_iter().collect(),
            total: None,
        }
    }

    /// The same rows, of which it is known how many there are.
    pub fn counted(mut self, total: u64) -> Self {
        self.total = Some(total);
        self
    }

    /// The same rows, with a `WITH` clause before the statement.
    pub fn with(mut self, clause: &str) -> Self {
        self.with = format!("{clause} ");
        self
    }

    /// Takes a value in and gives its number.
    pub(super) fn bind(&mut self, value: impl Into<Bind>) -> usize {
        self.binds.push(value.into());
        self.binds.len()
    }

    /// Narrows to rows for which the condition holds too.
    pub(super) fn narrow(&mut self, condition: &str) {
        self.total = None;
        self.condition = format!("({}) AND ({condition})", self.condition);
    }

    /// Narrows to rows of the organizations that the caller is limited to. `org` is the key of a row's.
    pub fn limit(&mut self, caller: &Caller, org: &str) {
        if let (Some(keys), false) = (&caller.organizations, org.is_empty()) {
            let marks: Vec<String> = keys
                .iter()
                .map(|key| format!("${}", self.bind(key.as_str())))
                .collect();
            self.narrow(&among(org, &marks));
        }
    }

    /// Narrows to rows that free text finds in one of the expressions.
    pub(super) fn search(&mut self, text: &str, expressions: &[&str]) {
        let Some(patterns) = text::patterns(text) else {
            return;
        };
        let mut all_words = Vec::new();
        for word in patterns.words {
            let n = self.bind(word);
            all_words.push(any_like(expressions, n));
        }
        let mut ways = vec![format!("({})", all_words.join(" AND "))];
        for key in patterns.keys {
            let n = self.bind(key);
            ways.push(any_like(expressions, n));
        }
        self.narrow(&ways.join(" OR "));
    }
}

/// That a value is one of those; of none, where there are none.
pub fn among(value: &str, marks: &[String]) -> String {
    match marks {
        [] => "1 = 0".to_owned(),
        marks => format!("{value} IN ({})", marks.join(", ")),
    }
}

fn any_like(expressions: &[&str], n: usize) -> String {
    let each: Vec<String> = expressions
        .iter()
        .map(|expression| format!(r"{expression} LIKE ${n} ESCAPE '\'"))
        .collect();
    format!("({})", each.join(" OR "))
}
