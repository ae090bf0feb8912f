//! What is kept of a table for the person who looks at it: columns, density, views.

use std::cell::RefCell;

use domain::column::Head;

use crate::api::json::{Value, body};
use crate::api::transport::Answer;
use crate::api::{Record, views};
use crate::kit::{Toast, Tone};
use crate::prelude::*;

type Kept = ArcRwSignal<Option<Record>>;

thread_local! {
    static ALL: RefCell<Vec<(&'static str, Kept)>> = const { RefCell::new(Vec::new()) };
}

/// What is kept of one list. Copies point to the same state.
#[derive(Clone, Copy)]
pub struct Settings {
    list: &'static str,
    /// None: not answered yet.
    kept: leptos::prelude::RwSignal<Option<Record>>,
}

impl Settings {
    /// Those of a list; fetched when a table first asks for them. Where they do not come, nothing is kept,
    /// and the next table asks again.
    pub fn of(list: &'static str) -> Self {
        let known = ALL.with_borrow(|all| {
            let own = all.iter().find(|(own, _)| *own == list);
            own.map(|(_, kept)| kept.clone())
        });
        let kept = known.unwrap_or_else(|| {
            let kept = Kept::new(None);
            ALL.with_borrow_mut(|all| all.push((list, kept.clone())));
            fetch(list, kept.clone());
            kept
        });
        Self {
            list,
            kept: kept.into(),
        }
    }

    /// Whether the answer is there, tracked.
    pub fn are_known(self) -> bool {
        self.kept.with(Option::is_some)
    }

    fn read<T: Default>(self, read: impl FnOnce(&Record) -> T) -> T {
        self.kept.with(|kept| kept.as_ref().map(read)).unwrap_or_default()
    }

    /// The columns that were chosen, tracked: none, if nobody chose. A column that is newer than the choice
    /// comes as it is usual.
    pub fn columns(self, heads: &[Head]) -> Vec<String> {
        self.read(|kept| {
            if !kept.has("columns") {
                return Vec::new();
            }
            let known = kept.texts("columns.known");
            let mut keys = kept.texts("columns.shown");
            keys.retain(|key| heads.iter().any(|head| head.key == key));
            let new = heads
                .iter()
                .filter(|head| head.shown && !known.iter().any(|key| key == head.key));
            keys.extend(new.map(|head| head.key.to_owned()));
            keys
        })
    }

    /// Whether rows are low, tracked.
    pub fn compact(self) -> bool {
        self.read(|kept| kept.flag("compact"))
    }

    /// The views there are, tracked.
    pub fn views(self) -> Vec<Record> {
        self.read(|kept| kept.records("views"))
    }

    pub fn view(self, id: &str) -> Option<Record> {
        self.views().into_iter().find(|view| view.text("id") == id)
    }

    /// The id of the view that opens by default, tracked; empty: none.
    pub fn default_view(self) -> String {
        self.read(|kept| kept.text("defaultView"))
    }

    /// Keeps a choice of columns; none: the usual ones.
    pub fn keep_columns(self, shown: Option<Vec<String>>, heads: &[Head]) {
        let columns = shown.map_or("null".to_owned(), |shown| {
            let known: Vec<String> = heads.iter().map(|head| head.key.to_owned()).collect();
            body(&[("shown", shown.into()), ("known", known.into())])
        });
        self.keep(
            columns,
            untrack(|| self.compact()),
            untrack(|| self.default_view()),
        );
    }

    /// Keeps how high rows are. It is so at once, whatever comes of keeping it.
    pub fn keep_compact(self, compact: bool) {
        let default_view = untrack(|| self.default_view());
        self.keep(self.columns_json(), compact, default_view);
    }

    pub fn keep_default(self, view: String) {
        self.keep(self.columns_json(), untrack(|| self.compact()), view);
    }

    fn columns_json(self) -> String {
        let columns = untrack(|| self.read(|kept| kept.record("columns")));
        columns.map_or("null".to_owned(), |columns| columns.json())
    }

    fn keep(self, columns: String, compact: bool, default_view: String) {
        let views = untrack(|| self.views());
        let views: Vec<String> = views.iter().map(Record::json).collect();
        // As the answer will say it.
        let soon = body(&[
            ("columns", Value::Json(columns.clone())),
            ("compact", compact.into()),
            ("defaultView", default_view.clone().into()),
            ("views", Value::Json(format!("[{}]", views.join(",")))),
        ]);
        self.kept.set(Record::parse(&soon));
        let asked = views::keep(self.list, columns, compact, default_view);
        spawn_local(async move {
            let answer = asked.await;
            if answer.as_ref().is_ok_and(|kept| !kept.has("views")) {
                self.reload();
            }
            self.said(answer);
        });
    }

    /// Takes in newer settings, or says why they are not kept.
    fn said(self, answer: Answer<Record>) {
        match answer {
            Ok(kept) if kept.has("views") => {
                self.kept.try_set(Some(kept));
            }
            Ok(_) => {}
            Err(problem) => {
                let words = format!(
                    "Not kept for the next visit. {}. {}",
                    problem.title, problem.detail
                );
                Toast::new(words).tone(Tone::Bad).show();
            }
        }
    }

    /// Reads them again.
    pub fn reload(self) {
        let asked = views::settings(self.list);
        spawn_local(async move { self.said(asked.await) });
    }

    pub fn list(self) -> &'static str {
        self.list
    }
}

fn fetch(list: &'static str, kept: Kept) {
    spawn_local(async move {
        let answer = views::settings(list).await;
        if answer.is_err() {
            ALL.with_borrow_mut(|all| all.retain(|(own, _)| *own != list));
        }
        kept.set(answer.ok().or_else(|| Record::parse("{}")));
    });
}
