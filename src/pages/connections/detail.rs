//! A connection: the facts, and what can be done with it.

use leptos_router::hooks::use_navigate;

use super::edit::EditConnection;
use super::facts::facts;
use super::invite::{InviteDialog, Inviting, first};
use super::{PATH, state};
use crate::api::{Loaded, Record, Write, records};
use crate::kit::format::count;
use crate::kit::{Badge, ConfirmDialog, Item, Look, ProblemLine, Skeleton, SplitButton, Symbol, announce};
use crate::pages::record::{RecordState, is_missing};
use crate::pages::shell::{Crumb, PageHeader};
use crate::prelude::*;
use crate::routes::{self, Place};

#[component]
pub fn ConnectionPage() -> impl IntoView {
    let id = Place::current().id;
    let record = Loaded::of(id, |id| records::get(&records::path(PATH, &id, "")));
    let title = move || {
        record
            .with(|connection| connection.text("connectionName"))
            .unwrap_or_else(|| "Connection".into())
    };
    let badge = move || {
        let (tone, word) = record.with(state::status)?;
        Some(view! { <Badge tone word /> })
    };
    let missing = memo(move |_| is_missing(record));
    let crumbs = vec![
        Crumb::area("Driver management"),
        Crumb::page("Connections", routes::CONNECTIONS),
    ];
    let switching = Write::new();
    view! {
        <PageHeader
            title=Signal::derive(title)
            crumbs
            state=badge
            actions=move || (!missing.get()).then(|| view! { <Actions record switching /> })
        />
        <ProblemLine problem=switching.problem() />
        <RecordState record missing="There is no such connection." />
        {move || match record.get() {
            Some(connection) => facts(&connection, record),
            None if record.problem().is_none() => view! { <Skeleton lines=10 /> }.into_any(),
            None => ().into_any(),
        }}
    }
    .into_any()
}

#[component]
fn Actions(record: Loaded<Record>, switching: Write) -> impl IntoView {
    let (editing, deleting) = (RwSignal::new(false), RwSignal::new(false));
    let inviting = Inviting::new();
    let write = Write::new();
    let saved = Callback::new(move |connection: Record| {
        announce(format!("{} is saved.", connection.text("connectionName")));
        record.set(connection);
    });
    let navigate = use_navigate();
    let delete = move |()| {
        let navigate = navigate.clone();
        let done = move |()| {
            announce("The connection is deleted.");
            navigate(routes::CONNECTIONS, Default::default());
        };
        let of = record.with_untracked(|record| (record.text("id"), record.count("version")));
        let (id, version) = of.unwrap_or_default();
        write.run(records::delete(&records::path(PATH, &id, ""), version), done);
    };
    // After a 412 the newer version is fetched, so that doing it again means that one.
    effect(move || {
        if write.stale().get() || switching.stale().get() {
            record.reload();
        }
    });
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
        let ask = move || {
            write.clear();
            deleting.set(true);
        };
        let disable = enabled().then(|| {
            Item::press("Disable connection", move || {
                state::enable(record, switching, false)
            })
            .icon(Symbol::Lock)
        });
        let mut items = vec![Item::press("Edit", move || editing.set(true)).icon(Symbol::Edit)];
        items.extend(disable);
        items.push(
            Item::press("Delete connection", ask)
                .icon(Symbol::Trash)
                .danger()
                .refused(connected),
        );
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
            disabled=Signal::derive(move || !record.is_loaded() || switching.pending().get())
            on_press=move |()| first(inviting, record, switching)
            items=Signal::derive(items)
        />
        <EditConnection open=editing record on_saved=saved />
        <InviteDialog inviting />
        <ConfirmDialog
            open=deleting
            title="Delete this connection?"
            confirm="Delete connection"
            busy=write.pending()
            problem=write.problem()
            on_confirm=delete
        >
            <p>"The connection goes, with its link, its codes and all requests to join it."</p>
        </ConfirmDialog>
    }
}
