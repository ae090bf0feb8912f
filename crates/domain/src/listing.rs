//! The shape of every list: the query that asks for it and the page that answers it.

use serde::{Deserialize, Serialize};

/// Page size when none is asked for.
pub const DEFAULT_PAGE_SIZE: u32 = 50;
/// The largest page that a list answers.
pub const MAX_PAGE_SIZE: u32 = 500;

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "schema", schemars(rename = "PageOf{T}"))]
pub struct Page<T> {
    pub items: Vec<T>,
    /// How many rows match in all.
    pub total: u64,
    /// From 1.
    pub page: u32,
    pub page_size: u32,
}

impl<T> Page<T> {
    /// How many pages there are, at least one.
    pub fn pages(&self) -> u32 {
        self.total.div_ceil(u64::from(self.page_size.max(1))).max(1) as u32
    }
}

/// What a list is asked for: free text, order and page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct ListQuery {
    /// Free text over the searchable columns.
    pub q: String,
    /// A column's key, with `-` before it for descending order. Empty: the list's own order.
    pub sort: String,
    /// From 1.
    pub page: u32,
    pub page_size: u32,
}

impl Default for ListQuery {
    fn default() -> Self {
        Self {
            q: String::new(),
            sort: String::new(),
            page: 1,
            page_size: DEFAULT_PAGE_SIZE,
        }
    }
}

impl ListQuery {
    /// The column to sort by and whether descending.
    pub fn order(&self) -> Option<(&str, bool)> {
        match self.sort.strip_prefix('-') {
            Some(key) => Some((key, true)),
            None if self.sort.is_empty() => None,
            None => Some((&self.sort, false)),
        }
    }

    /// The same query within bounds: a page from 1, a page size from 1 to [`MAX_PAGE_SIZE`].
    pub fn bounded(mut self) -> Self {
        self.page = self.page.max(1);
        self.page_size = self.page_size.clamp(1, MAX_PAGE_SIZE);
        self
    }

    /// How many rows stand before the page.
    pub fn offset(&self) -> u64 {
        u64::from(self.page.saturating_sub(1)) * u64::from(self.page_size)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_reads_the_direction_from_the_sign() {
        let query = |sort: &str| ListQuery {
            sort: sort.into(),
            ..ListQuery::default()
        };
        assert_eq!(query("name").order(), Some(("name", false)));
        assert_eq!(query("-name").order(), Some(("name", true)));
        assert_eq!(query("").order(), None);
    }

    #[test]
    fn a_page_and_its_size_stay_within_bounds() {
        let query = ListQuery {
            page: 0,
            page_size: 100_000,
            ..ListQuery::default()
        }
        .bounded();
        assert_eq!(
            (query.page, query.page_size, query.offset()),
            (1, MAX_PAGE_SIZE, 0)
        );
    }

    #[test]
    fn an_empty_list_has_one_page() {
        let page = Page::<u8> {
            items: vec![],
            total: 0,
            page: 1,
            page_size: 50,
        };
        assert_eq!(page.pages(), 1);
        assert_eq!(Page { total: 51, ..page }.pages(), 2);
    }
}
