//! The list of customers.

use domain::customers::Customer;
use leptos_router::hooks::use_navigate;

use super::edit::EditCustomer;
use crate::api::Record;
use crate::kit::{Button, EmptyState, Look, Sheet, Symbol, announce};
use crate::pages::shell::{Crumb, PageHeader};
use crate::prelude::*;
use crate::routes;
use crate::table::{DataTable, List, QueryState};

#[component]
pub fn CustomersPage() -> impl IntoView {
    let query = QueryState::in_url(List::of::<Customer>("/customers"), "");
    let page = query.load();
    let adding = RwSignal::new(false);
    let navigate = use_navigate();
    let created = Callback::new(move |customer: Customer| {
        announce(format!("{} is created.", customer.name));
        navigate(&routes::customer(&customer.id), Default::default());
    });
    let add = move |look: Look| {
        view! { <Button look icon=Symbol::Plus on_press=move |()| adding.set(true)>"Create customer"</Button> }
    };
    view! {
        <PageHeader title="Customers" crumbs=vec![Crumb::area("Customers & tokens")] actions=move || add(Look::Primary) />
        <DataTable
            label="Customers"
            noun=("customer", "customers")
            query
            page
            href=Callback::new(|customer: Record| routes::customer(&customer.text("id")))
            search="Search by name, external ID or e-mail"
            empty=move || {
                view! {
                    <EmptyState title="No customers yet" detail="Whoever holds charge tokens, for example a company with a fleet.">
                        {add(Look::Plain)}
                    </EmptyState>
                }
            }
        />
        <Sheet open=adding title="Create customer">
            <EditCustomer open=adding on_saved=created />
        </Sheet>
    }
    .into_any()
}
