//! A station token: the facts, what can be done with it, and what happened to it.

use domain::column::{Listed, unpacked};
use domain::station_tokens::{StationToken, Status};

use super::apply::ApplyToStation;
use super::state::{is_free, status};
use super::transfer::{Moving, TransferTokens};
use super::{KIND, TRANSFER};
use crate::api::{Loaded, Record};
use crate::kit::{Banner, Button, Item, Look, SplitButton, Symbol, announce};
use crate::pages::record::{DeleteRecord, Deletion, Fact, RecordPage, RecordSheet, said};
use crate::pages::shell::may;
use crate::prelude::*;
use crate::routes::Place;
use crate::table::Shown;

/// The facts in groups: the keys of columns.
const GROUPS: &[(&str, &[&str])] = &[
    ("Token", &["tokenSn", "partNo", "cloudPlan", "description"]),
    ("Organization", &["orgName", "orgId"]),
    (
        "Station",
        &[
            "stationName",
            "stationSn",
            "evseId",
            "activationDate",
            "appliedDate",
        ],
    ),
    ("Order", &["purchaseOrder", "salesOrder", "orderDate", "shipDate"]),
    ("Customer", &["customerName", "customerId", "customerReference"]),
];

#[component]
pub fn StationTokenPage() -> impl IntoView {
    let id = Place::current().id;
    let record = KIND.load(id, "");
    let actions = move || view! { <Actions record /> };
    view! { <RecordPage kind=&KIND record state=status actions facts=facts lines=10 /> }
}

fn facts(token: Record) -> AnyView {
    let fact = |key: &&str| {
        let head = unpacked(StationToken::PACKED)
            .iter()
            .find(|head| head.key == *key)?;
        let shown = said(&Shown::usual(head, token.cell(head)).text);
        let class = head.kind.is_id().then_some("id");
        Some(view! { <Fact label=head.label><span class=class>{shown}</span></Fact> })
    };
    let group = |(label, keys): &(&'static str, &[&str])| {
        view! {
            <section class="fact-group">
                <h2>{*label}</h2>
                <dl class="facts">{keys.iter().filter_map(fact).collect_view()}</dl>
            </section>
        }
    };
    let foreign = (!token.flag("ours")).then(|| {
        let words = format!(
            "{} has this token, which is none of our organizations: here it can only be looked at.",
            token.text("orgName")
        );
        view! { <div class="rule"><Banner>{words}</Banner></div> }
    });
    view! {
        {foreign}
        <div class="fact-groups">{GROUPS.iter().map(group).collect_view()}</div>
    }
    .into_any()
}

#[component]
fn Actions(record: Loaded<Record>) -> impl IntoView {
    let (editing, applying) = (RwSignal::new(false), RwSignal::new(false));
    let moving = Moving::new();
    let deletion = Deletion::new(&KIND, record);
    let applied = Callback::new(move |token: Record| {
        announce(format!(
            "Station token {} is active on {}.",
            token.text("tokenSn"),
            token.text("stationName")
        ));
        record.set(token);
    });
    let moved = Callback::new(move |()| record.reload());
    let ours = move || record.get().is_some_and(|token| token.flag("ours"));
    let items = move || {
        let Some(token) = record.get() else { return vec![] };
        let (id, word) = (token.text("id"), token.text("status"));
        let why = format!("It is {word}.");
        let active = (word == Status::Active.word()).then(|| why.clone());
        let fixed = (!is_free(&token)).then_some(why);
        let transfer = may(TRANSFER).then(|| {
            Item::press("Transfer tokens", move || {
                moving.selected(std::slice::from_ref(&id))
            })
            .icon(Symbol::Open)
            .refused(fixed)
        });
        let delete = may(KIND.needs).then(|| deletion.item().refused(active));
        transfer.into_iter().chain(delete).collect()
    };
    view! {
        <Show when=ours>
            <Show when=move || record.can("apply")>
                <Button look=Look::Primary on_press=move |()| applying.set(true)>"Apply to station"</Button>
            </Show>
            <SplitButton
                label="Edit"
                menu_label="More for this station token"
                icon=Symbol::Edit
                only_menu=Signal::derive(move || !record.can("edit"))
                on_press=move |()| editing.set(true)
                items=items
            />
        </Show>
        <RecordSheet kind=&KIND open=editing record=Some(record) on_saved=KIND.saved(record) />
        <ApplyToStation open=applying record on_saved=applied />
        <TransferTokens moving on_done=moved />
        <DeleteRecord deletion>
            <p>"The token goes out of the stock. What happened to it stays in the audit log."</p>
        </DeleteRecord>
    }
}
