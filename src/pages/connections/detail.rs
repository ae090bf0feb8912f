//! A connection: the facts, and what can be done with it.

use domain::driver_requests::DriverRequest;

use super::facts::facts;
use super::invite::{InviteDialog, Inviting, first};
use super::{KIND, state};
use crate::api::{Loaded, Record, Write};
use crate::kit::format::count;
use crate::kit::{EmptyState, Item, Look, ProblemLine, SplitButton, Symbol};
use crate::pages::driver_requests::{self, RequestsTable};
use crate::pages::record::{DeleteRecord, Deletion, RecordPage, RecordSheet};
use crate::prelude::*;
use crate::routes::Place;
use crate::table::{List, QueryState};

#[component]
pub fn ConnectionPage() -> impl IntoView {
    let id = Place::current().id;
    let record = KIND.load(id, "");
    let switching = Write::new();
    let actions = move || view! { <Actions record switching /> };
    let above = move || view! { <ProblemLine problem=switching.problem() /> };
    let said = Callback::new(move |connection: Record| facts(&connection, record));
    let path = Signal::derive(move || KIND.at(&id.get(), driver_requests::PATH));
    let query = QueryState::in_url(List::of::<DriverRequest>(path), "");
    let page = query.load();
    view! {
        <RecordPage kind=&KIND record state=state::status actions above facts=said lines=10>
            <section class="section">
                <h2>"Requests"</h2>
                <RequestsTable
                    query
                    page
                    without=&["connection", "connectionId", "source"]
                    on_decided=move |()| record.reload()
                    empty=|| view! { <EmptyState title="No requests yet" detail="Invite drivers: those who ask to join stand here." /> }
                />
            </section>
        </RecordPage>
    }
}

#[component]
fn Actions(record: Loaded<Record>, switching: Write) -> impl IntoView {
    let editing = RwSignal::new(false);
    let inviting = Inviting::new();
    let deletion = Deletion::new(&KIND, record);
    switching.refetch(record);
    let enabled = move || record.with(state::is_enabled).unwrap_or_default();
    let items = move || {
        let drivers = record
            .with(|record| record.count("connectedDrivers"))
            .unwrap_or_default();
        let connected = (drivers > 0).then(|| {
            let are = if drivers == 1 { "is" } else { "are" };
            let drivers = count(drivers, "driver", "drivers");
            format!("{drivers} {are} connected: remove them first, or disable the connection.")
        });
        let disable = record.can("disable").then(|| {
            Item::press("Disable connection", move || {
                state::enable(record, switching, false)
            })
            .icon(Symbol::Lock)
        });
        if !record.can("edit") {
            return vec![];
        }
        let mut items = vec![Item::press("Edit", move || editing.set(true)).icon(Symbol::Edit)];
        items.extend(disable);
        items.push(deletion.item().refused(connected));
        items
    };
    let words = move || {
        if enabled() {
            "Invite drivers"
        } else {
            "Enable connection"
        }
        .to_owned()
    };
    view! {
        <SplitButton
            label=Signal::derive(words)
            menu_label="More for this connection"
            look=Look::Primary
            only_menu=Signal::derive(move || !record.can(if enabled() { "invite" } else { "enable" }))
            disabled=switching.pending()
            on_press=move |()| first(inviting, record, switching)
            items=items
        />
        <RecordSheet kind=&KIND open=editing record=Some(record) on_saved=KIND.saved(record) />
        <InviteDialog inviting />
        <DeleteRecord deletion>
            <p>"The connection goes, with its link, its codes and all requests to join it."</p>
        </DeleteRecord>
    }
}
