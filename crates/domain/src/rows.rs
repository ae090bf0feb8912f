//! A list over rows in memory: what SQL does for the books, for what ChargePoint tells.

use std::cmp::Ordering;

use crate::column::{Cell, Column, Listed};
use crate::filter::{Ready, comparable};
use crate::listing::{ListQuery, Page};
use crate::problem::FieldError;
use crate::text::{Search, bare_mac, fold};

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
    let found = rows
        .iter()
        .filter(|row| search.as_ref().is_none_or(|search| is_found(search, *row)))
        .filter(|row| meant(&filters, query.any, *row));
    let Some((column, descending)) = order else {
        let mut found: Vec<&T> = found.collect();
        found.sort_by(|a, b| usual(a, b).then_with(|| a.id().cmp(b.id())));
        return Ok(found);
    };
    // What a row is ordered by is worked out once, not at every comparison.
    let mut found: Vec<(Place, &T)> = found.map(|row| (Place::of(column, row), row)).collect();
    found.sort_by(|(a, first), (b, second)| {
        let order = if descending { b.cmp(a) } else { a.cmp(b) };
        order.then_with(|| first.id().cmp(second.id()))
    });
    Ok(found.into_iter().map(|(_, row)| row).collect())
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

/// The rows that a free text means, in their own order, found as they are taken.
pub fn searched<'r, T: Listed>(rows: &'r [T], text: &str) -> impl Iterator<Item = &'r T> {
    let search = Search::of(text);
    rows.iter()
        .filter(move |row| search.as_ref().is_some_and(|search| is_found(search, *row)))
}

fn is_found<T: Listed>(search: &Search, row: &T) -> bool {
    match row.folded() {
        Some(texts) => search.finds(texts),
        None => search.finds(&texts(row)),
    }
}

/// The texts of a row that are searched, folded; a MAC address without its separators, too.
pub fn texts<T: Listed>(row: &T) -> Vec<String> {
    let searched = T::COLUMNS.iter().filter(|column| column.searched);
    let folded = searched.map(|column| fold(&comparable(column.kind, &(column.get)(row))));
    let mut texts: Vec<String> = folded.collect();
    let bare: Vec<String> = texts.iter().filter_map(|text| bare_mac(text)).collect();
    texts.extend(bare);
    texts
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

/// Where a row stands in a column's order: nothing first, then numbers and texts in their order; texts without case
/// and accents.
enum Place {
    Nothing,
    /// With its text, which counts beside texts.
    Number(f64, String),
    Text(String),
}

impl Place {
    fn of<T: Listed>(column: &Column<T>, row: &T) -> Self {
        let cell = (column.get)(row);
        match &cell {
            Cell::Empty => Self::Nothing,
            Cell::Number(number) => Self::Number(*number, order_text(column, &cell)),
            _ => Self::Text(order_text(column, &cell)),
        }
    }

    fn text(&self) -> &str {
        match self {
            Self::Nothing => "",
            Self::Number(_, text) | Self::Text(text) => text,
        }
    }

    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Number(a, _), Self::Number(b, _)) => a.total_cmp(b),
            (Self::Nothing, Self::Number(..)) => Ordering::Less,
            (Self::Number(..), Self::Nothing) => Ordering::Greater,
            (a, b) => a.text().cmp(b.text()),
        }
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
