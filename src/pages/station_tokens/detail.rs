//! A station token: the facts, what can be done with it, and what happened to it.

use domain::column::Listed;
use domain::station_tokens::{StationToken, Status};

use super::apply::ApplyToStation;
use super::state::{is_free, status};
use super::transfer::{Moving, TransferTokens};
use super::{KIND, TRANSFER};
use crate::api::{Loaded, Record};
use crate::kit::time::zone;
use crate::kit::{Banner, Button, Item, Look, SplitButton, Symbol, Time, announce};
use crate::pages::record::{DeleteRecord, Deletion, Fact, RecordPage, RecordSheet, awaited, said};
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
    let history = KIND.load(id, "/history");
    let actions = move || view! { <Actions record history /> };
    view! {
        <RecordPage kind=&KIND record state=status actions facts=facts lines=10>
            <History history />
        </RecordPage>
    }
}

fn facts(token: Record) -> AnyView {
    let fact = |key: &&str| {
        let head = StationToken::HEADS.iter().find(|head| head.key == *key)?;
        let shown = said(&Shown::usual(head.kind, token.cell(head)).text);
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
fn History(history: Loaded<Record>) -> impl IntoView {
    view! {
        <section class="section">
            <h2>"History"</h2>
            {awaited(history, 3, true, Callback::new(events))}
        </section>
    }
}

fn events(events: Record) -> AnyView {
    let event = |event: Record| {
        view! {
            <li>
                // The dates above are Pacific Time; these are the reader's.
                <span class="when">
                    <Time at=event.text("at") />
                    " "
                    <small class="quiet">{zone(&event.text("at"))}</small>
                </span>
                <span>
                    <strong>{event.text("what")}</strong>
                    " "
                    {event.text("detail")}
                </span>
            </li>
        }
    };
    let events = events.records("").into_iter().map(event).collect_view();
    view! { <ol class="history">{events}</ol> }.into_any()
}

#[component]
fn Actions(record: Loaded<Record>, history: Loaded<Record>) -> impl IntoView {
    let (editing, applying) = (RwSignal::new(false), RwSignal::new(false));
    let moving = Moving::new();
    let deletion = Deletion::new(&KIND, record);
    let shown = KIND.saved(record);
    let saved = Callback::new(move |token: Record| {
        shown.run(token);
        history.reload();
    });
    let applied = Callback::new(move |token: Record| {
        announce(format!(
            "Station token {} is active on {}.",
            token.text("tokenSn"),
            token.text("stationName")
        ));
        record.set(token);
        history.reload();
    });
    let moved = Callback::new(move |()| {
        record.reload();
        history.reload();
    });
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
        <RecordSheet kind=&KIND open=editing record=Some(record) on_saved=saved />
        <ApplyToStation open=applying record on_saved=applied />
        <TransferTokens moving on_done=moved />
        <DeleteRecord deletion>
            <p>"The token goes out of the stock, and its history with it."</p>
        </DeleteRecord>
    }
}
