//! The list of connections.

use domain::connections::Connection;

use super::invite::{InviteDialog, Inviting};
use super::{KIND, PATH, state};
use crate::api::Record;
use crate::kit::{Button, EmptyState, Look};
use crate::pages::record::{RecordSheet, add_button};
use crate::pages::shell::PageHeader;
use crate::prelude::*;
use crate::routes;
use crate::table::{DataTable, List, QueryState};

#[component]
pub fn ConnectionsPage() -> impl IntoView {
    let query = QueryState::in_url(List::of::<Connection>(PATH), "");
    let page = query.load();
    let adding = RwSignal::new(false);
    let inviting = Inviting::new();
    let row_actions = move |connection: Record| {
        if !connection.can("invite") {
            return ().into_any();
        }
        let to = format!(" to {}", connection.text("connectionName"));
        view! {
            <Button look=Look::Quiet small=true on_press=move |()| inviting.to(&connection)>
                "Invite drivers"
                <span class="visually-hidden">{to}</span>
            </Button>
        }
        .into_any()
    };
    view! {
        <PageHeader
            title="Connections"
            crumbs=KIND.areas()
            actions=move || add_button(&KIND, adding, Look::Primary)
        />
        <DataTable
            label="Connections"
            noun=("connection", "connections")
            query
            page
            href=Callback::new(|connection: Record| routes::connection(&connection.text("id")))
            cells=state::cells()
            row_actions=Callback::new(row_actions)
            search="Search by connection or organization"
            empty=move || {
                view! {
                    <EmptyState
                        title="No connections yet"
                        detail="A connection is what drivers join, such as a company's: invite them by link, QR code or search code, and decide who may join."
                    >
                        {add_button(&KIND, adding, Look::Plain)}
                    </EmptyState>
                }
            }
        />
        <RecordSheet kind=&KIND open=adding on_saved=KIND.created() />
        <InviteDialog inviting />
    }
    .into_any()
}
