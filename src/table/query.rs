//! What a table is asked for, and where that is kept.

use domain::filter::Filter;
use domain::listing::ListQuery;
use js_sys::Promise;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate, use_query_map};
use leptos_router::location::Url;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use super::List;
use super::address::{KEYS, parts_of, read, write};
use super::settings::Settings;
use crate::api::transport::Asked;
use crate::api::{Loaded, Record, Rows};
use crate::prelude::*;

/// A table's query and columns, in the page's address or only in the page.
#[derive(Clone, Copy)]
pub struct QueryState {
    pub list: List,
    parts: Signal<Vec<String>>,
    query: Memo<ListQuery>,
    pub settings: Settings,
    /// The default view and the chosen columns stand in the address, if there are any.
    settled: RwSignal<bool>,
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
        Self::over(list, parts.into(), change, prefix.is_empty())
    }

    /// Kept in the page, for tables in dialogs and in tests.
    pub fn local(list: List) -> Self {
        let parts = RwSignal::new(Vec::new());
        Self::over(
            list,
            parts.into(),
            Callback::new(move |(new, _)| parts.set(new)),
            true,
        )
    }

    fn over(
        list: List,
        parts: Signal<Vec<String>>,
        change: Callback<(Vec<String>, bool)>,
        alone: bool,
    ) -> Self {
        let this = Self {
            list,
            parts,
            query: memo(move |_| parts.with(|parts| read(parts, list.heads).query)),
            settings: Settings::of(list.name),
            settled: RwSignal::new(!alone),
            change,
        };
        if alone {
            this.settle();
        }
        this
    }

    /// Once the settings are there: opens the default view where the address asks for nothing, and puts the
    /// chosen columns into an address without columns, so that the link shows the same to everybody.
    fn settle(self) {
        let opened = StoredValue::new(false);
        effect(move || {
            let parts = self.parts.get();
            if self.settled.get_untracked() || !self.settings.are_known() {
                return;
            }
            if parts.is_empty() && !opened.get_value() {
                opened.set_value(true);
                let view = untrack(|| self.settings.view(&self.settings.default_view()));
                let view = view.map(|view| parts_of(&view.text("query"))).unwrap_or_default();
                if !view.is_empty() {
                    return self.change.run((view, true));
                }
            }
            self.settled.set(true);
            let chosen = untrack(|| self.settings.columns(self.list.heads));
            if !chosen.is_empty() && untrack(|| self.columns()).is_empty() {
                self.show(chosen);
            }
        });
    }

    /// The list's rows, fetched again when the query changes.
    pub fn load(self) -> Loaded<Rows> {
        Loaded::new(move || self.fetch())
    }

    /// The rows that the query means, tracked: for a fetcher that reads more than the query.
    pub fn fetch(self) -> Asked<Rows> {
        let opens = !self.settled.get_untracked() && self.parts.with_untracked(Vec::is_empty);
        if opens && untrack(|| self.settings.are_known()) {
            self.settled.track();
            return Asked::of(std::future::pending());
        }
        let asked = self.list.ask(&self.get()).known_as(self.name());
        match opens {
            // A default view may be on its way: the usual rows are asked for beside it, and not shown before.
            true => asked.then(self.opened()),
            false => asked,
        }
    }

    /// Answered when the list has opened, by its default view or as usual.
    fn opened(self) -> Asked<Record> {
        let opened = Promise::new(&mut |go_on, _| {
            effect(move || {
                if self.settled.get() {
                    let _ = go_on.call0(&JsValue::UNDEFINED);
                }
            });
        });
        Asked::of(async move {
            let _ = JsFuture::from(opened).await;
            Ok(String::new())
        })
    }

    /// What the rows are kept as, whatever columns show them.
    fn name(self) -> String {
        let mut parts = self.parts.get_untracked();
        parts.retain(|part| !part.starts_with("columns="));
        [&self.list.path.get_untracked(), "?", &parts.join("&")].concat()
    }

    /// What the address says of it, tracked: `filter=note:is:x`.
    pub fn parts(self) -> Vec<String> {
        self.parts.get()
    }

    /// The query, tracked.
    pub fn get(self) -> ListQuery {
        self.query.get()
    }

    /// Reads the query, tracked.
    pub fn with<T>(self, read: impl FnOnce(&ListQuery) -> T) -> T {
        self.query.with(read)
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

    /// The filters in force, tracked.
    pub fn filters(self) -> Vec<Filter> {
        let read = |text: &String| Filter::read(text, self.list.heads).ok();
        self.query
            .with(|query| query.filter.iter().filter_map(read).collect())
    }

    /// Filters, each as [`Filter::write`] writes it, and whether any of them is enough.
    pub fn filter(self, filters: Vec<String>, any: bool) {
        self.alter(false, |query| {
            query.any = any && filters.len() > 1;
            query.filter = filters;
        });
    }

    /// Takes one of the filters away.
    pub fn drop_filter(self, at: usize) {
        let ListQuery { mut filter, any, .. } = self.query.get_untracked();
        filter.remove(at);
        self.filter(filter, any);
    }

    /// Takes all filters and the search text away.
    pub fn clear(self) {
        self.alter(false, |query| {
            query.q = String::new();
            query.filter = Vec::new();
            query.any = false;
        });
    }

    /// Shows these columns; none: as usual.
    pub fn show(self, columns: Vec<String>) {
        self.change
            .run((write(&self.query.get_untracked(), &columns), true));
    }

    /// Opens a view.
    pub fn open(self, parts: Vec<String>) {
        self.change.run((parts, false));
    }

    fn set(self, query: ListQuery, replace: bool) {
        let columns = untrack(|| self.columns());
        self.change.run((write(&query, &columns), replace));
    }
}
