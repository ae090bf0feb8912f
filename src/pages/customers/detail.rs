//! A customer: the facts, their charge tokens, and where they may charge.

use domain::tokens::Token;

use super::KIND;
use crate::api::Record;
use crate::kit::format::count;
use crate::kit::{EmptyState, LinkButton};
use crate::pages::record::{EditOrDelete, MayChargeTable, RecordPage, facts};
use crate::pages::tokens::token_cells;
use crate::prelude::*;
use crate::routes::{self, Place};
use crate::table::{DataTable, List, QueryState, Shown};

#[component]
pub fn CustomerPage() -> impl IntoView {
    let id = Place::current().id;
    let record = KIND.load(id, "");
    let tokens = move || {
        let tokens = record.with(|customer| customer.count("tokens"));
        count(
            tokens.unwrap_or_default(),
            "charge token stays",
            "charge tokens stay",
        )
    };
    let actions = move || {
        view! {
            <EditOrDelete kind=&KIND record>
                <p>
                    "The customer goes, and is taken off every Authorization list. "
                    {tokens}
                    ", without a customer."
                </p>
            </EditOrDelete>
        }
    };
    view! {
        <RecordPage kind=&KIND record actions facts=said>
            <Relations id />
        </RecordPage>
    }
}

fn said(customer: Record) -> AnyView {
    let text = |key: &str| Shown::text(customer.text(key));
    facts(vec![
        ("External ID", text("externalId")),
        ("E-mail", text("email")),
        ("Phone", text("phone")),
        ("Note", text("note")),
        ("Updated", Shown::moment(customer.text("updatedAt"))),
    ])
}

#[component]
fn Relations(id: Memo<String>) -> impl IntoView {
    let of = Signal::derive(move || KIND.at(&id.get(), ""));
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
