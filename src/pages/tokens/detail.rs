//! A charge token: the facts, and where it may charge.

use domain::tokens::TokenState;

use super::KIND;
use super::state::{state, status};
use crate::api::Record;
use crate::kit::{Banner, Tone};
use crate::pages::access_tester::{AccessTester, Asking};
use crate::pages::outline::Outline;
use crate::pages::record::{EditOrDelete, MAY_CHARGE_AT, RecordPage, facts, location, may_charge_at, why};
use crate::prelude::*;
use crate::routes::{self, Place};
use crate::table::Shown;

#[component]
pub fn TokenPage() -> impl IntoView {
    let id = Place::current().id;
    let record = KIND.load(id, "");
    let actions = move || {
        view! {
            <EditOrDelete kind=&KIND record>
                <p>
                    "The token goes, and is taken off every Authorization list. To keep it but refuse it, edit it and turn Valid off."
                </p>
            </EditOrDelete>
        }
    };
    // Where it may charge is read again after a change of a list.
    let changes = RwSignal::new(0);
    let auth_id = Signal::derive(move || record.with(|token| token.text("authId")).unwrap_or_default());
    let actions = move || {
        view! {
            <AccessTester asking=Asking::Of(auth_id) changed=move |_| {
                record.reload();
                changes.update(|changes| *changes += 1);
            } />
            {actions()}
        }
    };
    view! {
        <RecordPage kind=&KIND record state=status actions facts=said>
            {may_charge_at(&AT, Signal::derive(move || {
                changes.track();
                KIND.at(&id.get(), "")
            }))}
        </RecordPage>
    }
}

static AT: Outline = Outline {
    empty: (
        "Listed at no private location",
        "Add the token, or its customer, on the Authorization tab of a charge location.",
    ),
    cells: &[
        ("name", location),
        ("decision", |at| {
            why(at, "Listed directly", &|customer| format!("Through {customer}"))
        }),
    ],
    ..MAY_CHARGE_AT
};

fn said(token: Record) -> AnyView {
    let refused = match state(&token) {
        TokenState::Valid => "",
        TokenState::Blocked => "This token is blocked: it is refused everywhere, though it may be listed.",
        TokenState::Expired => "This token has expired: it is refused everywhere, though it may be listed.",
    };
    let refused = (!refused.is_empty())
        .then(|| view! { <div class="rule"><Banner tone=Tone::Attention>{refused}</Banner></div> });
    let text = |key: &str| Shown::text(token.text(key));
    let customer = match token.text("customer.id") {
        id if id.is_empty() => Shown::text("None"),
        id => Shown::link(token.text("customer.name"), routes::customer(&id)),
    };
    let expires = match token.text("expires") {
        at if at.is_empty() => Shown::text("Never"),
        at => Shown::moment(at),
    };
    let all = vec![
        ("Auth ID", text("authId")),
        ("Chip ID", text("chipId")),
        ("Visual ID", text("visualId")),
        ("Type", text("type")),
        ("Customer", customer),
        ("Issuer", text("issuer")),
        ("Expires", expires),
        ("Note", text("note")),
        ("Updated", Shown::moment(token.text("updatedAt"))),
    ];
    view! {
        {refused}
        {facts(all)}
    }
    .into_any()
}
