//! Filters as conditions. Each gives the answer that `Ready::holds` gives of the row in memory.

use domain::filter::{Ready, Test};
use domain::listing::ListQuery;

use super::super::text;
use super::{Scope, Table, now_in};
use crate::problem::Error;

impl Scope {
    /// Narrows to the rows that the query's filters mean.
    ///
    /// # Errors
    /// What of the filters cannot be understood, by number.
    pub(super) fn filter(&mut self, table: &Table, query: &ListQuery) -> Result<(), Error> {
        let filters = query.ready(table.heads).map_err(Error::fields)?;
        let conditions = filters
            .iter()
            .map(|filter| self.condition(table, filter))
            .collect::<Result<Vec<String>, Error>>()?;
        if !conditions.is_empty() {
            self.narrow(&conditions.join(if query.any { " OR " } else { " AND " }));
        }
        Ok(())
    }

    fn condition(&mut self, table: &Table, filter: &Ready) -> Result<String, Error> {
        let column = table.column(filter.head.key)?;
        let text = column.text_sql();
        let value = column.value_sql();
        let condition = match &filter.test {
            Test::Contains(part) => self.like(&text, text::contains(part)),
            Test::StartsWith(part) => self.like(&text, text::starts_with(part)),
            Test::OneOf(all) => {
                let marks = self.marks(all);
                within(column.within, &format!("{text} IN ({})", marks.join(", ")))
            }
            Test::AuthIds { keys, contracts } => {
                let marks = self.marks(keys);
                let mut condition = within(column.within, &format!("{text} IN ({})", marks.join(", ")));
                let marks: Vec<&str> = keys
                    .iter()
                    .zip(&marks)
                    .filter(|(key, _)| contracts.contains(key))
                    .map(|(_, mark)| mark.as_str())
                    .collect();
                if !marks.is_empty() {
                    // As the index has it: 14 characters, and one behind them.
                    condition = format!(
                        "({condition}) OR (SUBSTR({text}, 1, 14) IN ({}) AND LENGTH({text}) = 15)",
                        marks.join(", ")
                    );
                }
                condition
            }
            Test::Empty => format!("COALESCE({text}, '') = ''"),
            Test::Numbers(all) => {
                let marks: Vec<String> = all.iter().map(|number| self.number(*number)).collect();
                format!("{value} IN ({})", marks.join(", "))
            }
            Test::Less(than) => format!("{value} < {}", self.number(*than)),
            Test::Greater(than) => format!("{value} > {}", self.number(*than)),
            Test::Within(from, to) => {
                format!("{value} BETWEEN {} AND {}", self.number(*from), self.number(*to))
            }
            Test::Span(from, end) => {
                let mut condition = format!("{value} <> ''");
                for (sign, at) in [(">=", from), ("<", end)] {
                    if let Some(at) = at {
                        condition += &format!(" AND {value} {sign} ${}", self.bind(at.as_str()));
                    }
                }
                condition
            }
        };
        let condition = now_in(&condition);
        Ok(if filter.negated {
            format!("(({condition}) IS NOT TRUE)")
        } else {
            format!("({condition})")
        })
    }

    fn like(&mut self, text: &str, pattern: String) -> String {
        format!(r"{text} LIKE ${} ESCAPE '\'", self.bind(pattern))
    }

    fn marks(&mut self, values: &[String]) -> Vec<String> {
        values
            .iter()
            .map(|value| format!("${}", self.bind(value.as_str())))
            .collect()
    }

    /// The driver sends fractions as texts only; see the books' own page.
    fn number(&mut self, number: f64) -> String {
        format!("CAST(${} AS DOUBLE PRECISION)", self.bind(number.to_string()))
    }
}

fn within(condition: &str, equal: &str) -> String {
    if condition.is_empty() {
        equal.to_owned()
    } else {
        format!("{condition} AND {equal}")
    }
}
