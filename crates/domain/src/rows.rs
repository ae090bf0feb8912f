//! A list over rows in memory: what SQL does for the books, for what ChargePoint tells.

use std::cmp::Ordering;

use crate::column::{Cell, Column, Listed};
use crate::filter::{Ready, comparable};
use crate::listing::{ListQuery, Page};
use crate::problem::FieldError;
use crate::text::{Search, fold};

/// The rows that a query means, in its order: a column's, or by `usual`, then by id.
///
/// # Errors
/// What of the query cannot be understood.
pub fn matching<'r, T: Listed>(
    rows: &'r [T],
    query: &ListQuery,
    usual: fn(&T, &T) -> Ordering,
) -> Result<Vec<&'r T>, Vec<FieldError>> {
    let filters = query.ready(T::HEADS)?;
    let order = match query.order() {
        Some((key, descending)) => Some((sorted_by::<T>(key)?, descending)),
        None => None,
    };
    let search = Search::of(&query.q);
    let mut found: Vec<&T> = rows
        .iter()
        .filter(|row| search.as_ref().is_none_or(|search| search.finds(&texts(*row))))
        .filter(|row| meant(&filters, query.any, *row))
        .collect();
    found.sort_by(|a, b| {
        let first = match order {
            Some((column, false)) => compare(column, a, b),
            Some((column, true)) => compare(column, b, a),
            None => usual(a, b),
        };
        first.then_with(|| a.id().cmp(b.id()))
    });
    Ok(found)
}

/// One page of the rows that a query means; when they were read is for the caller to say.
///
/// # Errors
/// What of the query cannot be understood.
pub fn page<T: Listed + Clone>(
    rows: &[T],
    query: &ListQuery,
    usual: fn(&T, &T) -> Ordering,
) -> Result<Page<T>, Vec<FieldError>> {
    let query = query.clone().bounded();
    let found = matching(rows, &query, usual)?;
    let from = usize::try_from(query.offset()).unwrap_or(usize::MAX);
    Ok(Page {
        total: found.len() as u64,
        items: found
            .into_iter()
            .skip(from)
            .take(query.page_size as usize)
            .cloned()
            .collect(),
        page: query.page,
        page_size: query.page_size,
        as_of: String::new(),
    })
}

fn sorted_by<T: Listed>(key: &str) -> Result<&'static Column<T>, Vec<FieldError>> {
    T::column(key).filter(|column| column.filtered).ok_or_else(|| {
        let known = T::HEADS.iter().filter(|head| head.filtered).map(|head| head.key);
        vec![FieldError {
            field: "sort".into(),
            message: format!(
                "`{key}` is no column here; there are {}",
                known.collect::<Vec<_>>().join(", ")
            ),
        }]
    })
}

fn texts<T: Listed>(row: &T) -> Vec<String> {
    let searched = T::COLUMNS.iter().filter(|column| column.searched);
    searched
        .map(|column| fold(&comparable(column.kind, &(column.get)(row))))
        .collect()
}

fn meant<T: Listed>(filters: &[Ready], any: bool, row: &T) -> bool {
    let mut holds = filters.iter().map(|filter| {
        let column = T::column(filter.head.key);
        column.is_some_and(|column| filter.holds(&(column.get)(row)))
    });
    if any && !filters.is_empty() {
        holds.any(|holds| holds)
    } else {
        holds.all(|holds| holds)
    }
}

/// Nothing first, then numbers and texts in their order; texts without case and accents.
fn compare<T: Listed>(column: &Column<T>, a: &T, b: &T) -> Ordering {
    match ((column.get)(a), (column.get)(b)) {
        (Cell::Number(a), Cell::Number(b)) => a.total_cmp(&b),
        (Cell::Empty, Cell::Number(_)) => Ordering::Less,
        (Cell::Number(_), Cell::Empty) => Ordering::Greater,
        (a, b) => order_text(column, &a).cmp(&order_text(column, &b)),
    }
}

/// Moments in their own order, not as a wall clock shows them.
fn order_text<T: Listed>(column: &Column<T>, cell: &Cell) -> String {
    match cell {
        Cell::Text(at) if column.kind == crate::column::Kind::Pacific => at.clone(),
        cell => comparable(column.kind, cell),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::column::{Head, Kind};
    use crate::{heads, packed};

    #[derive(Clone)]
    struct Row(&'static str, &'static str, u64);

    impl Listed for Row {
        const NAME: &'static str = "rows";
        const COLUMNS: &'static [Column<Self>] = &[
            Column::<Self>::new("name", "Name", Kind::Text, |row| row.1.into()).searched(),
            Column::<Self>::new("count", "Count", Kind::Number, |row| row.2.into()),
        ];
        const HEADS: &'static [Head] = heads!(Row);
        const PACKED: &'static str = packed!(Row);

        fn id(&self) -> &str {
            self.0
        }
    }

    const ROWS: &[Row] = &[
        Row("1", "Éclair", 3),
        Row("2", "bolt", 10),
        Row("3", "Eclair", 3),
        Row("4", "", 0),
    ];

    fn ids(filters: &[&str], change: fn(&mut ListQuery)) -> Vec<&'static str> {
        let mut query = ListQuery {
            filter: filters.iter().map(|text| (*text).to_owned()).collect(),
            ..ListQuery::default()
        };
        change(&mut query);
        let page = page(ROWS, &query, |a, b| a.2.cmp(&b.2)).unwrap();
        page.items.iter().map(|row| row.0).collect()
    }

    #[test]
    fn filters_match_all_or_any() {
        let two = ["name:is:eclair", "count:gt:5"];
        assert_eq!(ids(&two, |_| ()), [""; 0]);
        assert_eq!(ids(&two, |query| query.any = true), ["1", "3", "2"]);
        assert_eq!(ids(&[], |query| query.any = true), ["4", "1", "3", "2"]);
    }

    #[test]
    fn equal_rows_keep_their_order_under_paging() {
        assert_eq!(ids(&[], |query| query.sort = "name".into()), ["4", "2", "1", "3"]);
        assert_eq!(
            ids(&[], |query| query.sort = "-name".into()),
            ["1", "3", "2", "4"]
        );
        let second = ids(&[], |query| {
            query.sort = "count".into();
            (query.page, query.page_size) = (2, 2);
        });
        assert_eq!(second, ["3", "2"]);
    }

    #[test]
    fn free_text_finds_without_accents() {
        assert_eq!(ids(&[], |query| query.q = "ECL".into()), ["1", "3"]);
    }

    #[test]
    fn an_unknown_column_is_named() {
        let query = ListQuery {
            sort: "colour".into(),
            ..ListQuery::default()
        };
        let errors = page(ROWS, &query, |_, _| Ordering::Equal)
            .map(|_| ())
            .unwrap_err();
        assert_eq!(
            errors[0].message,
            "`colour` is no column here; there are name, count"
        );
    }
}
