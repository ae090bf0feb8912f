//! The list of roles.

use domain::accounts::Role;

use super::KIND;
use crate::api::Record;
use crate::kit::format::count;
use crate::kit::{EmptyState, Look};
use crate::pages::record::{RecordSheet, add_button};
use crate::pages::shell::PageHeader;
use crate::prelude::*;
use crate::routes;
use crate::table::{Cells, DataTable, List, QueryState, Shown};

#[component]
pub fn RolesPage() -> impl IntoView {
    let query = QueryState::in_url(List::of::<Role>(KIND.path), "");
    let page = query.load();
    let adding = RwSignal::new(false);
    let cells = Cells::new().with("permissions", |role| {
        let many = role.texts("permissions").len() as u64;
        Shown::text(count(many, "permission", "permissions"))
    });
    view! {
        <PageHeader title="Roles" crumbs=KIND.areas() actions=move || add_button(&KIND, adding, Look::Primary) />
        <DataTable
            label="Roles"
            noun=("role", "roles")
            query
            page
            href=Callback::new(|role: Record| routes::role(&role.text("id")))
            cells
            search="Search by name"
            empty=|| view! { <EmptyState title="No roles" detail="A role is a set of permissions." /> }
        />
        <RecordSheet kind=&KIND open=adding on_saved=KIND.created() />
    }
    .into_any()
}
