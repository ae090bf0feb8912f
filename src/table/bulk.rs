//! What can be done with all selected records at once.

use domain::export::Chosen;

use super::{Selection, Table};
use crate::api::json::{Value, body};
use crate::api::transport::Call;
use crate::api::{Record, Write};
use crate::kit::format::{count, number};
use crate::kit::{Button, ConfirmDialog, Look, ProblemLine, announce};
use crate::pages::shell::may;
use crate::prelude::*;

/// An action on many records.
#[derive(Clone)]
pub struct BulkAction {
    /// "Block".
    label: &'static str,
    /// The permission that it takes.
    needs: &'static str,
    /// What follows from it, asked before; empty: it is done at once.
    question: &'static str,
    act: Act,
}

#[derive(Clone)]
enum Act {
    Run(Callback<Chosen>),
    /// The path, and what is then said: "blocked".
    Post(String, &'static str),
}

impl BulkAction {
    /// An action of the page's own.
    pub fn run(
        label: &'static str,
        needs: &'static str,
        run: impl Fn(Chosen) + Send + Sync + 'static,
    ) -> Self {
        Self {
            label,
            needs,
            question: "",
            act: Act::Run(Callback::new(run)),
        }
    }

    /// Sends the choice to a path, which answers how many it `changed`; afterwards says that they are
    /// `done`: "blocked".
    pub fn post(
        label: &'static str,
        needs: &'static str,
        path: impl Into<String>,
        done: &'static str,
    ) -> Self {
        Self {
            label,
            needs,
            question: "",
            act: Act::Post(path.into(), done),
        }
    }

    /// The same, asked about before.
    pub fn asking(mut self, question: &'static str) -> Self {
        self.question = question;
        self
    }
}

/// A choice as it is sent.
pub fn chosen_body(chosen: Chosen) -> String {
    let query = chosen.query.map_or(Value::Null, Value::Text);
    body(&[
        ("ids", chosen.ids.into()),
        ("query", query),
        ("count", chosen.count.into()),
        ("asOf", chosen.as_of.map_or(Value::Null, Value::Text)),
    ])
}

/// Says how many are selected, offers all that match, and what can be done with them.
#[component]
pub fn SelectionBar(
    selection: Selection,
    table: Table,
    actions: StoredValue<Vec<BulkAction>>,
) -> impl IntoView {
    let noun = table.noun;
    let write = Write::new();
    let asked = RwSignal::new(None::<usize>);
    let asking = RwSignal::new(false);
    write.on_changed(Callback::new(move |()| table.page.reload()));
    let how_many = move || count(selection.len(), noun.0, noun.1);
    let words = move || match selection.is_all() {
        true => format!("All {} that match selected", how_many()),
        false => format!("{} selected", how_many()),
    };
    let more = move || {
        let ids = table.page_ids();
        let page = ids.iter().all(|id| selection.contains(id));
        page && !selection.is_all() && table.total() > ids.len() as u64
    };
    let all = move || format!("Select all {} that match", number(table.total()));
    let act = move |at: usize| {
        let Some(action) = actions.with_value(|actions| actions.get(at).cloned()) else {
            return;
        };
        match action.act {
            Act::Run(run) => run.run(selection.chosen()),
            Act::Post(path, done) => {
                let asked = Call::post(&path).send_json(chosen_body(selection.chosen()));
                write.run(asked, move |answer: Record| {
                    announce(format!(
                        "{} {done}.",
                        count(answer.count("changed"), noun.0, noun.1)
                    ));
                    asking.try_set(false);
                    selection.clear();
                    table.page.reload();
                });
            }
        }
    };
    let press = move |at: usize, question: &str| {
        write.clear();
        if question.is_empty() {
            act(at);
        } else {
            asked.set(Some(at));
            asking.set(true);
        }
    };
    let button = move |(at, action): (usize, BulkAction)| {
        let words = move || format!("{} {}", action.label, number(selection.len()));
        view! {
            <Button small=true busy=write.pending() on_press=move |()| press(at, action.question)>{words}</Button>
        }
    };
    let buttons = move || {
        let actions = actions.get_value().into_iter().enumerate();
        let offered = actions.filter(|(_, action)| may(action.needs));
        offered.map(button).collect_view()
    };
    let question = move || {
        let at = asked.get()?;
        actions.with_value(|actions| actions.get(at).cloned())
    };
    let title =
        move || question().map_or_else(String::new, |action| format!("{} {}", action.label, how_many()));
    view! {
        <div class="selected" role="status" data-none=move || selection.is_empty().then_some("true")>
            <Show when=move || !selection.is_empty()>
                <span>{words}</span>
                <Show when=more>
                    <Button look=Look::Quiet small=true on_press=move |()| table.select_all(selection)>{all}</Button>
                </Show>
                {buttons}
                <Button look=Look::Quiet small=true on_press=move |()| selection.clear()>"Unselect"</Button>
            </Show>
        </div>
        <Show when=move || !asking.get()>
            <ProblemLine problem=write.problem() />
        </Show>
        <ConfirmDialog
            open=asking
            title=Signal::derive(move || format!("{}?", title()))
            confirm=Signal::derive(title)
            busy=write.pending()
            problem=write.problem()
            on_confirm=move |()| {
                if let Some(at) = asked.get_untracked() {
                    act(at);
                }
            }
        >
            <p>{move || question().map(|action| action.question)}</p>
        </ConfirmDialog>
    }
}
