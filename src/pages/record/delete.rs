//! Deleting the record of a page.

use leptos_router::hooks::use_navigate;

use super::Kind;
use crate::api::{Loaded, Record, Write, records};
use crate::kit::{ConfirmDialog, Item, Symbol, announce};
use crate::prelude::*;

/// The deletion of a page's record.
#[derive(Clone, Copy)]
pub struct Deletion {
    kind: &'static Kind,
    record: Loaded<Record>,
    asking: RwSignal<bool>,
    write: Write,
}

impl Deletion {
    pub fn new(kind: &'static Kind, record: Loaded<Record>) -> Self {
        let write = Write::new();
        write.refetch(record);
        Self {
            kind,
            record,
            asking: RwSignal::new(false),
            write,
        }
    }

    /// That line, if whoever is signed in may delete the record, tracked.
    pub fn offered(self) -> Vec<Item> {
        self.record
            .can("delete")
            .then(|| self.item())
            .into_iter()
            .collect()
    }

    /// The line of a menu that asks.
    pub fn item(self) -> Item {
        let ask = move || {
            self.write.clear();
            self.asking.set(true);
        };
        Item::press(format!("Delete {}", self.kind.noun()), ask)
            .icon(Symbol::Trash)
            .danger()
    }
}

/// Asks before the record is deleted, and goes to the list when it is.
#[component]
pub fn DeleteRecord(
    deletion: Deletion,
    /// What follows from it, and what stays.
    children: ChildrenFn,
) -> impl IntoView {
    let Deletion {
        kind,
        record,
        asking,
        write,
    } = deletion;
    let navigate = use_navigate();
    let delete = move |()| {
        let navigate = navigate.clone();
        let done = move |()| {
            announce(format!("The {} is deleted.", kind.noun()));
            navigate(kind.list, Default::default());
        };
        let of = record.with_untracked(|record| (record.text("id"), record.count("version")));
        let (id, version) = of.unwrap_or_default();
        write.run(records::delete(&kind.at(&id, ""), version), done);
    };
    view! {
        <ConfirmDialog
            open=asking
            title=format!("Delete this {}?", kind.noun())
            confirm=format!("Delete {}", kind.noun())
            busy=write.pending()
            problem=write.problem()
            on_confirm=delete
            children
        />
    }
}
