//! What a table is asked for, and where that is kept.

use domain::listing::{DEFAULT_PAGE_SIZE, ListQuery};
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate, use_query_map};
use leptos_router::location::Url;

use crate::prelude::*;

/// Whether a change is a step that *Back* returns from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// Typing: the view before it is not worth returning to.
    Replace,
    Push,
}

/// A table's query, in the page's address or only in the page.
#[derive(Clone, Copy)]
pub struct QueryState {
    query: Signal<ListQuery>,
    change: Callback<(ListQuery, Step)>,
}

impl QueryState {
    /// Kept in the address as `q`, `sort`, `page` and `pageSize`, so that a view is a link. A page with
    /// two tables gives the second a prefix: `tokens.` makes `tokens.q`.
    pub fn in_url(prefix: &'static str) -> Self {
        let params = use_query_map();
        let query = memo(move |_| params.with(|params| read(|key| params.get(key), prefix)));
        let path = use_location().pathname;
        let navigate = use_navigate();
        let change = Callback::new(move |(query, step): (ListQuery, Step)| {
            let mut search = params.get_untracked();
            for (key, value) in write(&query, prefix) {
                search.remove(&key);
                if let Some(value) = value {
                    // The map reads what it is given as escaped.
                    search.insert(key, Url::escape(&value));
                }
            }
            let search = search.to_query_string();
            let replace = step == Step::Replace;
            let options = NavigateOptions {
                replace,
                scroll: false,
                ..NavigateOptions::default()
            };
            navigate(&format!("{}{search}", path.get_untracked()), options);
        });
        Self {
            query: query.into(),
            change,
        }
    }

    /// Kept in the page, for tables in dialogs and in tests.
    pub fn local() -> Self {
        let query = RwSignal::new(ListQuery::default());
        Self {
            query: query.into(),
            change: Callback::new(move |(new, _)| query.set(new)),
        }
    }

    /// The query, tracked.
    pub fn get(self) -> ListQuery {
        self.query.get()
    }

    /// Searches for a text, from the first page.
    pub fn search(self, text: String) {
        self.alter(Step::Replace, |query| {
            query.q = text;
            query.page = 1;
        });
    }

    /// Sorts by a column; the same column again turns the order round.
    pub fn sort(self, key: &str) {
        self.alter(Step::Push, |query| {
            let ascending = query.order() == Some((key, false));
            query.sort = if ascending {
                format!("-{key}")
            } else {
                key.to_owned()
            };
            query.page = 1;
        });
    }

    /// Turns to a page.
    pub fn turn(self, page: u32) {
        self.alter(Step::Push, |query| query.page = page);
    }

    /// Shows that many rows at once, from the first page.
    pub fn resize(self, page_size: u32) {
        self.alter(Step::Push, |query| {
            query.page_size = page_size;
            query.page = 1;
        });
    }

    fn alter(self, step: Step, alter: impl FnOnce(&mut ListQuery)) {
        let mut query = self.query.get_untracked();
        alter(&mut query);
        self.change.run((query, step));
    }
}

/// The query that the address's parameters hold.
fn read(get: impl Fn(&str) -> Option<String>, prefix: &str) -> ListQuery {
    let text = |key: &str| get(&format!("{prefix}{key}")).unwrap_or_default();
    ListQuery {
        q: text("q"),
        sort: text("sort"),
        page: text("page").parse().unwrap_or(1),
        page_size: text("pageSize").parse().unwrap_or(DEFAULT_PAGE_SIZE),
        ..ListQuery::default()
    }
    .bounded()
}

/// The parameters that hold the query; none where it is the usual.
fn write(query: &ListQuery, prefix: &str) -> [(String, Option<String>); 4] {
    let base = ListQuery::default();
    [
        ("q", query.q.clone(), base.q),
        ("sort", query.sort.clone(), base.sort),
        ("page", query.page.to_string(), base.page.to_string()),
        (
            "pageSize",
            query.page_size.to_string(),
            base.page_size.to_string(),
        ),
    ]
    .map(|(key, value, usual)| (format!("{prefix}{key}"), (value != usual).then_some(value)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(query: &ListQuery, prefix: &str) -> Vec<(String, String)> {
        write(query, prefix)
            .into_iter()
            .filter_map(|(key, value)| Some((key, value?)))
            .collect()
    }

    fn back(kept: &[(String, String)], prefix: &str) -> ListQuery {
        read(
            |key| {
                kept.iter()
                    .find(|(own, _)| own == key)
                    .map(|(_, value)| value.clone())
            },
            prefix,
        )
    }

    #[test]
    fn what_is_usual_is_not_in_the_address() {
        assert_eq!(kept(&ListQuery::default(), ""), []);
        let query = ListQuery {
            q: "x".into(),
            sort: "-name".into(),
            ..ListQuery::default()
        };
        let address = kept(&query, "");
        assert_eq!(
            address,
            [("q".into(), "x".into()), ("sort".into(), "-name".into())]
        );
        assert_eq!(back(&address, ""), query);
    }

    #[test]
    fn two_tables_share_an_address() {
        let query = ListQuery {
            page: 3,
            ..ListQuery::default()
        };
        let address = kept(&query, "tokens.");
        assert_eq!(back(&address, "tokens."), query);
        assert_eq!(back(&address, ""), ListQuery::default());
    }

    #[test]
    fn nonsense_in_the_address_is_the_usual() {
        let address = [
            ("page".to_owned(), "x".to_owned()),
            ("pageSize".to_owned(), "0".to_owned()),
        ];
        assert_eq!(
            back(&address, ""),
            ListQuery {
                page_size: 1,
                ..ListQuery::default()
            }
        );
    }

    #[test]
    fn sorting_turns_round_and_starts_over() {
        let owner = Owner::new();
        owner.set();
        let state = QueryState::local();
        state.turn(4);
        state.sort("name");
        assert_eq!(
            (
                state.query.get_untracked().sort.as_str(),
                state.query.get_untracked().page
            ),
            ("name", 1)
        );
        state.sort("name");
        assert_eq!(state.query.get_untracked().sort, "-name");
        state.sort("city");
        assert_eq!(state.query.get_untracked().sort, "city");
    }
}
