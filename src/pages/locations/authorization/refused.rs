//! Who was refused here lately, and what an operator does about it: lists them, or forgets.

use domain::refused::RefusedToken;

use super::Shared;
use super::change::Change;
use super::entries::id;
use super::words::outcome;
use crate::api::json::Value;
use crate::api::{Loaded, Record, Write, records};
use crate::kit::{Button, EmptyState, Item, Look, ProblemLine, SplitButton, Tone, announce};
use crate::pages::shell::may;
use crate::prelude::*;
use crate::table::{Cells, DataTable, List, QueryState, Shown};

#[component]
pub fn RefusedList(shared: Shared) -> impl IntoView {
    let editor = shared.editor;
    let path = shared
        .location
        .with_value(|id| records::path("/locations", id, "/refused"));
    let forget = format!("{path}/forget");
    let query = QueryState::in_url(List::of::<RefusedToken>(path), "");
    let page = Loaded::new(move || {
        editor.changes.track();
        query.fetch()
    });
    let write = Write::new();
    let forget = Callback::new(move |which: (&'static str, Value)| {
        write.run(records::post(&forget, &[which]), move |_: Record| {
            page.reload();
        });
    });
    // Who is listed is no refusal any more.
    let list = Callback::new(move |entry: Record| {
        let change = Change::list(std::slice::from_ref(&entry));
        let asked = shared.location.with_value(|id| change.ask_now(id));
        write.run(asked, move |done: Record| {
            announce(outcome(&done, super::list::List::Tokens));
            editor.changed(&done);
            forget.run(("entryIds", vec![entry.text("entryId")].into()));
        });
    });
    let row_actions = move |entry: Record| {
        if !entry.can("forget") {
            return ().into_any();
        }
        let id = entry.text("entryId");
        let forget_it = Item::press("Forget", move || {
            forget.run(("entryIds", vec![id.clone()].into()));
        });
        let refused = entry.text("reason");
        // Who is blocked or has expired is refused though they are listed.
        let helps = refused == "Not listed" || refused == "Unknown token";
        view! {
            <SplitButton
                label="Authorize here"
                menu_label=format!("More for {}", entry.text("id"))
                look=Look::Quiet
                small=true
                only_menu=!helps
                on_press=move |()| list.run(entry.clone())
                items=vec![forget_it]
            />
        }
        .into_any()
    };
    let tools = move || {
        let any = move || page.with(|page| page.items.is_empty()).unwrap_or(true);
        may("Manage:Location").then(|| {
            view! {
                <Button
                    disabled=Signal::derive(any)
                    busy=write.pending()
                    on_press=move |()| forget.run(("all", true.into()))
                >
                    "Forget all"
                </Button>
            }
        })
    };
    view! {
        <ProblemLine problem=write.problem() />
        <DataTable
            label="Refused lately"
            noun=("refused token", "refused tokens")
            query
            page
            cells=Cells::new().with("id", id).with("reason", reason)
            row_actions=Callback::new(row_actions)
            search="Search by Auth ID or customer"
            tools
            empty=|| {
                view! {
                    <EmptyState
                        title="Nobody was refused lately"
                        detail="Who holds a card to a reader here and may not charge stands here, with how often and when."
                    />
                }
            }
        />
    }
    .into_any()
}

fn reason(entry: &Record) -> Shown {
    Shown::badge(Tone::Attention, entry.text("reason"))
}
