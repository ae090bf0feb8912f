//! The charge tokens on the Authorization list.

use std::collections::HashMap;

use domain::authorization::TokenEntry;
use domain::column::Listed;
use domain::identifiers::IdKind;
use domain::tokens::TokenState;

use super::add::AddDialog;
use super::change::{Change, List, Removal};
use super::tools::ListTools;
use super::{Shared, keep_focus};
use crate::api::{self, Loaded};
use crate::kit::{Badge, EmptyState, Item, LinkButton, Look, SplitButton, Tone};
use crate::prelude::*;
use crate::routes;
use crate::table::{Cells, DataTable, QueryState};

#[component]
pub fn TokenList(shared: Shared) -> impl IntoView {
    let editor = shared.editor;
    let adding = RwSignal::new(false);
    let query = QueryState::in_url("");
    let page = Loaded::new(move || {
        editor.changes.track();
        api::authorization::tokens(shared.location.get_value(), query.get())
    });
    keep_focus(editor, page);
    // The selection reaches over pages; what was seen of the entries can be put back.
    let seen = StoredValue::new(HashMap::<String, TokenEntry>::new());
    effect(move || {
        page.with(|page| {
            let entries = page
                .items
                .iter()
                .map(|entry| (entry.id().to_owned(), entry.clone()));
            seen.update_value(|seen| seen.extend(entries));
        });
    });
    let selected = Callback::new(move |()| {
        let ids = shared.tokens.ids();
        let entries = seen.with_value(|seen| {
            ids.iter()
                .filter_map(|id| seen.get(id).cloned())
                .collect::<Vec<_>>()
        });
        Removal::tokens(&entries)
    });
    let cells = Cells::new().with("id", id).with("state", state);
    let row_actions = move |entry: TokenEntry| {
        let href = entry.token.as_ref().map(|token| routes::token(&token.id));
        let external = href
            .is_none()
            .then_some("The portal has no charge token of this id.");
        let details = Item::link("View token details", href.unwrap_or_default()).refused(external);
        let menu_label = format!("More for {}", entry.id);
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
            row_actions=Callback::new(row_actions)
            search="Search by Auth ID, Chip ID or customer"
            tools=move || view! { <ListTools shared list=List::Tokens adding selected /> }
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

fn id(entry: &TokenEntry) -> AnyView {
    let id = entry.id.clone();
    let chip = (entry.token.is_none() && entry.kind == IdKind::ChipId)
        .then(|| view! { <span class="quiet">" Chip ID"</span> });
    match &entry.token {
        Some(token) => view! { <a class="id" href=routes::token(&token.id)>{id}</a> }.into_any(),
        None => view! { <span class="id">{id}</span>{chip} }.into_any(),
    }
}

fn state(entry: &TokenEntry) -> AnyView {
    let state = entry.token.as_ref().map(|token| token.state);
    let refused = |word: &str| format!("{word}: refused though listed");
    let (tone, word) = match state {
        None => (Tone::Neutral, "External".to_owned()),
        Some(TokenState::Valid) => (Tone::Good, TokenState::Valid.word().to_owned()),
        Some(TokenState::Expired) => (Tone::Attention, refused(TokenState::Expired.word())),
        Some(TokenState::Blocked) => (Tone::Bad, refused(TokenState::Blocked.word())),
    };
    view! { <Badge tone word /> }.into_any()
}
