//! *Add station token* and *Edit*.

use domain::field::{Field, Input};
use domain::station_tokens::{FIELDS, Status};

use super::KIND;
use super::state::our_organization;
use crate::api::Write;
use crate::pages::record::{EditRecord, Form, More, Other, RecordPicker};
use crate::prelude::*;

/// What an operator may say; Active is for *Apply to station*.
const ENTERED: &[&str] = &[Status::WORDS[0], Status::WORDS[1], Status::WORDS[3]];
const STATUS: Field = Field::new("status", "Status", Input::Choice(ENTERED)).required();

const WITH_STATUS: &[Field] = &{
    let mut all = [STATUS; FIELDS.len() + 1];
    let mut at = 0;
    while at < FIELDS.len() {
        all[at] = FIELDS[at];
        at += 1;
    }
    all
};

/// Adds a station token to one of our organizations, or changes one.
pub fn form(form: Form) -> AnyView {
    let Some(base) = form.base() else {
        return new(form);
    };
    let fields = if base.text("status") == Status::Active.word() {
        FIELDS
    } else {
        WITH_STATUS
    };
    view! { <EditRecord kind=&KIND form fields /> }.into_any()
}

fn new(form: Form) -> AnyView {
    let write = Write::new();
    let organization = Other::of(None, "orgId", "", "");
    let more: More = Callback::new(move |()| vec![("orgId", organization.id().into())]);
    view! {
        <EditRecord kind=&KIND form fields=FIELDS write more needs=organization>
            <RecordPicker
                label="Organization"
                hint="Who has the token: one of our organizations"
                path="/organizations"
                choice=our_organization
                chosen=organization.chosen
                error=organization.wrong(write, "Choose who has the token.")
            />
        </EditRecord>
    }
    .into_any()
}
