//! *New connection* and *Edit connection*.

use domain::connections::{APPROVALS, AUTO_APPROVALS, FIELDS};

use super::PATH;
use crate::api::json::body;
use crate::api::{Loaded, Record, Write, records};
use crate::kit::{Choice, Sheet};
use crate::pages::record::{EditRecord, Entry, More, RecordPicker};
use crate::prelude::*;

/// Makes a connection, or changes the one that `record` holds.
#[component]
pub fn EditConnection(
    open: RwSignal<bool>,
    #[prop(optional)] record: Option<Loaded<Record>>,
    on_saved: Callback<Record>,
) -> impl IntoView {
    let form = move || {
        let base = record.and_then(|record| record.with_untracked(Clone::clone));
        let (path, save) = match &base {
            Some(base) => (records::path(PATH, &base.text("id"), ""), "Save"),
            None => (PATH.to_owned(), "Create connection"),
        };
        let write = Write::new();
        let organization = Other::of(base.as_ref(), "orgId", "orgId", "orgName");
        let customer = Other::of(base.as_ref(), "customerId", "customer.id", "customer.name");
        let more: More = Callback::new(move |()| {
            organization
                .change()
                .into_iter()
                .chain(customer.change())
                .collect()
        });
        view! {
            <EditRecord
                open
                path
                fields=FIELDS
                save
                record
                write
                more
                without=Callback::new(without)
                on_saved
            >
                <RecordPicker
                    label="Organisation"
                    hint="Who invites. Type a name or an Org ID."
                    path="/organizations"
                    choice=organization_choice
                    autofocus=true
                    chosen=organization.chosen
                    error=write.field("orgId")
                />
                <RecordPicker
                    label="Customer"
                    hint="An approved driver's card becomes a charge token of this customer. Empty: none."
                    path="/customers"
                    choice=customer_choice
                    chosen=customer.chosen
                    error=write.field("customerId")
                />
            </EditRecord>
        }
    };
    let title = if record.is_some() {
        "Edit connection"
    } else {
        "New connection"
    };
    view! {
        <Sheet open title>
            {form()}
        </Sheet>
    }
}

/// What does not count while requests are approved by hand, or all of them at once.
fn without(entry: Entry) -> Vec<String> {
    let auto = entry.text("approvalType") == APPROVALS[1];
    let by_domain = auto && entry.text("autoApproval") == AUTO_APPROVALS[1];
    let hidden = [("autoApproval", auto), ("emailDomains", by_domain)];
    let hidden = hidden.into_iter().filter(|(_, counts)| !counts);
    hidden.map(|(key, _)| key.to_owned()).collect()
}

/// A record that a connection names.
#[derive(Clone, Copy)]
struct Other {
    key: &'static str,
    before: StoredValue<String>,
    chosen: RwSignal<Option<Record>>,
}

impl Other {
    /// As the connection names it, by the paths of its id and its name.
    fn of(base: Option<&Record>, key: &'static str, id: &str, name: &str) -> Self {
        let text = |path: &str| base.map(|base| base.text(path)).unwrap_or_default();
        let before = text(id);
        let named = body(&[("id", before.clone().into()), ("name", text(name).into())]);
        let chosen = Record::parse(&named).filter(|_| !before.is_empty());
        Self {
            key,
            before: StoredValue::new(before),
            chosen: RwSignal::new(chosen),
        }
    }

    /// What is sent, if it is another one now.
    fn change(self) -> Option<(&'static str, crate::api::json::Value)> {
        let now = self
            .chosen
            .with_untracked(|record| record.as_ref().map(|record| record.text("id")));
        let now = now.unwrap_or_default();
        (now != self.before.get_value()).then(|| (self.key, now.into()))
    }
}

fn organization_choice(record: &Record) -> Choice {
    Choice {
        note: record.text("id"),
        ..customer_choice(record)
    }
}

fn customer_choice(record: &Record) -> Choice {
    Choice {
        key: record.text("id"),
        label: record.text("name"),
        note: record.text("externalId"),
        refused: false,
    }
}
