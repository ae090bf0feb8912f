//! The second step: what the file was read as, and what is wrong with it.

use crate::prelude::*;

use super::bad_rows::BadRowsButton;
use super::detected::{Detected, Sample};
use super::problems::Problems;
use super::read::{Progress as Read, Source, Unread};
use super::refused::Refused;
use super::summary::Summary;
use super::wizard::{Outcome, Step, Wizard, Work};
use super::words;
use crate::kit::format::{count, number};
use crate::kit::{Banner, Button, Look, Progress, Tone};

#[component]
pub fn CheckStep(wizard: Wizard) -> impl IntoView {
    view! {
        <SourceLine wizard />
        {move || match wizard.outcome.get() {
            None => view! { <Reading wizard /> }.into_any(),
            Some(Outcome::Read(summary)) => view! { <Checked wizard summary=*summary /> }.into_any(),
            Some(Outcome::Unread(Unread::Lost)) => view! { <Lost wizard /> }.into_any(),
            Some(Outcome::Unread(Unread::Refused { code, line, preview })) => {
                view! { <Refused wizard code line preview /> }.into_any()
            }
        }}
    }
}

/// Which file this is about.
#[component]
pub fn SourceLine(wizard: Wizard) -> impl IntoView {
    let words = move || {
        wizard.source.with(|source| {
            let source = source.as_ref()?;
            let size = words::size(source.size());
            Some(match source {
                Source::File(file) => format!("{} · {size}", file.name()),
                Source::Text(_) => format!("Pasted ids · {size}"),
            })
        })
    };
    view! { <p class="wizard-file">{words}</p> }
}

#[component]
fn Reading(wizard: Wizard) -> impl IntoView {
    let read = move || match wizard.work.get() {
        Work::Reading(read) => read,
        _ => Read::default(),
    };
    let label = move || format!("Reading: {}", count(read().rows, "row", "rows"));
    view! {
        <Progress
            label=Signal::derive(label)
            part=Signal::derive(move || Some(read().part))
            on_cancel=move |()| wizard.cancel()
        />
    }
}

#[component]
fn Lost(wizard: Wizard) -> impl IntoView {
    view! {
        <div role="alert">
            <Banner tone=Tone::Bad>
                <strong>"The file could not be read"</strong>
                " It was changed, moved or deleted since it was picked. Nothing has changed on the list. Pick it \
                 again."
            </Banner>
        </div>
        <footer class="wizard-foot">
            <Button on_press=move |()| wizard.back_to(Step::File)>"Choose another file"</Button>
        </footer>
    }
}

#[component]
fn Checked(wizard: Wizard, summary: Summary) -> impl IntoView {
    let accepted = summary.accepted;
    let kind = words::kind(summary.kind);
    let fact = |name: &'static str, value: u64, tone: Tone| {
        let tone = if value == 0 { Tone::Neutral } else { tone };
        view! { <div data-tone=tone.key()><dt>{name}</dt><dd>{number(value)}</dd></div> }
    };
    let nothing = (accepted == 0).then(|| {
        view! {
            <Banner tone=Tone::Bad>
                <strong>"Nothing can be imported"</strong>
                " No row holds a good id. The list stays as it is."
            </Banner>
        }
    });
    let go_on = match accepted {
        0 => "Preview the import".to_owned(),
        accepted => format!("Preview the import of {}", count(accepted, "id", "ids")),
    };
    view! {
        <dl class="figures" aria-label="What the file holds">
            {fact("Rows", summary.rows, Tone::Neutral)}
            {fact("Good ids", accepted, Tone::Good)}
            {fact("Duplicate in the file", summary.duplicates, Tone::Attention)}
            {fact("Bad", summary.rejected, Tone::Bad)}
        </dl>
        <div role="alert">{nothing}</div>
        <Detected wizard preview=summary.preview.clone() />
        <Sample preview=summary.preview.clone() kind />
        <Problems wizard summary=summary.clone() />
        <footer class="wizard-foot">
            <Button on_press=move |()| wizard.back_to(Step::File)>"Choose another file"</Button>
            <BadRowsButton wizard rejected=summary.rejected />
            <Button look=Look::Primary disabled=accepted == 0 on_press=move |()| wizard.stage()>{go_on}</Button>
        </footer>
    }
}
