//! The imports of the location: those that were begun and not finalised, and those that can be undone.

use domain::problem::Problem;

use super::buttons::{small, small_busy};
use super::fingerprint;
use super::undo::UndoQuestion;
use super::wizard::Wizard;
use crate::api::{self, Loaded, Record, Rows};
use crate::kit::format::{count, number};
use crate::kit::{Banner, ProblemLine, ProblemPanel, Time, Tone};
use crate::prelude::*;

/// Finalised imports that are shown before *Show all*.
const SHOWN: usize = 5;

/// The location's imports, read again after each change of one.
pub fn imports(wizard: Wizard) -> Loaded<Rows> {
    Loaded::new(move || {
        wizard.imports_changed.track();
        api::imports::list(wizard.location.get_value())
    })
}

/// Those in one of these states, tracked.
fn in_state(imports: Loaded<Rows>, states: &[&str]) -> Vec<Record> {
    let mut found = imports.with(|page| page.items.clone()).unwrap_or_default();
    found.retain(|import| states.contains(&import.text("state").as_str()));
    found
}

/// Imports that were begun and neither finalised nor discarded.
#[component]
pub fn Unfinished(wizard: Wizard, imports: Loaded<Rows>) -> impl IntoView {
    let problem = RwSignal::new(None::<Problem>);
    let discard = move |import: String| {
        let location = wizard.location.get_value();
        spawn_local(async move {
            let answer = api::imports::discard(location, import.clone()).await;
            if answer.is_ok() {
                fingerprint::forget(&import);
            }
            problem.try_set(answer.err());
            wizard.count_change();
        });
    };
    let line = move |import: Record| {
        let ids = count(import.count("ids"), "id", "ids");
        let id = import.text("id");
        let go_on = match fingerprint::recall(&id) {
            Some(_) => "Pick the same file to go on where it stopped, or discard it. ",
            None => "It was begun in another browser. Discard it if nobody goes on with it there. ",
        };
        view! {
            <Banner tone=Tone::Attention>
                <strong>{import.text("fileName")}</strong>
                {format!(" was not finalised: {ids} sent, nothing has changed. {go_on}")}
                {small("Discard", move |()| discard(id.clone()))}
            </Banner>
        }
    };
    view! {
        {move || in_state(imports, &["staged"]).into_iter().map(line).collect_view()}
        <ProblemLine problem />
    }
}

/// Imports that were finalised, each with *Undo*.
#[component]
pub fn Earlier(wizard: Wizard, imports: Loaded<Rows>) -> impl IntoView {
    let all = RwSignal::new(false);
    let failed = move || {
        let problem = imports.problem()?;
        Some(view! { <ProblemPanel problem kept=true on_retry=move |()| imports.reload() /> })
    };
    let rows = move || {
        let mut past = in_state(imports, &["finalised", "undone"]);
        let (total, shown) = (past.len(), if all.get() { usize::MAX } else { SHOWN });
        past.truncate(shown);
        let more = (total > shown).then(|| small(format!("Show all {total}"), move |()| all.set(true)));
        (total > 0).then(|| {
            view! {
                <section class="earlier" aria-label="Earlier imports">
                    <h2>"Earlier imports"</h2>
                    <ul>{past.into_iter().map(|import| row(wizard, &import)).collect_view()}</ul>
                    {more}
                </section>
            }
        })
    };
    view! {
        {failed}
        {rows}
        <UndoQuestion wizard />
    }
}

fn row(wizard: Wizard, import: &Record) -> AnyView {
    let when = match import.text("finalisedAt") {
        none if none.is_empty() => import.text("createdAt"),
        when => when,
    };
    let mut what = format!("{} added", number(import.count("added")));
    if import.flag("cleared") {
        what += &format!(", {} removed", number(import.count("removed")));
    }
    let id = import.text("id");
    let end = match import.text("state").as_str() {
        "undone" => view! { <span class="quiet">"Undone"</span> }.into_any(),
        _ => small_busy(
            "Undo".into(),
            wizard.undoing(),
            Callback::new(move |()| wizard.undo(id.clone(), false)),
        ),
    };
    view! {
        <li>
            <span class="earlier-name">{import.text("fileName")}</span>
            <span>{what}</span>
            <Time at=when />
            {end}
        </li>
    }
    .into_any()
}
