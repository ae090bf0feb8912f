//! Lists: pages, and windows of time.

use crate::time;

/// The most objects of one page, whatever was asked for.
pub const MOST: u64 = 250;

/// What of a list is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Window {
    /// Objects last updated then or later, to the second.
    pub from: Option<String>,
    /// Objects last updated before.
    pub to: Option<String>,
    pub offset: u64,
    pub limit: Option<u64>,
    /// The filters as they came, for the links.
    kept: Vec<(String, String)>,
}

impl Window {
    /// Reads the parameters of a request; those that no list knows are left alone, as the standard wants.
    ///
    /// # Errors
    /// What is wrong with them.
    pub fn read(parameters: impl IntoIterator<Item = (String, String)>) -> Result<Self, String> {
        let mut window = Self::default();
        for (name, value) in parameters {
            let moment = || time::read(&value).ok_or_else(|| format!("`{name}` is no moment in UTC"));
            let number = || value.parse().map_err(|_| format!("`{name}` is no whole number"));
            match name.as_str() {
                "date_from" => window.from = Some(moment()?),
                "date_to" => window.to = Some(moment()?),
                "offset" => window.offset = number()?,
                "limit" => window.limit = Some(number()?).filter(|limit| *limit > 0),
                _ => continue,
            }
            if name.starts_with("date") {
                window.kept.push((name, value));
            }
        }
        Ok(window)
    }

    /// How many objects this page has at most.
    pub fn limit(&self) -> u64 {
        self.limit.map_or(MOST, |limit| limit.min(MOST))
    }

    /// Whether it is about a time at all.
    pub fn is_bounded(&self) -> bool {
        self.from.is_some() || self.to.is_some()
    }

    /// Whether an object that was last updated then is meant; to the second.
    pub fn holds(&self, last_updated: &str) -> bool {
        self.from.as_deref().is_none_or(|from| from <= last_updated)
            && self.to.as_deref().is_none_or(|to| last_updated < to)
    }

    /// The query of the next page; none where this one is the last.
    pub fn next(&self, total: u64) -> Option<Vec<(String, String)>> {
        let offset = self
            .offset
            .checked_add(self.limit())
            .filter(|next| *next < total)?;
        let mut query = self.kept.clone();
        query.push(("offset".into(), offset.to_string()));
        query.push(("limit".into(), self.limit().to_string()));
        Some(query)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn window(query: &[(&str, &str)]) -> Result<Window, String> {
        Window::read(
            query
                .iter()
                .map(|(name, value)| ((*name).into(), (*value).into())),
        )
    }

    #[test]
    fn the_beginning_counts_and_the_end_does_not() {
        let asked = [
            ("date_from", "2026-11-20T08:00:00Z"),
            ("date_to", "2026-11-20T09:00:00"),
        ];
        let window = window(&asked).unwrap();
        assert!(window.holds("2026-11-20T08:00:00Z") && window.holds("2026-11-20T08:59:59Z"));
        assert!(!window.holds("2026-11-20T07:59:59Z") && !window.holds("2026-11-20T09:00:00Z"));
    }

    #[test]
    fn the_next_page_keeps_the_filters_and_the_last_has_none() {
        let asked = [
            ("date_from", "2026-11-20T08:00:00Z"),
            ("limit", "10"),
            ("offset", "10"),
        ];
        let window = window(&asked).unwrap();
        let next = window.next(21).unwrap();
        let next: Vec<_> = next
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        assert_eq!(next, ["date_from=2026-11-20T08:00:00Z", "offset=20", "limit=10"]);
        assert_eq!(window.next(20), None);
    }

    #[test]
    fn a_limit_is_the_servers_at_most() {
        assert_eq!(window(&[("limit", "100000")]).unwrap().limit(), MOST);
        assert_eq!(window(&[("limit", "0")]).unwrap().limit(), MOST);
        assert_eq!(window(&[("limit", "7"), ("colour", "red")]).unwrap().limit(), 7);
        let far = window(&[("offset", "18446744073709551615")]).unwrap();
        assert_eq!(far.next(u64::MAX), None);
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        for (name, value) in [("date_from", "soon"), ("offset", "-1"), ("limit", "many")] {
            assert!(window(&[(name, value)]).unwrap_err().contains(name));
        }
    }
}
