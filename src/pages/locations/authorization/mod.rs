//! A location's Authorization tab: the customers and charge tokens that may charge here.

mod add;
pub mod change;
pub mod editor;
mod entries;
pub mod list;
pub mod picker;
mod question;
mod refused;
mod stale;
pub mod words;

use std::cmp::Ordering;

use domain::problem::kind;

use self::change::Change;
use self::editor::Editor;
use self::entries::EntryList;
use self::list::List;
use self::question::RemovalQuestion;
use self::refused::RefusedList;
use self::stale::StaleNotice;
use super::CurrentLocation;
use crate::api::Record;
use crate::kit::format::number;
use crate::kit::{ProblemPanel, Skeleton, Tab, Tabs, Tone, toast::Toast};
use crate::pages::access_tester::{AccessTester, Asking};
use crate::pages::shell::{self, NotFoundHere};
use crate::prelude::*;
use crate::routes::{self, Place};
use crate::table::Selection;

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
    let made = Callback::new(move |(editor, change, done): (Editor, Change, Record)| {
        current.record.reload();
        let selection = match change.list {
            List::Customers => customers,
            List::Tokens => tokens,
        };
        unselect(selection, &change);
        let toast = Toast::new(words::outcome(&done, change.list));
        match change.back() {
            Some(back) => {
                let location = id.get_value();
                let undo = move || undo(editor, current, location.clone(), back.clone());
                toast.action("Undo", undo)
            }
            None => toast,
        }
        .show();
    });
    let editor = Editor::new(location, made);
    let shared = Shared {
        location: id,
        editor,
        customers,
        tokens,
    };
    follow(current, editor);
    shell::follow(&["import"], editor.list.status());

    let chargers = Signal::derive(move || {
        let stations = current
            .record
            .with(|location| location.records("stations").len() as u64);
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
fn Lists(shared: Shared, chargers: Signal<u64>) -> impl IntoView {
    let editor = shared.editor;
    let shown = Place::current().tab;
    let meaning = move || match editor.list.with(words::meaning) {
        Some(meaning) => meaning.into_any(),
        None => view! { <Skeleton /> }.into_any(),
    };
    view! {
        <section class="authorization">
            <header>
                <div class="section-title">
                    <h2>"Authorized customers & charge tokens"</h2>
                    <AccessTester asking=Asking::At(shared.location) changed=move |done: Record| editor.changed(&done) />
                </div>
                <p class="authorization-meaning">{meaning}</p>
            </header>
            <StaleNotice editor />
            <PageProblem editor />
            <Tabs label="Authorization list" tabs=tabs(shared) />
            {move || match shown.get() {
                routes::Tab::Customers => view! { <EntryList list=List::Customers shared /> }.into_any(),
                routes::Tab::Tokens => view! { <EntryList list=List::Tokens shared /> }.into_any(),
                routes::Tab::Refused => view! { <RefusedList shared /> }.into_any(),
                _ => view! { <NotFoundHere what="The Authorization tab has customers, charge tokens and who was refused lately." /> }.into_any(),
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
        let list = editor.list.with(|list| list.count("version"));
        match record.cmp(&list) {
            _ if record.is_none() || list.is_none() => {}
            Ordering::Greater => editor.list.reload(),
            Ordering::Less => current.record.reload(),
            Ordering::Equal => {}
        }
    });
}

fn unselect(selection: Selection, change: &Change) {
    if change.all || !change.chosen.is_empty() {
        selection.clear();
    } else if change.removes {
        selection.set_all(&change.entries, false);
    }
}

/// Puts entries back, on the list as it is now, wherever the operator has gone meanwhile.
fn undo(editor: Editor, current: CurrentLocation, location: String, back: Change) {
    spawn_local(async move {
        match back.clone().ask_now(&location).await {
            Ok(done) => {
                Toast::new(words::outcome(&done, back.list)).show();
                editor.take_in(&done);
                current.record.reload();
            }
            Err(problem) => {
                let words = format!("Not undone. {}. {}", problem.title, problem.detail);
                let toast = Toast::new(words).tone(Tone::Bad);
                toast
                    .action("Undo", move || {
                        undo(editor, current, location.clone(), back.clone())
                    })
                    .show();
            }
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

fn tabs(shared: Shared) -> Live<Vec<Tab>> {
    let shown = Place::current().tab;
    Live::from(move || {
        let refused = Tab {
            label: "Refused lately".into(),
            href: shared.location.with_value(|id| routes::location_refused(id)),
            note: None,
            current: shown.get() == routes::Tab::Refused,
        };
        let tab = |list: List, tab: routes::Tab, href: fn(&str) -> String| Tab {
            label: list.words().tab.into(),
            href: shared.location.with_value(|id| href(id)),
            note: shared
                .editor
                .list
                .with(|numbers| list.listed(numbers))
                .map(number),
            current: shown.get() == tab,
        };
        vec![
            tab(
                List::Customers,
                routes::Tab::Customers,
                routes::location_authorization_customers,
            ),
            tab(
                List::Tokens,
                routes::Tab::Tokens,
                routes::location_authorization_tokens,
            ),
            refused,
        ]
    })
}
