//! The list of accounts.

use domain::accounts::Account;

use super::KIND;
use super::set_up::{SetUp, SetUpDialog};
use super::state::cells;
use crate::api::Record;
use crate::kit::{EmptyState, Look};
use crate::pages::record::{RecordSheet, add_button};
use crate::pages::shell::PageHeader;
use crate::prelude::*;
use crate::routes;
use crate::table::{DataTable, List, QueryState};

#[component]
pub fn AccountsPage() -> impl IntoView {
    let query = QueryState::in_url(List::of::<Account>(KIND.path), "");
    let page = query.load();
    let adding = RwSignal::new(false);
    let set_up = SetUp::new();
    let created = Callback::new(move |account: Record| {
        page.reload();
        set_up.make(&account);
    });
    view! {
        <PageHeader title="Accounts" crumbs=KIND.areas() actions=move || add_button(&KIND, adding, Look::Primary) />
        <DataTable
            label="Accounts"
            noun=("account", "accounts")
            query
            page
            href=Callback::new(|account: Record| routes::account(&account.text("id")))
            cells=cells()
            search="Search by name or e-mail"
            empty=|| view! { <EmptyState title="No accounts" detail="Nobody can sign in." /> }
        />
        <RecordSheet kind=&KIND open=adding on_saved=created />
        <SetUpDialog set_up />
    }
    .into_any()
}
