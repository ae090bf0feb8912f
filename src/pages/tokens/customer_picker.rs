//! Chooses the customer of a token: a combobox over the list of customers.

use domain::listing::ListQuery;
use domain::tokens::CustomerRef;

use crate::api::{self, Loaded, Record};
use crate::kit::combobox::{Choice, Combobox};
use crate::prelude::*;

/// How many customers are offered at once.
const OFFERED: u32 = 8;

#[component]
pub fn CustomerPicker(
    customer: RwSignal<Option<CustomerRef>>,
    #[prop(into)] error: Signal<Option<String>>,
) -> impl IntoView {
    let text = RwSignal::new(String::new());
    let found = Loaded::new(move || {
        let query = ListQuery {
            q: text.get(),
            page_size: OFFERED,
            ..ListQuery::default()
        };
        api::customers::list(query)
    });
    let choices = move || {
        let choice = |customer: &Record| Choice {
            key: customer.text("id"),
            label: customer.text("name"),
            note: customer.text("externalId"),
            refused: false,
        };
        found
            .with(|page| page.items.iter().map(choice).collect())
            .unwrap_or_default()
    };
    let chosen = move || customer.with(|customer| customer.as_ref().map(|customer| customer.name.clone()));
    let choose = move |choice: Option<Choice>| {
        customer.set(choice.map(|choice| CustomerRef {
            id: choice.key,
            external_id: choice.note,
            name: choice.label,
        }));
    };
    view! {
        <Combobox
            label="Customer"
            hint="Type a name or external ID. Empty: no customer."
            chosen=Signal::derive(chosen)
            choices=Signal::derive(choices)
            on_type=move |typed| text.set(typed)
            on_choose=choose
            error
        />
    }
}
