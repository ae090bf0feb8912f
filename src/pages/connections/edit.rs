//! *New connection* and *Edit connection*.

use domain::connections::{APPROVALS, AUTO_APPROVALS, FIELDS, START};

use super::KIND;
use crate::api::{Record, Write};
use crate::kit::Choice;
use crate::pages::record::{EditRecord, Entry, Form, More, Other, RecordPicker, customer_choice};
use crate::prelude::*;

/// Makes a connection, or changes one.
pub fn form(form: Form) -> AnyView {
    let base = form.base();
    let write = Write::new();
    let organization = Other::of(base.as_ref(), "orgId", "orgId", "orgName");
    let customer = Other::of(base.as_ref(), "customerId", "customer.id", "customer.name");
    let logo = base.is_none().then(|| {
        view! { <p class="quiet">"A logo is put on the connection's page, which opens once it is created."</p> }
    });
    let more: More = Callback::new(move |()| {
        let changes = [organization.change(), customer.change()];
        changes.into_iter().flatten().collect()
    });
    view! {
        <EditRecord kind=&KIND form fields=FIELDS start=START write more needs=organization without=Callback::new(without)>
            <RecordPicker
                label="Organization"
                hint="Who invites. Type a name or an Org ID."
                path="/organizations"
                choice=organization_choice
                autofocus=true
                chosen=organization.chosen
                error=organization.wrong(write, "Choose who invites.")
            />
            <RecordPicker
                label="Customer"
                hint="An approved driver's card becomes a charge token of this customer. Empty: none."
                path="/customers"
                choice=customer_choice
                chosen=customer.chosen
                error=write.field("customerId")
            />
            {logo}
        </EditRecord>
    }
    .into_any()
}

/// What does not count while requests are approved by hand, or all of them at once.
fn without(entry: Entry) -> Vec<String> {
    let auto = entry.text("approvalType") == APPROVALS[1];
    let by_domain = auto && entry.text("autoApproval") == AUTO_APPROVALS[1];
    let hidden = [("autoApproval", auto), ("emailDomains", by_domain)];
    let hidden = hidden.into_iter().filter(|(_, counts)| !counts);
    hidden.map(|(key, _)| key.to_owned()).collect()
}

fn organization_choice(record: &Record) -> Choice {
    Choice {
        note: record.text("id"),
        ..customer_choice(record)
    }
}
