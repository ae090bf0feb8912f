//! *Add station token* and *Edit*.

use domain::field::{Field, Input};
use domain::station_tokens::{FIELDS, Status};

use super::PATH;
use super::state::our_organization;
use crate::api::{Loaded, Record, Write, records};
use crate::kit::Sheet;
use crate::pages::record::{EditRecord, More, RecordPicker};
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

/// Adds a station token to one of our organisations.
#[component]
pub fn AddStationToken(open: RwSignal<bool>, on_saved: Callback<Record>) -> impl IntoView {
    let form = move || {
        let write = Write::new();
        let organization = RwSignal::new(None::<Record>);
        let more: More = Callback::new(move |()| {
            let id = organization.with_untracked(|record| record.as_ref().map(|record| record.text("id")));
            vec![("orgId", id.unwrap_or_default().into())]
        });
        view! {
            <EditRecord open path=PATH fields=FIELDS save="Add station token" write more on_saved>
                <RecordPicker
                    label="Organization"
                    hint="Who has the token: one of our organisations"
                    path="/organizations"
                    choice=our_organization
                    chosen=organization
                    error=write.field("orgId")
                />
            </EditRecord>
        }
    };
    view! {
        <Sheet open title="Add station token">
            {form()}
        </Sheet>
    }
}

/// Changes the station token that `record` holds.
#[component]
pub fn EditStationToken(
    open: RwSignal<bool>,
    record: Loaded<Record>,
    on_saved: Callback<Record>,
) -> impl IntoView {
    let form = move || {
        let (id, status) =
            untrack(|| record.with(|token| (token.text("id"), token.text("status")))).unwrap_or_default();
        let fields = if status == Status::Active.word() {
            FIELDS
        } else {
            WITH_STATUS
        };
        view! { <EditRecord open path=records::path(PATH, &id, "") fields save="Save" record=Some(record) on_saved /> }
    };
    view! {
        <Sheet open title="Edit station token">
            {form()}
        </Sheet>
    }
}
