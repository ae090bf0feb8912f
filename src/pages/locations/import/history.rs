//! The imports of the location: those that were begun and not finalised, and the list of all.

use domain::imports::{Import, ImportState};
use domain::problem::Problem;

use super::buttons::{small, small_busy};
use super::fingerprint;
use super::undo::UndoQuestion;
use super::wizard::Wizard;
use crate::api::{self, Loaded, Record};
use crate::kit::format::count;
use crate::kit::{Banner, EmptyState, ProblemLine, Tone};
use crate::pages::shell::follow;
use crate::prelude::*;
use crate::routes;
use crate::table::{Cells, DataTable, List, QueryState, Shown};

/// Imports that were begun and neither finalised nor discarded.
#[component]
pub fn Unfinished(wizard: Wizard) -> impl IntoView {
    let imports = Loaded::new(move || {
        wizard.imports_changed.track();
        api::imports::staged(&wizard.location.get_value())
    });
    follow(&["import"], imports.status());
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
        let may_discard = import.can("discard");
        let go_on = match fingerprint::recall(&id) {
            Some(_) => "Pick the same file to go on where it stopped, or discard it. ",
            None => "It was begun in another browser. Discard it if nobody goes on with it there. ",
        };
        view! {
            <Banner tone=Tone::Attention>
                <strong>{import.text("fileName")}</strong>
                {format!(" was not finalised: {ids} sent, nothing has changed. {go_on}")}
                {may_discard.then(|| small("Discard", move |()| discard(id.clone())))}
            </Banner>
        }
    };
    view! {
        {move || imports.with(|page| page.items.iter().cloned().map(line).collect_view())}
        <ProblemLine problem />
    }
}

/// All imports but those given up; the finalised ones with *Undo*.
#[component]
pub fn Earlier(wizard: Wizard) -> impl IntoView {
    let path = wizard.location.with_value(|id| api::imports::path(id, ""));
    let query = QueryState::in_url(List::of::<Import>(path), "");
    let page = Loaded::new(move || {
        wizard.imports_changed.track();
        query.fetch()
    });
    follow(&["import"], page.status());
    // A location without imports has nothing to say here, and a list on its way may be one.
    let any = memo(move |_| {
        let narrowed = query.with(|query| !query.q.is_empty() || !query.filter.is_empty());
        narrowed || page.problem().is_some() || page.with(|rows| rows.total > 0).unwrap_or_default()
    });
    let undo = move |import: Record| {
        let id = import.text("id");
        let undo = Callback::new(move |()| wizard.undo(id.clone(), false));
        import
            .can("undo")
            .then(|| small_busy("Undo".into(), wizard.undoing, undo))
            .into_any()
    };
    view! {
        <Show when=move || any.get()>
            <div class="earlier">
                <h2>"Earlier imports"</h2>
                <DataTable
                    label="Earlier imports"
                    noun=("import", "imports")
                    query
                    page
                    cells=cells(wizard)
                    row_actions=Callback::new(undo)
                    search="Search by file"
                    empty=|| view! { <EmptyState title="No imports yet" detail="" /> }
                />
            </div>
        </Show>
        <UndoQuestion wizard />
    }
}

const FINALISED: &str = ImportState::Finalised.word();

fn cells(wizard: Wizard) -> Cells {
    Cells::new()
        .with("state", |import| {
            let (tone, word) = state(import);
            Shown::badge(tone, word)
        })
        .with("removed", move |import| {
            let shown = Shown::number(import.count("removed"));
            let href = wizard
                .location
                .with_value(|id| routes::import_removed(id, &import.text("id")));
            match import.count("removed") {
                0 => shown,
                _ => Shown { href, ..shown },
            }
        })
}

/// Where an import stands, as the list's filter calls it.
fn state(import: &Record) -> (Tone, &'static str) {
    match import.text("state").as_str() {
        "finalised" => (Tone::Good, FINALISED),
        "undone" => (Tone::Neutral, ImportState::Undone.word()),
        _ => (Tone::Attention, ImportState::Staged.word()),
    }
}
