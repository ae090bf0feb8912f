//! *Export data*: which rows and columns, as which file, and how far it is.

use std::time::Duration;

use domain::export::{Format, file_name};
use domain::problem::{Problem, kind};
use futures::future::{AbortHandle, abortable};

use super::Table;
use crate::api::export::{Wanted, file, progress};
use crate::kit::format::number;
use crate::kit::time::{now, sleep, to_input};
use crate::kit::{Button, Dialog, Look, ModalFooter, ProblemLine, Progress, Radios, Symbol, announce, save};
use crate::prelude::*;

/// How often it is asked how far the file is.
const EVERY: Duration = Duration::from_millis(500);

/// The button and its dialog.
#[component]
pub fn Export(table: Table) -> impl IntoView {
    let open = RwSignal::new(false);
    view! {
        <Button icon=Symbol::Download on_press=move |()| open.set(true)>"Export data"</Button>
        <Dialog open title=Signal::derive(move || format!("Export {}", table.noun.1))>
            <ExportForm table open />
        </Dialog>
    }
}

#[component]
fn ExportForm(table: Table, open: RwSignal<bool>) -> impl IntoView {
    let selected = table.selection.map_or(0, |selection| {
        untrack(|| if selection.is_all() { 0 } else { selection.len() })
    });
    let columns = RwSignal::new("visible".to_owned());
    let rows = RwSignal::new(if selected > 0 { "selected" } else { "all" }.to_owned());
    let format = RwSignal::new(Format::default().word().to_owned());
    // Rows in the file so far and in all, while it is on its way.
    let (done, whole) = (RwSignal::new(0_u64), RwSignal::new(0_u64));
    let busy = RwSignal::new(false);
    let problem = RwSignal::new(None::<Problem>);
    let stop = StoredValue::new(None::<AbortHandle>);
    let abort = move || {
        if let Some(Some(stop)) = stop.try_update_value(Option::take) {
            stop.abort();
        }
        busy.try_set(false);
    };
    on_cleanup(abort);

    let only_selected = move || rows.with(|rows| rows == "selected");
    let items = move || if only_selected() { selected } else { table.total() };
    let name = move || {
        let format = format.with(|word| Format::of(word)).unwrap_or_default();
        let today = to_input(&now());
        file_name(table.query.list.name, today.get(..10).unwrap_or_default(), format)
    };
    let start = move || {
        let ids = table
            .selection
            .filter(|_| untrack(only_selected))
            .map(|selection| untrack(|| selection.ids()));
        let random = || (js_sys::Math::random() * 1e16) as u64;
        let progress_name = format!("{:016}{:016}", random(), random());
        let wanted = Wanted {
            query: untrack(|| table.asked()),
            format: format.with_untracked(|word| Format::of(word)).unwrap_or_default(),
            columns: columns
                .with_untracked(|columns| columns == "visible")
                .then(|| table.shown.get_untracked()),
            ids,
            progress: progress_name.clone(),
        };
        let (file, handle) = abortable(file(&table.query.list.path.get_untracked(), wanted));
        stop.set_value(Some(handle));
        done.set(0);
        whole.set(untrack(items));
        problem.set(None);
        busy.set(true);
        let (saved, asked) = (untrack(name), progress_name.clone());
        spawn_local(async move {
            let Ok(answer) = file.await else { return };
            busy.try_set(false);
            match answer {
                Ok(blob) => {
                    save(&blob, &saved);
                    announce(format!("{saved} is saved."));
                    open.try_set(false);
                }
                Err(why) => {
                    problem.try_set(Some(explained(why, &asked).await));
                }
            }
        });
        spawn_local(async move {
            loop {
                sleep(EVERY).await;
                if busy.try_get_untracked() != Some(true) {
                    return;
                }
                if let Ok(far) = progress(&progress_name).await {
                    done.try_set(far.count("rows"));
                    whole.try_set(far.count("total"));
                }
            }
        });
    };
    let choices = |all: &[(&str, String)]| {
        let own = all.iter().map(|(key, words)| ((*key).to_owned(), words.clone()));
        own.collect::<Vec<_>>()
    };
    let column_choices = choices(&[
        ("visible", "Visible columns only".to_owned()),
        ("all", "All columns".to_owned()),
    ]);
    let mut row_choices = vec![(
        "all",
        format!("All {} that match", number(untrack(|| table.total()))),
    )];
    if selected > 0 {
        row_choices.push(("selected", format!("Only the {} selected", number(selected))));
    }
    let row_choices = choices(&row_choices);
    let formats = choices(&[
        ("csv", "CSV".to_owned()),
        ("xlsx", "Excel (XLSX)".to_owned()),
        ("json", "JSON".to_owned()),
    ]);
    let label = move || format!("Row {} of {}", number(done.get()), number(whole.get()));
    let part = move || {
        let whole = whole.get();
        (whole > 0 && done.get() > 0).then(|| done.get() as f64 / whole as f64)
    };
    view! {
        <form
            on:submit=move |event| {
                event.prevent_default();
                if !busy.get_untracked() {
                    start();
                }
            }
        >
            <div class="dialog-body export">
                <Radios label="Columns" value=columns options=column_choices disabled=busy />
                <Radios label="Rows" value=rows options=row_choices disabled=busy />
                <Radios label="Format" value=format options=formats disabled=busy />
                <p>
                    "Items included: " <strong>{move || number(items())}</strong>
                    <br />
                    "File name: " <span class="id">{name}</span>
                </p>
                <Show when=move || busy.get()>
                    <Progress label=Signal::derive(label) part=Signal::derive(part) />
                </Show>
                <ProblemLine problem />
            </div>
            <ModalFooter>
                <Button on_press=move |()| if busy.get_untracked() { abort() } else { open.set(false) }>"Cancel"</Button>
                <Button look=Look::Primary submit=true busy>"Export data"</Button>
            </ModalFooter>
        </form>
    }
}

/// A file that broke off says itself why.
async fn explained(why: Problem, name: &str) -> Problem {
    if why.kind != kind::CONNECTION {
        return why;
    }
    let failed = progress(name).await.map(|far| far.text("failed"));
    match failed {
        Ok(reason) if !reason.is_empty() => Problem {
            title: "The export stopped".into(),
            detail: format!("{reason} No file was saved. Export again."),
            ..why
        },
        _ => why,
    }
}
