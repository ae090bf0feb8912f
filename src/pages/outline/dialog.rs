//! The dialog that asks what an action takes, says what it would do, and does it once.

use domain::column::{Head, Kind, unpacked};

use super::acting::{Acting, Subject};
use super::action::{Acted, Action, Picks, Preview};
use super::{Outline, shown};
use crate::api::{Record, Write};
use crate::kit::format::count;
use crate::kit::{Banner, CopyField, Dialog, DropZone, Guard, Tone, announce};
use crate::pages::record::{
    Entry, Fields, Other, RecordForm, RecordPicker, customer_choice, old, shown_once,
};
use crate::prelude::*;

/// Asks what an action takes, and does it.
#[component]
pub fn ActionDialog(acting: Acting) -> impl IntoView {
    let title = move || {
        let noun = acting.outline().noun;
        let title = |subject: &Subject| match &subject.chosen {
            Some(chosen) => format!("{} {}", subject.action.label, count(chosen.count, noun.0, noun.1)),
            None => subject.action.title.to_owned(),
        };
        acting
            .subject
            .with(|subject| subject.as_ref().map(title))
            .unwrap_or_default()
    };
    view! {
        <Dialog open=acting.open title=Signal::derive(title)>
            {acting.subject.get_untracked().map(|subject| form(acting, subject))}
        </Dialog>
    }
}

/// What is acted on, before anything is entered.
pub(super) fn acted(acting: Acting, subject: Subject) -> Acted {
    let Subject {
        action,
        record,
        chosen,
    } = subject;
    Acted {
        entry: Entry::of(action.fields, (action.start)(&record).as_ref()),
        other: action
            .picks
            .map(|(_, _, key)| Other::of(Some(&record), key, key, key)),
        record,
        id: (acting.outline().id, acting.id.get_untracked()),
        chosen,
    }
}

/// Says what was done.
pub(super) fn say(action: &Action, answer: &Record) {
    announce([action.done, &(action.left)(answer)].concat());
}

fn form(acting: Acting, subject: Subject) -> AnyView {
    let action = subject.action;
    let is_of_many = subject.chosen.is_some();
    let acted = acted(acting, subject);
    let (entry, other) = (acted.entry, acted.other);
    let about = about(acting.outline(), &acted.record);
    let part = StoredValue::new(acted);
    let write = Write::new();
    let secret = RwSignal::new(String::new());
    let guard = Guard::current();
    write.on_changed(Callback::new(move |()| {
        acting.done.try_run((action, Record::empty()));
    }));
    let save = move |()| {
        if entry.is_right() {
            write.run(
                part.with_value(|part| (action.send)(part)),
                move |answer: Record| {
                    match action.once {
                        Some(once) => {
                            secret.try_set(answer.text(once.path));
                            if let Some(guard) = guard {
                                guard.typed(false);
                            }
                        }
                        None => {
                            say(action, &answer);
                            // Closed before, it may be open for another by now.
                            if secret.try_get_untracked().is_some() {
                                acting.open.try_set(false);
                            }
                        }
                    }
                    if is_of_many {
                        acting.selection.clear();
                    }
                    acting.done.try_run((action, answer));
                },
            );
        }
    };
    // What a file filled is drawn anew.
    let filled = RwSignal::new(());
    let asked = move || {
        let about = about.clone();
        view! {
            <RecordForm open=acting.open write save=action.verb() takes_away=action.takes_away() on_save=save>
                {(!about.is_empty()).then(|| view! { <p><strong>{about}</strong></p> })}
                {(!action.words.is_empty()).then(|| view! { <p>{action.words}</p> })}
                {action.file.map(|key| from_file(entry, key, filled))}
                {move || {
                    filled.track();
                    view! { <Fields entry write /> }
                }}
                {other.zip(action.picks).map(|(other, picks)| picker(other, picks, write))}
                {action.preview.map(|preview| said(part, preview))}
            </RecordForm>
        }
        .into_any()
    };
    let shown = move || match (secret.get(), action.once) {
        (text, Some(once)) if !text.is_empty() => {
            let inside = view! {
                <p>{once.words}</p>
                <CopyField label=once.label hint=once.hint text />
            };
            shown_once(acting.open, inside.into_any())
        }
        _ => asked(),
    };
    view! { {shown} }.into_any()
}

/// What an operator calls a record: as its page does, or by what its list shows first, which is seldom its id.
fn about(outline: &'static Outline, record: &Record) -> String {
    if let Some(sheet) = outline.record {
        return (sheet.title)(record);
    }
    let heads = unpacked(outline.list.1);
    let names = |head: &&'static Head| head.early || head.kind == Kind::Text;
    let names = heads
        .iter()
        .take(1)
        .filter(names)
        .chain(heads.iter().skip(1).filter(|head| head.early));
    let said = names.map(|head| shown(outline.cells, head, record).text);
    let said: Vec<String> = said.filter(|text| !text.is_empty()).collect();
    match (said.is_empty(), heads.first()) {
        (true, Some(head)) => shown(outline.cells, head, record).text,
        _ => said.join(" · "),
    }
}

fn picker(other: Other, (label, path, key): Picks, write: Write) -> AnyView {
    view! { <RecordPicker label path choice=customer_choice chosen=other.chosen error=write.field(key) /> }
        .into_any()
}

/// Fills a field with what a file says.
fn from_file(entry: Entry, key: &'static str, filled: RwSignal<()>) -> AnyView {
    let take = move |file: web_sys::File| {
        spawn_local(async move {
            let text = wasm_bindgen_futures::JsFuture::from(file.text()).await;
            if let Some(text) = text.ok().and_then(|text| text.as_string()) {
                entry.fill(key, text);
                filled.try_set(());
            }
        });
    };
    view! { <DropZone words="Drop a CSV file here" label="CSV file" accept=".csv,text/csv,text/plain" on_file=take /> }
        .into_any()
}

/// What would follow, as long as that can be told.
fn said(part: StoredValue<Acted>, (ask, words): Preview) -> AnyView {
    let answer = RwSignal::new(Ok(String::new()));
    effect(move || {
        let asked = part.with_value(ask);
        let Some(asked) = asked else {
            answer.set(Ok(String::new()));
            return;
        };
        let (asked, handle) = futures::future::abortable(asked);
        on_cleanup(move || handle.abort());
        spawn_local(async move {
            if let Ok(told) = asked.await {
                let told = told.map(|told| words(&told) + &old(&told));
                let told = told.map_err(|problem| problem.detail);
                answer.try_set(told);
            }
        });
    });
    let shown = move || {
        let (tone, text) = match answer.get() {
            Ok(text) => (Tone::Neutral, text),
            Err(text) => (Tone::Attention, text),
        };
        (!text.is_empty()).then(|| view! { <Banner tone>{text}</Banner> })
    };
    view! { <div role="status">{shown}</div> }.into_any()
}
