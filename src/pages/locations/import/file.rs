//! The first step: what the file holds, and the file by drop, by browsing or by pasting.

use domain::identifiers::IdKind;

use super::history::{Earlier, Unfinished};
use super::read::Source;
use super::wizard::Wizard;
use super::words;
use crate::kit::{Button, DropZone, LinkButton, Symbol, TextArea};
use crate::prelude::*;

#[component]
pub fn FileStep(wizard: Wizard) -> impl IntoView {
    view! {
        <div class="wizard-columns">
            <div class="wizard-main">
                <Unfinished wizard />
                <KindChoice wizard />
                <DropZone
                    words="Drop a CSV file here"
                    label="CSV file with charge tokens"
                    accept=".csv,.tsv,.txt,text/csv,text/plain,text/tab-separated-values"
                    on_file=move |file| wizard.pick(Source::File(file))
                />
                <Paste wizard />
            </div>
            <aside class="wizard-aside">
                <h2>"About the file"</h2>
                <p>{move || about(wizard.chips.get())}</p>
                <LinkButton
                    href="/token-importer-example.csv"
                    icon=Symbol::Download
                    download="token-importer-example.csv"
                >
                    "Token importer example file"
                </LinkButton>
                <p class="quiet">
                    "Comma, semicolon, tab; UTF-8, UTF-16 or what Excel writes: it is found out, and can be \
                     changed. The file is read in this browser. Nothing changes before “Finalise import”."
                </p>
            </aside>
        </div>
        <Earlier wizard />
    }
}

fn about(chips: bool) -> String {
    let kind = words::kind(if chips { IdKind::ChipId } else { IdKind::AuthId });
    format!(
        "A CSV file with the {kind}s to authorize for this location, one in each row, in a column called “{kind}”. \
         Other columns are left alone."
    )
}

/// What the ids are: it is never guessed, for some ids are both.
#[component]
fn KindChoice(wizard: Wizard) -> impl IntoView {
    let choice = move |chips: bool, label: &'static str| {
        view! {
            <label class="radio">
                <input
                    type="radio"
                    name="import-kind"
                    prop:checked=move || wizard.chips.get() == chips
                    on:change=move |_| wizard.chips.set(chips)
                />
                <span>{label}</span>
            </label>
        }
    };
    view! {
        <fieldset class="kinds">
            <legend>"The file holds"</legend>
            {choice(false, "Auth IDs")}
            {choice(true, "Chip IDs")}
        </fieldset>
    }
}

#[component]
fn Paste(wizard: Wizard) -> impl IntoView {
    let text = RwSignal::new(String::new());
    let empty = move || text.with(|text| text.trim().is_empty());
    view! {
        <details class="paste">
            <summary>"Paste ids instead"</summary>
            <TextArea label="Ids, one in each line" value=text rows=6 mono=true />
            <Button
                disabled=Signal::derive(empty)
                on_press=move |()| wizard.pick(Source::Text(text.get_untracked()))
            >
                "Check the pasted ids"
            </Button>
        </details>
    }
}
