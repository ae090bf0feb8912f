//! The shape of every list: the query that asks for it and the page that answers it.

use serde::{Deserialize, Serialize};

use crate::Timestamp;
use crate::column::Head;
use crate::filter::{Filter, Ready, too_long};
use crate::limits::MAX_FILTERS;
use crate::problem::FieldError;

/// Page size when none is asked for.
pub const DEFAULT_PAGE_SIZE: u32 = 50;
/// The smallest page that a table shows; a program may ask for less.
pub const MIN_PAGE_SIZE: u32 = 25;
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
    /// The moment, by the server's clock, at which the rows were read: a change of many names it.
    #[serde(default)]
    pub as_of: Timestamp,
}

impl<T> Page<T> {
    /// How many pages there are, at least one.
    pub fn pages(&self) -> u32 {
        self.total.div_ceil(u64::from(self.page_size.max(1))).max(1) as u32
    }
}

/// What a list is asked for: free text, filters, order and page. The fields are the words of its
/// parameters, in addresses and in the REST API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListQuery {
    /// Free text over the searchable columns.
    pub q: String,
    /// Each `FIELD:CONDITION:VALUE`, as [`Filter`] reads it.
    pub filter: Vec<String>,
    /// Whether one filter that holds is enough (`match=any`), or all must (`match=all`).
    pub any: bool,
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
            filter: Vec::new(),
            any: false,
            sort: String::new(),
            page: 1,
            page_size: DEFAULT_PAGE_SIZE,
        }
    }
}

impl ListQuery {
    /// Takes over one parameter. What is no parameter of a list, or does not parse, is left alone.
    pub fn take(&mut self, key: &str, value: &str) -> bool {
        match key {
            "q" => self.q = value.to_owned(),
            "filter" => self.filter.push(value.to_owned()),
            "match" => self.any = value == "any",
            "sort" => self.sort = value.to_owned(),
            "page" => self.page = value.parse().unwrap_or(1),
            "pageSize" => self.page_size = value.parse().unwrap_or(DEFAULT_PAGE_SIZE),
            _ => return false,
        }
        true
    }

    /// The parameters that are not as usual, in a fixed order.
    pub fn parameters(&self) -> Vec<(&'static str, String)> {
        let usual = Self::default();
        let mut all = Vec::new();
        let mut add = |unusual: bool, key, value: String| {
            if unusual {
                all.push((key, value));
            }
        };
        add(self.q != usual.q, "q", self.q.clone());
        for filter in &self.filter {
            add(true, "filter", filter.clone());
        }
        add(self.any, "match", "any".into());
        add(self.sort != usual.sort, "sort", self.sort.clone());
        add(self.page != usual.page, "page", self.page.to_string());
        add(
            self.page_size != usual.page_size,
            "pageSize",
            self.page_size.to_string(),
        );
        all
    }

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

    /// The filters, ready to be asked.
    ///
    /// # Errors
    /// What cannot be understood, as errors of the fields `filter[0]`, `filter[1]` …
    pub fn ready(&self, heads: &'static [Head]) -> Result<Vec<Ready>, Vec<FieldError>> {
        let (mut ready, mut errors) = (Vec::new(), Vec::new());
        if self.filter.len() > MAX_FILTERS {
            errors.push(FieldError {
                field: "filter".into(),
                message: format!("at most {MAX_FILTERS} filters"),
            });
        }
        for (n, text) in self.filter.iter().enumerate().take(MAX_FILTERS) {
            match Filter::read(text, heads).and_then(|filter| filter.test()) {
                Ok(one) => ready.push(one),
                Err(message) => errors.push(FieldError {
                    field: format!("filter[{n}]"),
                    message,
                }),
            }
        }
        if let (true, Some(message)) = (errors.is_empty(), too_long(&self.filter)) {
            let field = "filter".into();
            errors.push(FieldError { field, message });
        }
        if errors.is_empty() { Ok(ready) } else { Err(errors) }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
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
            as_of: String::new(),
        };
        assert_eq!(page.pages(), 1);
        assert_eq!(Page { total: 51, ..page }.pages(), 2);
    }

    #[test]
    fn a_query_comes_back_from_its_parameters() {
        let query = ListQuery {
            q: "a b".into(),
            filter: vec!["name:is:x".into(), "name:is:y".into()],
            any: true,
            sort: "-name".into(),
            page: 3,
            page_size: 25,
        };
        let mut back = ListQuery::default();
        for (key, value) in query.parameters() {
            assert!(back.take(key, &value));
        }
        assert_eq!(back, query);
        assert_eq!(ListQuery::default().parameters(), []);
        assert!(!back.take("view", "x"));
    }

    #[test]
    fn each_filter_that_is_not_understood_is_named() {
        use crate::column::Listed;
        let query = ListQuery {
            filter: vec!["name:is:x".into(), "colour:is:x".into(), "tokens:lt:x".into()],
            ..ListQuery::default()
        };
        let errors = query.ready(crate::customers::Customer::HEADS).unwrap_err();
        let fields: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["filter[1]", "filter[2]"]);
    }
}
