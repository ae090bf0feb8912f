//! The page of a single record.

use super::{DeleteRecord, Deletion, History, Kind, RecordSheet, RecordState, awaited, is_missing, said};
use crate::api::{Loaded, Record};
use crate::kit::{Badge, SplitButton, Symbol, Time, Tone};
use crate::pages::shell::PageHeader;
use crate::prelude::*;
use crate::table::Shown;

/// A record's state, as a badge shows it.
pub type State = fn(&Record) -> (Tone, String);

/// Name, state, actions and facts of a record, or why it is not there.
#[component]
pub fn RecordPage(
    kind: &'static Kind,
    record: Loaded<Record>,
    /// What a badge beside the name says.
    #[prop(optional)]
    state: Option<State>,
    #[prop(into)] actions: ViewFn,
    /// Stands below the name.
    #[prop(optional, into)]
    above: ViewFn,
    #[prop(into)] facts: Callback<Record, AnyView>,
    /// How many lines stand for them until the record comes.
    #[prop(default = 6)]
    lines: usize,
    /// What stands below the facts, above the history.
    #[prop(optional)]
    children: Option<ChildrenFn>,
) -> impl IntoView {
    let title = move || {
        record
            .with(|record| record.text(kind.name))
            .unwrap_or_else(|| kind.record.into())
    };
    let badge = move || {
        let (tone, word) = record.with(state?)?;
        Some(view! { <Badge tone word /> })
    };
    let missing = memo(move |_| is_missing(record));
    view! {
        <PageHeader
            title=Signal::derive(title)
            crumbs=kind.crumbs()
            state=badge
            actions=move || (!missing.get()).then(|| actions.run())
        />
        {above.run()}
        <RecordState record missing=format!("There is no such {}.", kind.noun()) />
        {awaited(record, lines, false, facts)}
        <Show when=move || record.is_loaded()>
            {children.as_ref().map(ChildrenFn::run)}
            <History path=kind.path record />
        </Show>
    }
    .into_any()
}

/// *Edit*, and *Delete* behind its arrow.
#[component]
pub fn EditOrDelete(
    kind: &'static Kind,
    record: Loaded<Record>,
    /// What follows from deleting it.
    children: ChildrenFn,
) -> impl IntoView {
    let editing = RwSignal::new(false);
    let deletion = Deletion::new(kind, record);
    view! {
        <SplitButton
            label="Edit"
            menu_label=format!("More for this {}", kind.noun())
            icon=Symbol::Edit
            only_menu=Signal::derive(move || !record.can("edit"))
            on_press=move |()| editing.set(true)
            items=move || deletion.offered()
        />
        <RecordSheet kind open=editing record=Some(record) on_saved=kind.saved(record) />
        <DeleteRecord deletion children />
    }
}

/// Facts by their labels.
pub fn facts<Label: Into<String>>(all: Vec<(Label, Shown)>) -> AnyView {
    drawn(
        all.into_iter()
            .map(|(label, shown)| (label.into(), shown))
            .collect(),
    )
}

fn drawn(all: Vec<(String, Shown)>) -> AnyView {
    let fact = |(label, shown): (String, Shown)| {
        let note = (!shown.note.is_empty()).then(|| view! { " "<small class="quiet">{shown.note}</small> });
        let bar = shown
            .part
            .map(|part| view! { <meter max="100" value=part aria-hidden="true"></meter> });
        let said = match shown {
            Shown { at, .. } if !at.is_empty() => view! { <Time at /> }.into_any(),
            Shown { text, href, .. } if !href.is_empty() => view! { <a href=href>{text}</a> }.into_any(),
            Shown {
                text,
                tone: Some(tone),
                ..
            } => view! { <Badge tone word=text /> }.into_any(),
            Shown { text, .. } => said(&text).into_any(),
        };
        let class = label.ends_with(" ID").then_some("id");
        view! {
            <div>
                <dt>{label}</dt>
                <dd><span class=class>{said}</span>{bar}{note}</dd>
            </div>
        }
    };
    view! { <dl class="facts">{all.into_iter().map(fact).collect_view()}</dl> }.into_any()
}
