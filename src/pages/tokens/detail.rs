//! A charge token: the facts, and where it may charge.

use domain::tokens::{Token, TokenState};
use leptos_router::hooks::use_navigate;

use super::edit::EditToken;
use super::state::TokenStateBadge;
use crate::api::{self, Loaded, Write};
use crate::kit::time::now;
use crate::kit::{Banner, ConfirmDialog, Item, Sheet, Skeleton, SplitButton, Symbol, Time, Tone, announce};
use crate::pages::record::{Fact, MayChargeTable, RecordState, is_missing, said};
use crate::pages::shell::{Crumb, PageHeader};
use crate::prelude::*;
use crate::routes::{self, Place};

#[component]
pub fn TokenPage() -> impl IntoView {
    let id = Place::current().id;
    let record = Loaded::of(id, api::tokens::get);
    let title = move || {
        record
            .with(|token| token.auth_id.clone())
            .unwrap_or_else(|| "Charge token".into())
    };
    let state = move || {
        let state = record.with(|token| token.state(&now()))?;
        Some(view! { <TokenStateBadge state /> })
    };
    let missing = memo(move |_| is_missing(record));
    let crumbs = vec![
        Crumb::area("Customers & tokens"),
        Crumb::page("Charge tokens", routes::TOKENS),
    ];
    view! {
        <PageHeader
            title=Signal::derive(title)
            crumbs
            state
            actions=move || (!missing.get()).then(|| view! { <Actions id record /> })
        />
        <RecordState record missing="There is no such charge token." />
        {move || match record.get() {
            Some(token) => view! { <Facts token /> }.into_any(),
            None if record.problem().is_none() => view! { <Skeleton lines=6 /> }.into_any(),
            None => ().into_any(),
        }}
        <Show when=move || record.is_loaded()>
            <Places id />
        </Show>
    }
    .into_any()
}

#[component]
fn Facts(token: Token) -> impl IntoView {
    let refused = match token.state(&now()) {
        TokenState::Valid => None,
        TokenState::Blocked => {
            Some("This token is blocked: it is refused everywhere, though it may be listed.")
        }
        TokenState::Expired => {
            Some("This token has expired: it is refused everywhere, though it may be listed.")
        }
    };
    let id =
        |text: Option<String>| view! { <span class="id">{said(text.as_deref().unwrap_or_default())}</span> };
    let customer = match token.customer {
        Some(customer) => view! { <a href=routes::customer(&customer.id)>{customer.name}</a> }.into_any(),
        None => "None".into_any(),
    };
    let expires = match token.expires {
        Some(at) => view! { <Time at /> }.into_any(),
        None => "Never".into_any(),
    };
    view! {
        {refused.map(|words| view! { <div class="rule"><Banner tone=Tone::Attention>{words}</Banner></div> })}
        <dl class="facts">
            <Fact label="Auth ID"><span class="id">{token.auth_id}</span></Fact>
            <Fact label="Chip ID">{id(token.chip_id)}</Fact>
            <Fact label="Visual ID">{id(token.visual_id)}</Fact>
            <Fact label="Type">{token.token_type.word()}</Fact>
            <Fact label="Customer">{customer}</Fact>
            <Fact label="Issuer">{said(&token.issuer)}</Fact>
            <Fact label="Expires">{expires}</Fact>
            <Fact label="Note">{said(&token.note)}</Fact>
            <Fact label="Updated"><Time at=token.updated_at /></Fact>
        </dl>
    }
}

#[component]
fn Places(id: Memo<String>) -> impl IntoView {
    let why = |customer: Option<String>| match customer {
        None => "Listed directly".to_owned(),
        Some(name) => format!("Through {name}"),
    };
    view! {
        <section class="section">
            <h2>"May charge at"</h2>
            <MayChargeTable
                of=Signal::derive(move || api::tokens::path(&id.get()))
                why
                how="Add the token, or its customer, on the Authorization tab of a charge location."
            />
        </section>
    }
}

#[component]
fn Actions(id: Memo<String>, record: Loaded<Token>) -> impl IntoView {
    let editing = RwSignal::new(false);
    let deleting = RwSignal::new(false);
    let write = Write::new();
    let version = move || record.with(|token| token.version).unwrap_or_default();
    let saved = Callback::new(move |token: Token| {
        announce(format!("Charge token {} is saved.", token.auth_id));
        record.set(token);
    });
    let navigate = use_navigate();
    let delete = move |()| {
        let navigate = navigate.clone();
        let done = move |()| {
            announce("The charge token is deleted.");
            navigate(routes::TOKENS, Default::default());
        };
        write.run(api::tokens::delete(id.get_untracked(), untrack(version)), done);
    };
    // After a 412 the newer version is fetched, so that deleting again means it.
    effect(move || {
        if write.stale().get() {
            record.reload();
        }
    });
    let items = move || {
        let ask = move || {
            write.clear();
            deleting.set(true);
        };
        vec![
            Item::press("Delete charge token", ask)
                .icon(Symbol::Trash)
                .danger(),
        ]
    };
    view! {
        <SplitButton
            label="Edit"
            menu_label="More for this charge token"
            icon=Symbol::Edit
            disabled=Signal::derive(move || !record.is_loaded())
            on_press=move |()| editing.set(true)
            items=Signal::derive(items)
        />
        <Sheet open=editing title="Edit charge token">
            <EditToken
                open=editing
                base=untrack(|| record.get())
                version=Signal::derive(version)
                on_stale=move |()| record.reload()
                on_saved=saved
            />
        </Sheet>
        <ConfirmDialog
            open=deleting
            title="Delete this charge token?"
            confirm="Delete charge token"
            busy=write.pending()
            problem=write.problem()
            on_confirm=delete
        >
            <p>"The token goes, and is taken off every Authorization list. To keep it but refuse it, edit it and turn Valid off."</p>
        </ConfirmDialog>
    }
}
