//! A customer: the facts, their charge tokens, and where they may charge.

use super::KIND;
use crate::api::Record;
use crate::kit::format::count;
use crate::pages::outline::{ListOf, Outline};
use crate::pages::record::{EditOrDelete, MAY_CHARGE_AT, RecordPage, facts, location, may_charge_at, why};
use crate::pages::tokens::OF_CUSTOMER;
use crate::prelude::*;
use crate::routes::Place;
use crate::table::Shown;

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
    let path = Signal::derive(move || format!("{}/tokens", of.get()));
    view! {
        <section class="section">
            <h2>"Charge tokens"</h2>
            <ListOf outline=&OF_CUSTOMER path prefix="tokens." without=&["customer"] />
        </section>
        {may_charge_at(&AT, of)}
    }
}

static AT: Outline = Outline {
    empty: (
        "Listed at no private location",
        "Add the customer on the Authorization tab of a charge location.",
    ),
    cells: &[
        ("name", location),
        ("decision", |at| {
            let itself = "Only charge tokens listed themselves";
            why(at, itself, &|_| "Customer is listed".to_owned())
        }),
    ],
    ..MAY_CHARGE_AT
};
