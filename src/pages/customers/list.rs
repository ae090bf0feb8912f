//! The list of customers.

use domain::customers::Customer;

use super::KIND;
use crate::api::Record;
use crate::kit::{EmptyState, Look};
use crate::pages::record::{RecordSheet, add_button};
use crate::pages::shell::PageHeader;
use crate::prelude::*;
use crate::routes;
use crate::table::{DataTable, List, QueryState};

#[component]
pub fn CustomersPage() -> impl IntoView {
    let query = QueryState::in_url(List::of::<Customer>(KIND.path), "");
    let page = query.load();
    let adding = RwSignal::new(false);
    view! {
        <PageHeader title="Customers" crumbs=KIND.areas() actions=move || add_button(&KIND, adding, Look::Primary) />
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
                        {add_button(&KIND, adding, Look::Plain)}
                    </EmptyState>
                }
            }
        />
        <RecordSheet kind=&KIND open=adding on_saved=KIND.created() />
    }
    .into_any()
}
