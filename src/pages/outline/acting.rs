//! Where actions are offered: above a list, at the end of its rows, for all that are selected, on a record's page.

use domain::export::Chosen;

use super::Outline;
use super::action::{Action, On};
use super::dialog::{acted, say};
use crate::api::Record;
use crate::kit::toast::failed;
use crate::kit::{Button, Item, Look, Menu, Symbol};
use crate::pages::shell::may;
use crate::prelude::*;
use crate::table::{BulkAction, RowView, Selection};

/// The action that is asked about.
#[derive(Clone)]
pub struct Subject {
    pub action: &'static Action,
    pub record: Record,
    pub chosen: Option<Chosen>,
}

/// The state of a page's actions.
#[derive(Clone, Copy)]
pub struct Acting {
    outline: &'static Outline,
    pub(super) open: RwSignal<bool>,
    pub(super) subject: RwSignal<Option<Subject>>,
    /// The id that the page's address names; empty: it is no record's.
    pub(super) id: RwSignal<String>,
    busy: RwSignal<bool>,
    /// What is selected of the list.
    pub(super) selection: Selection,
    /// What is there to act on changed.
    pub(super) done: Callback<(&'static Action, Record)>,
}

impl Acting {
    pub fn new(
        outline: &'static Outline,
        done: impl Fn((&'static Action, Record)) + Send + Sync + 'static,
    ) -> Self {
        Self {
            outline,
            open: RwSignal::new(false),
            subject: RwSignal::new(None),
            id: RwSignal::new(String::new()),
            busy: RwSignal::new(false),
            selection: Selection::new(),
            done: Callback::new(done),
        }
    }

    /// Those of the page around, if it has any.
    pub fn current() -> Option<Self> {
        use_context()
    }

    /// The page of the record with that id.
    pub fn at(self, id: &str) {
        self.id.set(id.to_owned());
    }

    pub fn outline(self) -> &'static Outline {
        self.outline
    }

    /// Asks about a record.
    pub fn about(self, action: &'static Action, record: Record) {
        self.ask(action, record, None);
    }

    fn ask(self, action: &'static Action, record: Record, chosen: Option<Chosen>) {
        let subject = Subject {
            action,
            record,
            chosen,
        };
        if action.title.is_empty() && subject.chosen.is_none() {
            return self.at_once(subject);
        }
        self.subject.set(Some(subject));
        self.open.set(true);
    }

    /// Does what asks nothing. A second press while it is on its way is none.
    fn at_once(self, subject: Subject) {
        let action = subject.action;
        let asked = (action.send)(&acted(self, subject));
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        spawn_local(async move {
            let answer = asked.await;
            self.busy.try_set(false);
            match answer {
                Ok(answer) => {
                    say(action, &answer);
                    self.done.try_run((action, answer));
                }
                Err(problem) => failed(&problem),
            }
        });
    }

    fn offered(self) -> impl Iterator<Item = &'static Action> {
        let actions = self.outline.actions.iter().copied();
        actions.filter(|action| may(action.needs))
    }

    /// What can be done above the list: its buttons, tracked.
    pub fn above(self) -> Vec<AnyView> {
        let button = |(at, action): (usize, &'static Action)| {
            let ask = move |()| self.ask(action, Record::empty(), None);
            // One is the page's main button.
            let look = if at == 0 { Look::Primary } else { Look::Plain };
            view! { <Button look icon=Symbol::Plus on_press=ask>{action.label}</Button> }.into_any()
        };
        self.offered()
            .filter(|action| action.on == On::List)
            .enumerate()
            .map(button)
            .collect()
    }

    /// What fits a record: the first as a button, the rest behind a menu, tracked; at the end of its row or on
    /// its page.
    pub fn with_record(self, record: Record, in_row: bool) -> AnyView {
        let look = if in_row { Look::Quiet } else { Look::Plain };
        // What nobody can do is said on a record's page, and in its row where it has none.
        let told = |action: &Action| !in_row || action.cannot.is_empty() || self.outline.record.is_none();
        let fits = |action: &&Action| action.on != On::List && told(action) && (action.fits)(&record);
        let fitting: Vec<&'static Action> = self.offered().filter(fits).collect();
        let (can, rest) = fitting.split_at(
            fitting
                .first()
                .map_or(0, |first| usize::from(first.cannot.is_empty())),
        );
        let first = can.first().map(|action| {
            let own = record.clone();
            let action = *action;
            let ask = move |()| self.ask(action, own.clone(), None);
            view! { <Button look small=in_row on_press=ask>{action.label}</Button> }
        });
        let rest = rest.to_vec();
        let more = (!rest.is_empty()).then(|| {
            let own = record.clone();
            let item = move |action: &&'static Action| {
                let (action, own) = (*action, own.clone());
                let item = Item::press(action.label, move || self.ask(action, own.clone(), None));
                item.refused((!action.cannot.is_empty()).then_some(action.cannot))
            };
            let items = move || rest.iter().map(&item).collect::<Vec<_>>();
            view! { <Menu label="More" icon=Symbol::More look items=items /> }
        });
        view! { {first}{more} }.into_any()
    }

    /// The buttons at the end of rows. Who may do what is known only after the first rows may be there.
    pub fn row_actions(self) -> Option<RowView> {
        let draw = move |record: Record| {
            let buttons = move || self.with_record(record.clone(), true);
            view! { {buttons} }.into_any()
        };
        (self.rows().count() > 0).then(|| Callback::new(draw))
    }

    fn rows(self) -> impl Iterator<Item = &'static Action> {
        let actions = self.outline.actions.iter().copied();
        actions.filter(|action| action.on != On::List && action.cannot.is_empty())
    }

    /// What can be done with all that are selected.
    pub fn bulk(self) -> Vec<BulkAction> {
        let actions = self.outline.actions.iter().copied();
        let many = actions.filter(|action| action.on == On::Many);
        let one = |action: &'static Action| {
            BulkAction::run(action.label, action.needs, move |chosen| {
                self.ask(action, Record::empty(), Some(chosen));
            })
        };
        many.map(one).collect()
    }
}
