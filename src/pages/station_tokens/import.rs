//! *Import*: a file, what it would change, and then all of it in one step.

use domain::column::{Head, Listed};
use domain::station_tokens::StationToken;
use send_wrapper::SendWrapper;
use web_sys::File;

use super::PATH;
use crate::api::transport::Call;
use crate::api::{Record, Write, records};
use crate::kit::format::{count, number};
use crate::kit::{
    Banner, Button, Dialog, DropZone, LinkButton, Look, ModalFooter, ProblemLine, Progress, Symbol, Tone,
    announce,
};
use crate::pages::record::said;
use crate::prelude::*;
use crate::table::Shown;

/// The most bytes of a file.
const MOST: f64 = 20.0 * 1024.0 * 1024.0;

#[component]
pub fn ImportTokens(open: RwSignal<bool>, on_done: Callback<()>) -> impl IntoView {
    view! {
        <Dialog open title="Import station tokens" wide=true>
            <Steps open on_done />
        </Dialog>
    }
}

#[component]
fn Steps(open: RwSignal<bool>, on_done: Callback<()>) -> impl IntoView {
    let read = Write::new();
    let name = RwSignal::new(String::new());
    let too_large = RwSignal::new(false);
    let file = StoredValue::new(None::<SendWrapper<File>>);
    let preview = RwSignal::new(None::<Record>);
    let send = move |()| {
        let Some(file) = file.get_value() else { return };
        read.clear();
        preview.set(None);
        let call = Call::post(&format!("{PATH}/imports"));
        read.run(call.send_file(&file), move |found| {
            preview.try_set(Some(found));
        });
    };
    let take = move |chosen: File| {
        name.set(chosen.name());
        too_large.set(chosen.size() > MOST);
        file.set_value(Some(SendWrapper::new(chosen)));
        if !too_large.get_untracked() {
            send(());
        }
    };
    // What is staged and not wanted goes; where that fails, the server drops it after a day.
    on_cleanup(move || {
        if let Some(id) = preview.with_untracked(|preview| preview.as_ref().map(|preview| preview.text("id")))
        {
            let discard = Call::delete(&records::path(PATH, "imports", &format!("/{id}"))).run();
            spawn_local(async move {
                let _ = discard.await;
            });
        }
    });
    move || {
        match preview.get() {
        Some(found) => {
            view! { <Preview found preview name open again=Callback::new(send) on_done /> }.into_any()
        }
        None => view! {
            <div class="dialog-body">
                <Show
                    when=move || read.pending().get()
                    fallback=move || {
                        view! {
                            <DropZone
                                words="Drop a CSV or Excel file here"
                                label="File with station tokens"
                                accept=".csv,.tsv,.txt,.xlsx,text/csv"
                                on_file=take
                            />
                        }
                    }
                >
                    <Progress
                        label=Signal::derive(move || format!("Reading {}", name.get()))
                        part=Signal::stored(None)
                    />
                </Show>
                <Show when=move || too_large.get()>
                    <Banner tone=Tone::Bad>
                        {name}
                        " has more than 20 MB. Nothing was sent; divide it, then import the parts."
                    </Banner>
                </Show>
                <ProblemLine problem=read.problem() />
                <p class="quiet">
                    "One token in each row. The columns are found by their names in any order; “Token S/N” must be there, for new tokens the cloud plan and the organization too. What a file does not say stays as it is. Nothing changes before “Finalise import”."
                </p>
            </div>
            <ModalFooter>
                <LinkButton
                    href="/station-tokens-example.csv"
                    icon=Symbol::Download
                    download="station-tokens-example.csv"
                >
                    "Example file"
                </LinkButton>
                <Button on_press=move |()| open.set(false)>"Cancel"</Button>
            </ModalFooter>
        }
        .into_any(),
    }
    }
}

/// What the file would change.
#[component]
fn Preview(
    found: Record,
    preview: RwSignal<Option<Record>>,
    name: RwSignal<String>,
    open: RwSignal<bool>,
    /// Reads the file again.
    again: Callback<()>,
    on_done: Callback<()>,
) -> impl IntoView {
    let write = Write::new();
    let (new, changed, bad) = (found.count("new"), found.count("changed"), found.count("bad"));
    let figure = |label: &'static str, key: &str, tone: Option<Tone>| {
        let value = found.count(key);
        view! {
            <div data-tone=tone.filter(|_| value > 0).map(Tone::key)>
                <dt>{label}</dt>
                <dd>{number(value)}</dd>
            </div>
        }
    };
    let unknown = found.texts("unknownColumns");
    let unknown = (!unknown.is_empty()).then(|| {
        let words = format!(
            "Left out, as no column of station tokens: {}.",
            unknown.join(", ")
        );
        view! { <Banner>{words}</Banner> }
    });
    let problem = |problem: Record| {
        view! {
            <tr>
                <td class="number">{number(problem.count("row"))}</td>
                <td>{problem.text("column")}</td>
                <td>{problem.text("message")}</td>
            </tr>
        }
    };
    let problems = found.records("problems");
    let shown = problems.len() as u64;
    let problems = (shown > 0).then(|| {
        let words = format!(
            "{} not taken{}",
            count(bad, "row is", "rows are"),
            if shown >= 100 { "; the first 100 of what is wrong" } else { "" }
        );
        view! {
            <details class="group" open="">
                <summary>{words}</summary>
                <table class="group-rows">
                    <thead><tr><th class="number">"Row"</th><th>"Column"</th><th>"What is wrong"</th></tr></thead>
                    <tbody>{problems.into_iter().map(problem).collect_view()}</tbody>
                </table>
            </details>
        }
    });
    let heads = || StationToken::HEADS.iter().filter(|head| head.shown);
    let line = |token: Record| {
        let cell = |head: &Head| {
            let shown = said(&Shown::usual(head.kind, token.cell(head)).text);
            view! { <td>{shown}</td> }
        };
        view! { <tr>{heads().map(cell).collect_view()}</tr> }
    };
    let sample = found.records("sample");
    let sample = (!sample.is_empty()).then(|| {
        view! {
            <div class="sample" role="region" tabindex="0" aria-label="The first tokens as they will be">
                <table>
                    <thead><tr>{heads().map(|head| view! { <th>{head.label}</th> }).collect_view()}</tr></thead>
                    <tbody>{sample.into_iter().map(line).collect_view()}</tbody>
                </table>
            </div>
        }
    });
    let id = found.text("id");
    let finalise = move |()| {
        let done = move |done: Record| {
            announce(format!(
                "{} added, {} changed.",
                count(done.count("added"), "station token is", "station tokens are"),
                number(done.count("changed"))
            ));
            // Nothing is left to discard.
            preview.try_set(None);
            open.try_set(false);
            on_done.run(());
        };
        let path = records::path(PATH, "imports", &format!("/{id}/finalise"));
        write.run(Call::post(&path).fetch(), done);
    };
    let words = match new + changed {
        0 => "Nothing to import".to_owned(),
        all => format!("Finalise import of {}", count(all, "token", "tokens")),
    };
    view! {
        <div class="dialog-body findings">
            <p class="wizard-file">{name}</p>
            <div role="status">
                <dl class="figures">
                    {figure("New", "new", Some(Tone::Good))}
                    {figure("Changed", "changed", Some(Tone::Attention))}
                    {figure("Unchanged", "unchanged", None)}
                    {figure("Not taken", "bad", Some(Tone::Bad))}
                </dl>
            </div>
            {unknown}
            {problems}
            {sample}
            <ProblemLine problem=write.problem() />
        </div>
        <ModalFooter>
            <Button on_press=move |()| preview.set(None)>"Another file"</Button>
            <Show when=move || write.problem().with(Option::is_some)>
                <Button on_press=again>"Read the file again"</Button>
            </Show>
            <Button look=Look::Primary disabled=new + changed == 0 busy=write.pending() on_press=finalise>
                {words}
            </Button>
        </ModalFooter>
    }
}
