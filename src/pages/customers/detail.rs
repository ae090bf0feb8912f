//! A customer: the facts, their charge tokens, and where they may charge.

use domain::customers::Customer;
use domain::tokens::Token;
use leptos_router::hooks::use_navigate;

use super::edit::EditCustomer;
use crate::api::{self, Loaded, Record, Write};
use crate::kit::format::count;
use crate::kit::{
    ConfirmDialog, EmptyState, Item, LinkButton, Sheet, Skeleton, SplitButton, Symbol, Time, announce,
};
use crate::pages::record::{Fact, MayChargeTable, RecordState, is_missing, said};
use crate::pages::shell::{Crumb, PageHeader};
use crate::pages::tokens::token_cells;
use crate::prelude::*;
use crate::routes::{self, Place};
use crate::table::{DataTable, List, QueryState};

#[component]
pub fn CustomerPage() -> impl IntoView {
    let id = Place::current().id;
    let record = Loaded::of(id, api::customers::get);
    let title = move || {
        record
            .with(|customer| customer.name.clone())
            .unwrap_or_else(|| "Customer".into())
    };
    let missing = memo(move |_| is_missing(record));
    let crumbs = vec![
        Crumb::area("Customers & tokens"),
        Crumb::page("Customers", routes::CUSTOMERS),
    ];
    view! {
        <PageHeader
            title=Signal::derive(title)
            crumbs
            actions=move || (!missing.get()).then(|| view! { <Actions id record /> })
        />
        <RecordState record missing="There is no such customer." />
        {move || match record.get() {
            Some(customer) => view! { <Facts customer /> }.into_any(),
            None if record.problem().is_none() => view! { <Skeleton lines=6 /> }.into_any(),
            None => ().into_any(),
        }}
        <Show when=move || record.is_loaded()>
            <Relations id />
        </Show>
    }
    .into_any()
}

#[component]
fn Facts(customer: Customer) -> impl IntoView {
    view! {
        <dl class="facts">
            <Fact label="External ID"><span class="id">{said(&customer.external_id)}</span></Fact>
            <Fact label="E-mail">{said(&customer.email)}</Fact>
            <Fact label="Phone">{said(&customer.phone)}</Fact>
            <Fact label="Note">{said(&customer.note)}</Fact>
            <Fact label="Updated"><Time at=customer.updated_at /></Fact>
        </dl>
    }
}

#[component]
fn Relations(id: Memo<String>) -> impl IntoView {
    let of = Signal::derive(move || api::customers::path(&id.get()));
    let tokens = List::of::<Token>(Signal::derive(move || format!("{}/tokens", of.get())));
    let query = QueryState::in_url(tokens, "tokens.");
    let page = query.load();
    let why = |customer: Option<String>| match customer {
        Some(_) => "Customer is listed".to_owned(),
        None => "Only charge tokens listed themselves".to_owned(),
    };
    view! {
        <section class="section">
            <h2>"Charge tokens"</h2>
            <DataTable
                label="Charge tokens of this customer"
                noun=("charge token", "charge tokens")
                query
                page
                href=Callback::new(|token: Record| routes::token(&token.text("id")))
                cells=token_cells()
                without=&["customer"]
                search="Search by Auth ID or Chip ID"
                empty=|| {
                    view! {
                        <EmptyState
                            title="No charge tokens"
                            detail="Without a token this customer cannot charge. A token's page says whose it is."
                        >
                            <LinkButton href=routes::TOKENS>"Charge tokens"</LinkButton>
                        </EmptyState>
                    }
                }
            />
        </section>
        <section class="section">
            <h2>"May charge at"</h2>
            <MayChargeTable
                of
                why
                how="Add the customer on the Authorization tab of a charge location."
            />
        </section>
    }
}

#[component]
fn Actions(id: Memo<String>, record: Loaded<Customer>) -> impl IntoView {
    let editing = RwSignal::new(false);
    let deleting = RwSignal::new(false);
    let write = Write::new();
    let version = move || record.with(|customer| customer.version).unwrap_or_default();
    let saved = Callback::new(move |customer: Customer| {
        announce(format!("{} is saved.", customer.name));
        record.set(customer);
    });
    let navigate = use_navigate();
    let delete = move |()| {
        let navigate = navigate.clone();
        let done = move |()| {
            announce("The customer is deleted.");
            navigate(routes::CUSTOMERS, Default::default());
        };
        write.run(api::customers::delete(id.get_untracked(), untrack(version)), done);
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
        vec![Item::press("Delete customer", ask).icon(Symbol::Trash).danger()]
    };
    let tokens = move || record.with(|customer| customer.tokens).unwrap_or_default();
    view! {
        <SplitButton
            label="Edit"
            menu_label="More for this customer"
            icon=Symbol::Edit
            disabled=Signal::derive(move || !record.is_loaded())
            on_press=move |()| editing.set(true)
            items=Signal::derive(items)
        />
        <Sheet open=editing title="Edit customer">
            <EditCustomer
                open=editing
                base=untrack(|| record.get())
                version=Signal::derive(version)
                on_stale=move |()| record.reload()
                on_saved=saved
            />
        </Sheet>
        <ConfirmDialog
            open=deleting
            title="Delete this customer?"
            confirm="Delete customer"
            busy=write.pending()
            problem=write.problem()
            on_confirm=delete
        >
            <p>
                "The customer goes, and is taken off every Authorization list. "
                {move || count(tokens(), "charge token stays", "charge tokens stay")} ", without a customer."
            </p>
        </ConfirmDialog>
    }
}
