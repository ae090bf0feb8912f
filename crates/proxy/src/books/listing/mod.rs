//! The one way to a page of a list: free text, filters, order and page over a table that names what may
//! be searched, filtered and sorted by.

mod chosen;
mod column;
mod condition;
mod scope;
mod source;

pub use chosen::{as_of, chosen};
pub use column::Column;
pub use scope::{Bind, Scope, among, bind_all};
pub use source::{Export, Rows, Source};

use domain::column::Head;
use domain::limits::MAX_SEARCH;
use domain::listing::{ListQuery, Page};
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row};

use super::Tx;
use crate::clock;
use crate::problem::Error;

/// The SQL side of a list. All of it is written by us; what a request brings is bound.
pub struct Table {
    /// What is selected, without the word; `{now}` is this moment.
    pub select: &'static str,
    /// Tables and joins, without the word.
    pub from: &'static str,
    /// The columns as their record declares them.
    pub heads: &'static [Head],
    /// Their SQL side: one for each that is filtered.
    pub columns: &'static [Column],
    /// Folded texts that free text searches.
    pub search: &'static [&'static str],
    /// The order when none is asked for.
    pub order: &'static str,
    /// Makes every order a total one.
    pub tie: &'static str,
    /// The row's own id, as a text.
    pub id: &'static str,
    /// That text of a row's id as it travels.
    pub key: fn(&str) -> String,
    /// The key of the organization that a row belongs to; empty: rows belong to everybody, or to a record that
    /// was asked for before.
    pub org: &'static str,
    /// The moments at which a row came or was changed, or what it shows of other records: the latest counts.
    /// Without any, the list offers no change of all that a query means.
    pub changed: &'static [&'static str],
}

impl Table {
    fn column(&self, key: &str) -> Result<&Column, Error> {
        let column = self.columns.iter().find(|column| column.key == key);
        column.ok_or_else(|| Error::Internal(format!("the column {key} has no SQL")))
    }
}

/// Narrows to the rows that free text and filters mean.
fn narrow(table: &Table, scope: &mut Scope, query: &ListQuery) -> Result<(), Error> {
    if query.q.chars().count() > MAX_SEARCH {
        return Err(Error::field("q", format!("at most {MAX_SEARCH} characters")));
    }
    scope.search(&query.q, table.search);
    scope.filter(table, query)
}

/// How many rows there are.
async fn count(tx: &mut Tx, table: &Table, scope: &Scope) -> Result<u64, Error> {
    if let Some(total) = scope.total {
        return Ok(total);
    }
    let sql = format!(
        "{}SELECT COUNT(*) AS total FROM {} WHERE {}",
        scope.with, table.from, scope.condition
    );
    let row = bind_all(sqlx::query(AssertSqlSafe(sql)), &scope.binds)
        .fetch_one(&mut **tx)
        .await?;
    Ok(number(&row, "total")?)
}

/// One page of a list.
pub async fn page<T>(
    tx: &mut Tx,
    table: &Table,
    mut scope: Scope,
    query: &ListQuery,
    read: impl Fn(&AnyRow) -> Result<T, sqlx::Error>,
) -> Result<Page<T>, Error> {
    let query = query.clone().bounded();
    scope.limit(&tx.caller(), table.org);
    narrow(table, &mut scope, &query)?;
    let order = order(table, &query)?;
    let total = count(tx, table, &scope).await?;
    let sql = format!(
        "{}SELECT {} FROM {} WHERE {} ORDER BY {order} LIMIT {} OFFSET {}",
        scope.with,
        now_in(table.select),
        table.from,
        scope.condition,
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
        as_of: String::new(),
    })
}

fn order(table: &Table, query: &ListQuery) -> Result<String, Error> {
    let Some((key, descending)) = query.order() else {
        return Ok(format!("{}, {}", table.order, table.tie));
    };
    let known = || table.heads.iter().filter(|head| head.filtered);
    if !known().any(|head| head.key == key) {
        let known: Vec<&str> = known().map(|head| head.key).collect();
        return Err(Error::field(
            "sort",
            format!("`{key}` is no column here; there are {}", known.join(", ")),
        ));
    }
    let column = table.column(key)?;
    let own = [column.value_sql()];
    let expressions = if column.order.is_empty() {
        &own
    } else {
        column.order
    };
    let direction = if descending { "DESC" } else { "ASC" };
    let mut order = String::new();
    for expression in expressions {
        order.push_str(&format!("{} {direction}, ", now_in(expression)));
    }
    Ok(order + table.tie)
}

/// The expression at this moment.
fn now_in(expression: &str) -> String {
    expression.replace("{now}", &format!("'{}'", clock::now()))
}

/// A column that counts.
pub fn number(row: &AnyRow, column: &str) -> Result<u64, sqlx::Error> {
    row.try_get::<i64, _>(column).map(|number| number.max(0) as u64)
}

/// A column that is a flag.
pub fn flag(row: &AnyRow, column: &str) -> Result<bool, sqlx::Error> {
    row.try_get::<i64, _>(column).map(|number| number != 0)
}

/// A column that holds a list of texts, as JSON.
pub fn texts(row: &AnyRow, column: &str) -> Result<Vec<String>, sqlx::Error> {
    let json: String = row.try_get(column)?;
    serde_json::from_str(&json).map_err(|error| sqlx::Error::Decode(error.into()))
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
    fn every_filtered_column_of_a_listed_record_has_its_sql() {
        fn check<T: domain::column::Listed>(table: &Table) {
            let known: Vec<&str> = table.columns.iter().map(|column| column.key).collect();
            let filtered = T::HEADS.iter().filter(|head| head.filtered);
            assert_eq!(
                known,
                filtered.map(|head| head.key).collect::<Vec<_>>(),
                "{}",
                T::NAME
            );
            assert_eq!(table.heads, T::HEADS, "{}", T::NAME);
        }
        check::<domain::locations::Location>(&super::super::locations::TABLE);
        check::<domain::customers::Customer>(&super::super::customers::TABLE);
        check::<domain::tokens::Token>(&super::super::tokens::TABLE);
        check::<domain::authorization::CustomerEntry>(&super::super::authorization::customers::TABLE);
        check::<domain::authorization::TokenEntry>(&super::super::authorization::tokens::TABLE);
        check::<domain::visible::VisibleLocation>(&super::super::authorization::ask::VISIBLE);
        check::<domain::authorization::MayChargeAt>(&super::super::authorization::may_charge::OF_TOKEN);
        check::<domain::station_tokens::StationToken>(&super::super::station_tokens::TABLE);
        check::<domain::accounts::Account>(&super::super::accounts::TABLE);
        check::<domain::accounts::Role>(&super::super::roles::TABLE);
        check::<domain::audit::Line>(&super::super::audit::TABLE);
        check::<domain::accounts::ApiKey>(&super::super::keys::TABLE);
        check::<domain::connections::Connection>(&super::super::connections::TABLE);
        check::<domain::refused::RefusedToken>(&super::super::authorization::refused::TABLE);
        check::<domain::imports::Import>(&super::super::imports::TABLE);
        check::<domain::partners::Partner>(&super::super::partners::TABLE);
        check::<domain::partners::PartnerToken>(&super::super::partners::tokens::TABLE);
        check::<domain::imports::RemovedEntry>(&super::super::imports::removed::TABLE);
    }
}
