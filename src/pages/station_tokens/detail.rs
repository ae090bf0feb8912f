//! A station token: the facts, what can be done with it, and what happened to it.

use domain::column::Listed;
use domain::station_tokens::StationToken;

use super::KIND;
use super::apply::ApplyToStation;
use super::state::{is_free, status};
use super::transfer::{Moving, TransferTokens};
use crate::api::{Loaded, Record};
use crate::kit::{Banner, Button, Item, Look, ProblemPanel, Skeleton, SplitButton, Symbol, Time, announce};
use crate::pages::record::{DeleteRecord, Deletion, Fact, RecordPage, RecordSheet, said};
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
            "{} has this token, which is none of our organisations: here it can only be looked at.",
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
    let event = |event: Record| {
        view! {
            <li>
                <Time at=event.text("at") />
                <span>
                    <strong>{event.text("what")}</strong>
                    " "
                    {event.text("detail")}
                </span>
            </li>
        }
    };
    let events = move || match (history.get(), history.problem()) {
        (_, Some(problem)) => {
            view! { <ProblemPanel problem kept=true on_retry=move |()| history.reload() /> }.into_any()
        }
        (Some(events), None) => {
            let events = events.records("").into_iter().map(event).collect_view();
            view! { <ol class="history">{events}</ol> }.into_any()
        }
        (None, None) => view! { <Skeleton lines=3 /> }.into_any(),
    };
    view! {
        <section class="section">
            <h2>"History"</h2>
            {events}
        </section>
    }
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
    let ours = move || record.with(|token| token.flag("ours")).unwrap_or_default();
    let free = move || ours() && record.with(is_free).unwrap_or_default();
    let items = move || {
        let (_, word) = record.with(status).unwrap_or_default();
        let fixed = (!free()).then(|| format!("It is {word}."));
        let active = (word == "Active").then_some("It is Active.");
        let id = record.with(|token| token.text("id")).unwrap_or_default();
        vec![
            Item::press("Transfer tokens", move || {
                moving.selected(std::slice::from_ref(&id))
            })
            .icon(Symbol::Open)
            .refused(fixed),
            deletion.item().refused(active),
        ]
    };
    view! {
        <Show when=ours>
            <Show when=free>
                <Button look=Look::Primary on_press=move |()| applying.set(true)>"Apply to station"</Button>
            </Show>
            <SplitButton
                label="Edit"
                menu_label="More for this station token"
                icon=Symbol::Edit
                on_press=move |()| editing.set(true)
                items=Signal::derive(items)
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
