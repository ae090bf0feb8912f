//! The charge tokens on the Authorization list.

use domain::authorization::TokenEntry;
use domain::tokens::TokenState;

use super::add::AddDialog;
use super::change::{CHIP_ID, Change, List, Removal};
use super::tools::ListTools;
use super::{Entries, Shared, entries};
use crate::api::{self, Record};
use crate::kit::{EmptyState, Item, LinkButton, Look, SplitButton, Tone};
use crate::prelude::*;
use crate::routes;
use crate::table::{self, Cells, DataTable, QueryState, Shown};

#[component]
pub fn TokenList(shared: Shared) -> impl IntoView {
    let editor = shared.editor;
    let adding = RwSignal::new(false);
    let path = shared
        .location
        .with_value(|id| api::authorization::path(id, "/tokens"));
    let query = QueryState::in_url(table::List::of::<TokenEntry>(path), "");
    let Entries { page, selected, seen } = entries(shared, query, shared.tokens);
    let cells = Cells::new().with("id", id).with("state", state);
    let row_actions = move |entry: Record| {
        let href = entry.has("token").then(|| routes::token(&entry.text("token.id")));
        let external = href
            .is_none()
            .then_some("The portal has no charge token of this id.");
        let details = Item::link("View token details", href.unwrap_or_default()).refused(external);
        let menu_label = format!("More for {}", entry.text("id"));
        view! {
            <SplitButton
                label="Remove"
                menu_label
                look=Look::Quiet
                small=true
                on_press=move |()| editor.start(Change::Remove(Removal::tokens(std::slice::from_ref(&entry))))
                items=vec![details]
            />
        }
        .into_any()
    };
    let import = move || shared.location.with_value(|id| routes::location_import(id));
    view! {
        <DataTable
            label="Charge tokens on the Authorization list"
            noun=("charge token", "charge tokens")
            query
            page
            cells
            selection=shared.tokens
            by_id=seen
            row_actions=Callback::new(row_actions)
            search="Search by Auth ID, Chip ID or customer"
            tools=move || {
                let selected = Callback::new(move |()| match untrack(|| shared.tokens.is_all()) {
                    true => Removal::all(List::Tokens, 0),
                    false => Removal::tokens(&selected.run(())),
                });
                view! { <ListTools shared list=List::Tokens adding selected /> }
            }
            empty=move || view! {
                <EmptyState
                    title="No charge token is listed"
                    detail="Add charge tokens by Auth ID or Chip ID, or import a CSV file of them."
                >
                    <LinkButton href=Signal::derive(import)>"Import charge tokens"</LinkButton>
                </EmptyState>
            }
        />
        <AddDialog open=adding list=List::Tokens shared />
    }
}

fn id(entry: &Record) -> Shown {
    let id = entry.text("id");
    match entry.has("token") {
        true => Shown::link(id, routes::token(&entry.text("token.id"))),
        false if entry.text("kind") == CHIP_ID => Shown::text(id).note("Chip ID"),
        false => Shown::text(id),
    }
}

fn state(entry: &Record) -> Shown {
    let word = entry.text("token.state");
    let refused = format!("{word}: refused though listed");
    if word == TokenState::Valid.word() {
        Shown::badge(Tone::Good, word)
    } else if word == TokenState::Expired.word() {
        Shown::badge(Tone::Attention, refused)
    } else if word.is_empty() {
        Shown::badge(Tone::Neutral, "External")
    } else {
        Shown::badge(Tone::Bad, refused)
    }
}
