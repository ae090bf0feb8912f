//! What a table is asked for, and where that is kept.

use domain::listing::ListQuery;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate, use_query_map};
use leptos_router::location::Url;

use super::List;
use super::address::{KEYS, read, write};
use crate::api::transport::Asked;
use crate::api::{Loaded, Rows};
use crate::prelude::*;

/// A table's query and columns, in the page's address or only in the page.
#[derive(Clone, Copy)]
pub struct QueryState {
    pub list: List,
    parts: Signal<Vec<String>>,
    query: Memo<ListQuery>,
    /// New parts, and whether they take the place of the old ones: *Back* then does not return to those.
    change: Callback<(Vec<String>, bool)>,
}

impl QueryState {
    /// Kept in the address as `q`, `filter`, `sort`, `page` and so on, so that a view is a link. A page
    /// with two tables gives the second a prefix: `tokens.` makes `tokens.q`.
    pub fn in_url(list: List, prefix: &'static str) -> Self {
        let params = use_query_map();
        let parts = memo(move |_| {
            let own = |(key, value): (std::borrow::Cow<'static, str>, String)| {
                let key = key.strip_prefix(prefix)?;
                KEYS.contains(&key).then(|| format!("{key}={value}"))
            };
            params.get().into_iter().filter_map(own).collect::<Vec<String>>()
        });
        let path = use_location().pathname;
        let navigate = use_navigate();
        let change = Callback::new(move |(parts, replace): (Vec<String>, bool)| {
            let mut search = params.get_untracked();
            for key in KEYS {
                search.remove(&format!("{prefix}{key}"));
            }
            for part in parts {
                if let Some((key, value)) = part.split_once('=') {
                    // The map reads what it is given as escaped.
                    search.insert(format!("{prefix}{key}"), Url::escape(value));
                }
            }
            let search = search.to_query_string();
            let options = NavigateOptions {
                replace,
                scroll: false,
                ..NavigateOptions::default()
            };
            navigate(&format!("{}{search}", path.get_untracked()), options);
        });
        Self::over(list, parts.into(), change)
    }

    /// Kept in the page, for tables in dialogs and in tests.
    pub fn local(list: List) -> Self {
        let parts = RwSignal::new(Vec::new());
        Self::over(list, parts.into(), Callback::new(move |(new, _)| parts.set(new)))
    }

    fn over(list: List, parts: Signal<Vec<String>>, change: Callback<(Vec<String>, bool)>) -> Self {
        Self {
            list,
            parts,
            query: memo(move |_| parts.with(|parts| read(parts, list.heads).query)),
            change,
        }
    }

    /// The list's rows, fetched again when the query changes.
    pub fn load(self) -> Loaded<Rows> {
        Loaded::new(move || self.fetch())
    }

    /// The rows that the query means, tracked: for a fetcher that reads more than the query.
    pub fn fetch(self) -> Asked<Rows> {
        self.list.ask(&self.get())
    }

    /// The query, tracked.
    pub fn get(self) -> ListQuery {
        self.query.get()
    }

    /// The columns that the address names, tracked; none: as usual.
    pub fn columns(self) -> Vec<String> {
        self.parts.with(|parts| read(parts, self.list.heads).columns)
    }

    /// What of the address is left out, and why; tracked.
    pub fn ignored(self) -> Vec<String> {
        self.parts.with(|parts| read(parts, self.list.heads).ignored)
    }

    /// Searches for a text, from the first page.
    pub fn search(self, text: String) {
        self.alter(true, |query| query.q = text);
    }

    /// Sorts by a column; the same column again turns the order round.
    pub fn sort(self, key: &str) {
        self.alter(false, |query| {
            let ascending = query.order() == Some((key, false));
            query.sort = if ascending {
                format!("-{key}")
            } else {
                key.to_owned()
            };
        });
    }

    /// Turns to a page.
    pub fn turn(self, page: u32) {
        let mut query = self.query.get_untracked();
        query.page = page;
        self.set(query, false);
    }

    /// Shows that many rows at once, from the first page.
    pub fn resize(self, page_size: u32) {
        self.alter(false, |query| query.page_size = page_size);
    }

    /// Changes the query, from the first page.
    fn alter(self, replace: bool, alter: impl FnOnce(&mut ListQuery)) {
        let mut query = self.query.get_untracked();
        alter(&mut query);
        query.page = 1;
        self.set(query, replace);
    }

    fn set(self, query: ListQuery, replace: bool) {
        let columns = untrack(|| self.columns());
        self.change.run((write(&query, &columns), replace));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::customers::Customer;

    #[test]
    fn sorting_turns_round_and_starts_over() {
        let owner = Owner::new();
        owner.set();
        let state = QueryState::local(List::of::<Customer>("/customers"));
        let now = || {
            let query = state.query.get_untracked();
            (query.sort, query.page)
        };
        state.turn(4);
        state.sort("name");
        assert_eq!(now(), ("name".into(), 1));
        state.sort("name");
        assert_eq!(now(), ("-name".into(), 1));
        state.sort("phone");
        assert_eq!(now(), ("phone".into(), 1));
    }
}
