//! A location's Authorization tab: the customers and charge tokens that may charge here.

mod add;
pub mod change;
mod customers;
pub mod editor;
pub mod picker;
mod question;
mod stale;
mod tokens;
mod tools;
pub mod words;

use std::cmp::Ordering;
use std::collections::HashMap;

use domain::authorization::ListChange;
use domain::problem::kind;
use wasm_bindgen::JsCast;

use self::change::{Change, List};
use self::customers::CustomerList;
use self::editor::Editor;
use self::question::RemovalQuestion;
use self::stale::StaleNotice;
use self::tokens::TokenList;
use super::CurrentLocation;
use crate::api::{self, Loaded, Record, Rows};
use crate::kit::format::number;
use crate::kit::{ProblemPanel, Skeleton, Tab, Tabs, Tone, focus_is_lost, toast::Toast};
use crate::pages::shell::NotFoundHere;
use crate::prelude::*;
use crate::routes::{self, Place};
use crate::table::{QueryState, Selection};

/// The tab, made anew for each location.
#[component]
pub fn AuthorizationTab() -> impl IntoView {
    let current = CurrentLocation::get();
    move || {
        let location = current.id.get();
        view! { <AuthorizationLists current location /> }
    }
}

/// What both lists work with.
#[derive(Clone, Copy)]
struct Shared {
    location: StoredValue<String>,
    editor: Editor,
    customers: Selection,
    tokens: Selection,
}

impl Shared {
    fn selection(self, list: List) -> Selection {
        match list {
            List::Customers => self.customers,
            List::Tokens => self.tokens,
        }
    }
}

#[component]
fn AuthorizationLists(current: CurrentLocation, location: String) -> impl IntoView {
    let (customers, tokens) = (Selection::new(), Selection::new());
    let id = StoredValue::new(location.clone());
    let editor = StoredValue::new(None);
    let made = Callback::new(move |(change, done): (Change, ListChange)| {
        current.record.reload();
        if let Change::Remove(removal) = &change {
            unselect(
                if removal.list == List::Customers {
                    customers
                } else {
                    tokens
                },
                removal,
            );
        }
        let toast = Toast::new(words::outcome(&done, change.list()));
        let toast = match (change.back(), editor.get_value()) {
            (Some(back), Some(editor)) => {
                let location = id.get_value();
                toast.action("Undo", move || {
                    undo(editor, current, location.clone(), back.clone())
                })
            }
            _ => toast,
        };
        toast.show();
    });
    let shared = Shared {
        location: id,
        editor: Editor::new(location, made),
        customers,
        tokens,
    };
    editor.set_value(Some(shared.editor));
    let editor = shared.editor;
    follow(current, editor);

    let chargers = Signal::derive(move || {
        let stations = current.record.with(|location| location.records("stations").len());
        stations.unwrap_or_default()
    });
    // Nothing came, and a reason why: the lists have nothing to add to it.
    let lost = memo(move |_| !editor.list.is_loaded() && editor.list.problem().is_some());
    let failed = move || {
        // The location's page says that there is no such location.
        let problem = editor
            .list
            .problem()
            .filter(|problem| problem.kind != kind::NOT_FOUND)?;
        let kept = editor.list.is_loaded();
        Some(view! { <ProblemPanel problem kept on_retry=move |()| editor.list.reload() /> })
    };
    view! {
        {failed}
        <Show when=move || !lost.get()>
            <Lists shared chargers />
        </Show>
    }
}

#[component]
fn Lists(shared: Shared, chargers: Signal<usize>) -> impl IntoView {
    let editor = shared.editor;
    let shown = Place::current().tab;
    let meaning = move || match editor.list.with(words::meaning) {
        Some(meaning) => meaning.into_any(),
        None => view! { <Skeleton /> }.into_any(),
    };
    view! {
        <section class="authorization">
            <header class="section-head">
                <h2>"Authorized customers & charge tokens"</h2>
                <p class="authorization-meaning">{meaning}</p>
            </header>
            <StaleNotice editor />
            <PageProblem editor />
            <Tabs label="Authorization list" tabs=tabs(shared) />
            {move || match shown.get() {
                routes::Tab::Customers => view! { <CustomerList shared /> }.into_any(),
                routes::Tab::Tokens => view! { <TokenList shared /> }.into_any(),
                _ => view! { <NotFoundHere what="The Authorization tab has customers and charge tokens." /> }.into_any(),
            }}
            <RemovalQuestion editor chargers />
        </section>
    }
}

/// Record and list have one version: whichever is behind is read again, for example the list after
/// *Publish*, or the record after a colleague's change of the list.
fn follow(current: CurrentLocation, editor: Editor) {
    effect(move || {
        let record = current.record.with(|location| location.count("version"));
        let list = editor.list.with(|list| list.version);
        match record.cmp(&list) {
            _ if record.is_none() || list.is_none() => {}
            Ordering::Greater => editor.list.reload(),
            Ordering::Less => current.record.reload(),
            Ordering::Equal => {}
        }
    });
}

fn unselect(selection: Selection, removal: &change::Removal) {
    if removal.all {
        selection.clear();
    } else {
        removal.entry_ids.iter().for_each(|id| selection.set(id, false));
    }
}

/// Puts entries back, on the list as it is now, wherever the operator has gone meanwhile.
fn undo(editor: Editor, current: CurrentLocation, location: String, back: Change) {
    spawn_local(async move {
        let answer = async {
            let list = api::authorization::get(location.clone()).await?;
            back.clone().send(location.clone(), list.version, false).await
        };
        match answer.await {
            Ok(done) => {
                Toast::new(words::outcome(&done, back.list())).show();
                editor.take_in(done.authorization);
                current.record.reload();
            }
            Err(problem) => {
                let again = back.clone();
                let words = format!("Not undone. {}. {}", problem.title, problem.detail);
                let toast = Toast::new(words).tone(Tone::Bad);
                toast
                    .action("Undo", move || {
                        undo(editor, current, location.clone(), again.clone())
                    })
                    .show();
            }
        }
    });
}

/// The entries of a list, those of them that are selected, and what takes in entries of other pages.
struct Entries {
    page: Loaded<Rows>,
    selected: Callback<(), Vec<Record>>,
    seen: Callback<Vec<Record>>,
}

/// Fetches the entries of a list.
fn entries(shared: Shared, query: QueryState, selection: Selection) -> Entries {
    let editor = shared.editor;
    let page = Loaded::new(move || {
        editor.changes.track();
        query.fetch()
    });
    keep_focus(editor, page);
    let id = query.list.id;
    // The selection reaches over pages; what was seen of the entries can be put back.
    let seen = StoredValue::new(HashMap::<String, Record>::new());
    let take = move |entries: Vec<Record>| {
        let entries = entries.into_iter().map(|entry| (entry.text(id), entry));
        seen.update_value(|seen| seen.extend(entries));
    };
    effect(move || {
        if let Some(entries) = page.with(|page| page.items.clone()) {
            take(entries);
        }
    });
    let selected = move |()| {
        let ids = selection.ids();
        seen.with_value(|seen| ids.iter().filter_map(|id| seen.get(id).cloned()).collect())
    };
    Entries {
        page,
        selected: Callback::new(selected),
        seen: Callback::new(take),
    }
}

/// Where the row that had the focus went away with its change, the focus goes to the list.
fn keep_focus(editor: Editor, page: Loaded<Rows>) {
    effect(move || {
        page.with(|_| ());
        if editor.changes.get_untracked() > 0 {
            request_animation_frame(|| {
                let list = document()
                    .query_selector(".authorization .table-region")
                    .ok()
                    .flatten();
                if let Some(list) = list.and_then(|list| list.dyn_into::<web_sys::HtmlElement>().ok())
                    && focus_is_lost()
                {
                    let _ = list.focus();
                }
            });
        }
    });
}

/// Why a change was not made, where no dialog says so.
#[component]
fn PageProblem(editor: Editor) -> impl IntoView {
    move || {
        let problem = editor.problem.get().filter(|_| !editor.in_dialog())?;
        Some(view! { <ProblemPanel problem kept=true /> })
    }
}

fn tabs(shared: Shared) -> Signal<Vec<Tab>> {
    let shown = Place::current().tab;
    Signal::derive(move || {
        let counts = shared.editor.list.with(|list| (list.customers, list.tokens));
        let tab = |label: &str, list: routes::Tab, href, count: Option<u64>| Tab {
            label: label.into(),
            href,
            note: count.map(number),
            current: shown.get() == list,
        };
        shared.location.with_value(|id| {
            let customers = routes::location_authorization_customers(id);
            let tokens = routes::location_authorization_tokens(id);
            vec![
                tab(
                    "Customers",
                    routes::Tab::Customers,
                    customers,
                    counts.map(|counts| counts.0),
                ),
                tab(
                    "Charge tokens",
                    routes::Tab::Tokens,
                    tokens,
                    counts.map(|counts| counts.1),
                ),
            ]
        })
    })
}
