//! The first step: what the file holds, and the file by drop, by browsing or by pasting.

use domain::identifiers::IdKind;
use leptos::html;
use leptos::leptos_dom::helpers::WindowListenerHandle;
use web_sys::{DragEvent, File};

use super::history::{Earlier, Unfinished};
use super::read::Source;
use super::wizard::Wizard;
use super::words;
use crate::kit::{Button, Icon, LinkButton, Look, Symbol, TextArea};
use crate::prelude::*;

#[component]
pub fn FileStep(wizard: Wizard) -> impl IntoView {
    view! {
        <div class="wizard-columns">
            <div class="wizard-main">
                <Unfinished wizard />
                <KindChoice wizard />
                <DropZone wizard />
                <Paste wizard />
            </div>
            <aside class="wizard-aside">
                <h2>"About the file"</h2>
                <p>{move || wizard.options.with(|options| about(words::kind(options.kind)))}</p>
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

fn about(kind: &str) -> String {
    format!(
        "A CSV file with the {kind}s to authorize for this location, one in each row, in a column called “{kind}”. \
         Other columns are left alone."
    )
}

/// What the ids are: it is never guessed, for some ids are both.
#[component]
fn KindChoice(wizard: Wizard) -> impl IntoView {
    let choice = move |kind: IdKind| {
        let label = format!("{}s", words::kind(kind));
        let chosen = move || wizard.options.with(|options| options.kind == kind);
        view! {
            <label class="radio">
                <input
                    type="radio"
                    name="import-kind"
                    prop:checked=chosen
                    on:change=move |_| wizard.options.update(|options| options.kind = kind)
                />
                <span>{label}</span>
            </label>
        }
    };
    view! {
        <fieldset class="kinds">
            <legend>"The file holds"</legend>
            {choice(IdKind::AuthId)}
            {choice(IdKind::ChipId)}
        </fieldset>
    }
}

#[component]
fn DropZone(wizard: Wizard) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let over = RwSignal::new(false);
    let take = move |file: Option<File>| {
        if let Some(file) = file {
            wizard.pick(Source::File(file));
        }
    };
    let dropped = move |event: DragEvent| {
        event.prevent_default();
        over.set(false);
        take(
            event
                .data_transfer()
                .and_then(|data| data.files())
                .and_then(|files| files.get(0)),
        );
    };
    // A file dropped beside the zone would otherwise take the place of the page.
    let beside = [
        window_event_listener(leptos::ev::dragover, |event| event.prevent_default()),
        window_event_listener(leptos::ev::drop, |event| event.prevent_default()),
    ];
    on_cleanup(move || beside.into_iter().for_each(WindowListenerHandle::remove));
    view! {
        <div
            class="drop"
            data-over=move || over.get().then_some("true")
            on:dragover=move |event: DragEvent| {
                event.prevent_default();
                over.set(true);
            }
            on:dragleave=move |_| over.set(false)
            on:drop=dropped
        >
            <Icon symbol=Symbol::File />
            <p>"Drop a CSV file here"</p>
            <Button
                look=Look::Primary
                on_press=move |()| {
                    if let Some(input) = input.get_untracked() {
                        input.click();
                    }
                }
            >
                "Browse files"
            </Button>
            <input
                type="file"
                class="visually-hidden"
                node_ref=input
                tabindex="-1"
                aria-label="CSV file with charge tokens"
                accept=".csv,.tsv,.txt,text/csv,text/plain,text/tab-separated-values"
                on:change=move |_| take(input.get_untracked().and_then(|input| input.files()?.get(0)))
            />
        </div>
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
