//! The imports of the location: those that were begun and not finalised, and those that can be undone.

use domain::problem::{Problem, kind};

use super::finalise::undo;
use super::fingerprint;
use super::undo::UndoQuestion;
use super::wizard::Wizard;
use crate::api::{self, Loaded, Record, Rows};
use crate::kit::format::{count, number};
use crate::kit::{Banner, Button, ProblemLine, ProblemPanel, Time, Tone, toast::Toast};
use crate::prelude::*;

/// Finalised imports that are shown before *Show all*.
const SHOWN: usize = 5;

/// The location's imports, read again after each change of one.
fn imports(wizard: Wizard) -> Loaded<Rows> {
    Loaded::new(move || {
        wizard.imports_changed.track();
        api::imports::list(wizard.location.get_value())
    })
}

/// Imports that were begun and neither finalised nor discarded.
#[component]
pub fn Unfinished(wizard: Wizard) -> impl IntoView {
    let imports = imports(wizard);
    let problem = RwSignal::new(None::<Problem>);
    let discard = move |import: String| {
        let location = wizard.location.get_value();
        spawn_local(async move {
            match api::imports::discard(location, import.clone()).await {
                Ok(()) => {
                    fingerprint::forget(&import);
                    problem.try_set(None);
                }
                Err(why) => {
                    problem.try_set(Some(why));
                }
            }
            wizard.count_change();
        });
    };
    let line = move |import: Record| {
        let ids = count(import.count("ids"), "id", "ids");
        let id = import.text("id");
        let go_on = fingerprint::recall(&id)
            .map(|_| "Pick the same file to go on where it stopped, or discard it. ")
            .unwrap_or("It was begun in another browser. Discard it if nobody goes on with it there. ");
        view! {
            <Banner tone=Tone::Attention>
                <strong>{import.text("fileName")}</strong>
                {format!(" was not finalised: {ids} sent, nothing has changed. {go_on}")}
                <Button small=true on_press=move |()| discard(id.clone())>"Discard"</Button>
            </Banner>
        }
    };
    let lines = move || {
        let staged = imports.with(|page| {
            let staged = page
                .items
                .iter()
                .filter(|import| import.text("state") == "staged");
            staged.cloned().collect::<Vec<_>>()
        });
        staged.unwrap_or_default().into_iter().map(line).collect_view()
    };
    view! {
        {lines}
        <ProblemLine problem />
    }
}

/// Imports that were finalised, each with *Undo*.
#[component]
pub fn Earlier(wizard: Wizard) -> impl IntoView {
    let imports = imports(wizard);
    let asked = RwSignal::new(None::<Record>);
    let open = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let problem = RwSignal::new(None::<Problem>);
    let run = move |import: Record, confirm: bool| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        problem.set(None);
        let location = wizard.location.get_value();
        spawn_local(async move {
            match undo(location, import.text("id"), confirm).await {
                Ok(_) => {
                    Toast::new(format!("The import of {} is undone.", import.text("fileName"))).show();
                    open.try_set(false);
                    wizard.count_change();
                }
                Err(why) if why.kind == kind::OPENS_LOCATION => {
                    asked.try_set(Some(import));
                    open.try_set(true);
                }
                Err(why) => {
                    problem.try_set(Some(why));
                }
            }
            busy.try_set(false);
        });
    };
    let row = move |import: Record| {
        let undone = import.text("state") == "undone";
        let when = import.text(if import.has("finalisedAt") {
            "finalisedAt"
        } else {
            "createdAt"
        });
        let what = match import.flag("cleared") {
            true => format!(
                "{} added, {} removed",
                number(import.count("added")),
                number(import.count("removed"))
            ),
            false => format!("{} added", number(import.count("added"))),
        };
        let name = import.text("fileName");
        let press = move |()| run(import.clone(), false);
        view! {
            <li>
                <span class="earlier-name">{name}</span>
                <span>{what}</span>
                <Time at=when />
                {match undone {
                    true => view! { <span class="quiet">"Undone"</span> }.into_any(),
                    false => view! { <Button small=true busy on_press=press>"Undo"</Button> }.into_any(),
                }}
            </li>
        }
    };
    let all = RwSignal::new(false);
    let rows = move || {
        let past = imports.with(|page| {
            let past = page
                .items
                .iter()
                .filter(|import| matches!(import.text("state").as_str(), "finalised" | "undone"));
            past.cloned().collect::<Vec<_>>()
        });
        let mut past = past.filter(|past| !past.is_empty())?;
        let more = (!all.get() && past.len() > SHOWN).then(|| {
            view! {
                <Button small=true on_press=move |()| all.set(true)>{format!("Show all {}", past.len())}</Button>
            }
        });
        past.truncate(if all.get() { past.len() } else { SHOWN });
        Some(view! {
            <section class="earlier" aria-label="Earlier imports">
                <h2>"Earlier imports"</h2>
                <ul>{past.into_iter().map(row).collect_view()}</ul>
                {more}
            </section>
        })
    };
    let failed = move || {
        let problem = imports.problem()?;
        Some(view! { <ProblemPanel problem kept=true on_retry=move |()| imports.reload() /> })
    };
    view! {
        {failed}
        {rows}
        <Show when=move || !open.get()><ProblemLine problem /></Show>
        <UndoQuestion
            open
            busy
            problem
            on_confirm=move |()| {
                if let Some(import) = asked.get_untracked() {
                    run(import, true);
                }
            }
        />
    }
}
