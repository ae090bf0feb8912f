//! What a table is asked for, and where that is kept.

use domain::listing::{DEFAULT_PAGE_SIZE, ListQuery};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate, use_query_map};
use leptos_router::params::ParamsMap;

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
        let query = Memo::new(move |_| params.with(|params| read(params, prefix)));
        let path = use_location().pathname;
        let navigate = use_navigate();
        let change = Callback::new(move |(query, step): (ListQuery, Step)| {
            let search = params
                .with_untracked(|params| write(params.clone(), prefix, &query))
                .to_query_string();
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

fn read(params: &ParamsMap, prefix: &str) -> ListQuery {
    let text = |key: &str| params.get(&format!("{prefix}{key}")).unwrap_or_default();
    ListQuery {
        q: text("q"),
        sort: text("sort"),
        page: text("page").parse().unwrap_or(1),
        page_size: text("pageSize").parse().unwrap_or(DEFAULT_PAGE_SIZE),
    }
    .bounded()
}

/// The address's parameters with the query in them; what is not the query's stays.
fn write(mut params: ParamsMap, prefix: &str, query: &ListQuery) -> ParamsMap {
    let base = ListQuery::default();
    let page = |page: u32| page.to_string();
    for (key, value, usual) in [
        ("q", query.q.clone(), base.q),
        ("sort", query.sort.clone(), base.sort),
        ("page", page(query.page), page(base.page)),
        ("pageSize", page(query.page_size), page(base.page_size)),
    ] {
        let key = format!("{prefix}{key}");
        params.remove(&key);
        if value != usual {
            params.insert(key, value);
        }
    }
    params
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_usual_is_not_in_the_address() {
        let other: ParamsMap = [
            ("a".to_owned(), "1".to_owned()),
            ("page".to_owned(), "7".to_owned()),
        ]
        .into_iter()
        .collect();
        let query = ListQuery {
            q: "x".into(),
            sort: "-name".into(),
            ..ListQuery::default()
        };
        let params = write(other, "", &query);
        assert_eq!(params.get("a").as_deref(), Some("1"));
        assert_eq!(params.get("q").as_deref(), Some("x"));
        assert_eq!(params.get("page"), None);
        assert_eq!(read(&params, ""), query);
    }

    #[test]
    fn two_tables_share_an_address() {
        let query = ListQuery {
            page: 3,
            ..ListQuery::default()
        };
        let params = write(ParamsMap::new(), "tokens.", &query);
        assert_eq!(read(&params, "tokens."), query);
        assert_eq!(read(&params, ""), ListQuery::default());
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
