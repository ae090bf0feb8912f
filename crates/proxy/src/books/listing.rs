//! The one way to a page of a list: free text, order and page over a table that names what may be
//! searched and sorted by.

use domain::limits::MAX_SEARCH;
use domain::listing::{ListQuery, Page};
use sqlx::any::AnyRow;
use sqlx::query::Query;
use sqlx::{Any, AssertSqlSafe, Row};

use super::{Tx, text};
use crate::clock;
use crate::problem::Error;

/// The SQL side of a list. All of it is written by us; what a request brings is bound.
pub struct Table {
    /// What is selected, without the word.
    pub select: &'static str,
    /// Tables and joins, without the word.
    pub from: &'static str,
    /// Column keys and what to order by, most significant first. `{now}` is this moment.
    pub columns: &'static [(&'static str, &'static [&'static str])],
    /// Folded texts that free text searches.
    pub search: &'static [&'static str],
    /// The order when none is asked for.
    pub order: &'static str,
    /// Makes every order a total one.
    pub tie: &'static str,
}

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
pub struct Scope {
    condition: String,
    binds: Vec<Bind>,
    total: Option<u64>,
}

impl Scope {
    /// All rows.
    pub fn all() -> Self {
        Self {
            condition: "1 = 1".into(),
            binds: Vec::new(),
            total: None,
        }
    }

    /// Rows for which the condition holds.
    pub fn of(condition: &str, binds: impl IntoIterator<Item = Bind>) -> Self {
        Self {
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

    fn bind(&mut self, value: String) -> usize {
        self.binds.push(value.into());
        self.binds.len()
    }

    /// Narrows to rows that free text finds in one of the expressions.
    fn search(&mut self, text: &str, expressions: &[&str]) {
        let Some(patterns) = text::patterns(text) else {
            return;
        };
        self.total = None;
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
        self.condition = format!("({}) AND ({})", self.condition, ways.join(" OR "));
    }
}

fn any_like(expressions: &[&str], n: usize) -> String {
    let each: Vec<String> = expressions
        .iter()
        .map(|expression| format!(r"{expression} LIKE ${n} ESCAPE '\'"))
        .collect();
    format!("({})", each.join(" OR "))
}

/// One page of a list.
pub async fn page<T>(
    tx: &mut Tx,
    table: &Table,
    scope: Scope,
    query: &ListQuery,
    read: impl Fn(&AnyRow) -> Result<T, sqlx::Error>,
) -> Result<Page<T>, Error> {
    let query = query.clone().bounded();
    if query.q.chars().count() > MAX_SEARCH {
        return Err(Error::field("q", format!("at most {MAX_SEARCH} characters")));
    }
    let order = order(table, &query)?;
    let mut scope = scope;
    scope.search(&query.q, table.search);
    let rest = format!("FROM {} WHERE {}", table.from, scope.condition);

    let total = match scope.total {
        Some(total) => total,
        None => {
            let count = format!("SELECT COUNT(*) AS total {rest}");
            let row = bind_all(sqlx::query(AssertSqlSafe(count)), &scope.binds)
                .fetch_one(&mut **tx)
                .await?;
            number(&row, "total")?
        }
    };

    let sql = format!(
        "SELECT {} {rest} ORDER BY {order} LIMIT {} OFFSET {}",
        table.select,
        query.page_size,
        query.offset()
    );
    let rows = bind_all(sqlx::query(AssertSqlSafe(sql)), &scope.binds)
        .fetch_all(&mut **tx)
        .await?;
    let items = rows.iter().map(read).collect::<Result<Vec<T>, _>>()?;
    Ok(Page {
        items,
        total,
        page: query.page,
        page_size: query.page_size,
    })
}

fn order(table: &Table, query: &ListQuery) -> Result<String, Error> {
    let Some((key, descending)) = query.order() else {
        return Ok(format!("{}, {}", table.order, table.tie));
    };
    let Some((_, expressions)) = table.columns.iter().find(|(column, _)| *column == key) else {
        let known: Vec<&str> = table.columns.iter().map(|(column, _)| *column).collect();
        return Err(Error::field(
            "sort",
            format!("`{key}` is no column here; there are {}", known.join(", ")),
        ));
    };
    let direction = if descending { "DESC" } else { "ASC" };
    let mut order = String::new();
    for expression in *expressions {
        let expression = expression.replace("{now}", &format!("'{}'", clock::now()));
        order.push_str(&format!("{expression} {direction}, "));
    }
    Ok(order + table.tie)
}

/// A column that counts.
pub fn number(row: &AnyRow, column: &str) -> Result<u64, sqlx::Error> {
    row.try_get::<i64, _>(column).map(|number| number.max(0) as u64)
}

/// A column that is a flag.
pub fn flag(row: &AnyRow, column: &str) -> Result<bool, sqlx::Error> {
    row.try_get::<i64, _>(column).map(|number| number != 0)
}

/// A number as it is bound.
pub fn bound(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn every_column_of_a_listed_record_can_be_sorted_by() {
        fn check<T: domain::column::Listed>(table: &Table) {
            let known: Vec<&str> = table.columns.iter().map(|(key, _)| *key).collect();
            let listed: Vec<&str> = T::COLUMNS.iter().map(|column| column.key).collect();
            assert_eq!(known, listed, "{}", T::NAME);
        }
        check::<domain::locations::Location>(&super::super::locations::TABLE);
        check::<domain::connections::Connection>(&super::super::connections::TABLE);
        check::<domain::customers::Customer>(&super::super::customers::TABLE);
        check::<domain::tokens::Token>(&super::super::tokens::TABLE);
        check::<domain::authorization::CustomerEntry>(&super::super::authorization::customers::TABLE);
        check::<domain::authorization::TokenEntry>(&super::super::authorization::tokens::TABLE);
        check::<domain::authorization::MayChargeAt>(&super::super::authorization::may_charge::OF_TOKEN);
    }
}
