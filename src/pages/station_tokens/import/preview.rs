//! What the file would change.

use domain::column::{Head, Listed, unpacked, usual};
use domain::station_tokens::StationToken;

use super::path;
use crate::api::transport::Call;
use crate::api::{Record, Write};
use crate::kit::format::{count, number};
use crate::kit::{Banner, Button, Look, ModalFooter, ProblemLine, announce};
use crate::pages::record::said;
use crate::pages::station_tokens::state::rows;
use crate::prelude::*;
use crate::table::Shown;

/// What is counted, its key and its tone where there is any.
const FIGURES: &[(&str, &str, &str)] = &[
    ("New", "new", "good"),
    ("Changed", "changed", "attention"),
    ("Unchanged", "unchanged", "neutral"),
    ("Not taken", "bad", "bad"),
];

#[component]
pub fn Preview(
    found: Record,
    preview: RwSignal<Option<Record>>,
    name: RwSignal<String>,
    open: RwSignal<bool>,
    write: Write,
    /// Reads the file again.
    again: Callback<()>,
    /// Goes back to choose another.
    another: Callback<()>,
    on_done: Callback<()>,
) -> impl IntoView {
    let [new, changed, bad] = ["new", "changed", "bad"].map(|key| found.count(key));
    let figure = |(label, key, tone): &(&'static str, &str, &'static str)| {
        let value = found.count(key);
        view! {
            <div data-tone=(value > 0).then_some(*tone)>
                <dt>{*label}</dt>
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
                    {rows(&problems, &["row", "column", "message"])}
                </table>
            </details>
        }
    });
    let changes = found.records("changes");
    let changes = (!changes.is_empty()).then(|| {
        let words = format!(
            "{} changed{}",
            count(changed, "token is", "tokens are"),
            if changed > changes.len() as u64 { "; the first 100" } else { "" }
        );
        view! {
            <details class="group" open="">
                <summary>{words}</summary>
                <table class="group-rows">
                    <thead><tr><th class="number">"Row"</th><th>"Token S/N"</th><th>"Before → after"</th></tr></thead>
                    {rows(&changes, &["row", "tokenSn", "detail"])}
                </table>
            </details>
        }
    });
    let heads = || usual(unpacked(StationToken::PACKED));
    let line = |token: Record| {
        let cell = |head: &Head| {
            let shown = said(&Shown::usual(head, token.cell(head)).text);
            view! { <td>{shown}</td> }
        };
        view! { <tr>{heads().map(cell).collect_view()}</tr> }
    };
    let sample = found.records("sample");
    let sample = (!sample.is_empty()).then(|| {
        view! {
            <div class="sample" role="region" tabindex="0" aria-label="The first new tokens as they will be">
                <table>
                    <thead><tr>{heads().map(|head| view! { <th>{head.label}</th> }).collect_view()}</tr></thead>
                    <tbody>{sample.into_iter().map(line).collect_view()}</tbody>
                </table>
            </div>
        }
    });
    let path = path(&found, "/finalise");
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
            on_done.try_run(());
        };
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
                    {FIGURES.iter().map(figure).collect_view()}
                </dl>
            </div>
            {unknown}
            {problems}
            {changes}
            {sample}
            <ProblemLine problem=write.problem() />
        </div>
        <ModalFooter>
            <Button on_press=another>"Another file"</Button>
            <Show when=move || write.problem().with(Option::is_some)>
                <Button on_press=again>"Read the file again"</Button>
            </Show>
            <Button look=Look::Primary disabled=new + changed == 0 busy=write.pending() on_press=finalise>
                {words}
            </Button>
        </ModalFooter>
    }
}
