//! Registering with a partner, by what they gave.

use domain::partners::REGISTER_FIELDS;

use super::KIND;
use crate::api::{Loaded, Record, Write, records};
use crate::kit::{Dialog, announce};
use crate::pages::record::{Entry, Fields, RecordForm};
use crate::prelude::*;

#[component]
pub fn RegisterDialog(open: RwSignal<bool>, record: Loaded<Record>) -> impl IntoView {
    view! { <Dialog open title="Register with them".to_owned()>{form(open, record)}</Dialog> }
}

fn form(open: RwSignal<bool>, record: Loaded<Record>) -> AnyView {
    let entry = Entry::of(REGISTER_FIELDS, None);
    let write = Write::new();
    let save = move |()| {
        let id = record.with_untracked(|partner| partner.text("id"));
        let Some(id) = id.filter(|_| entry.is_right()) else {
            return;
        };
        let asked = records::post(&KIND.at(&id, "/register"), &entry.changes());
        write.run(asked, move |saved: Record| {
            announce("Registered.");
            open.try_set(false);
            record.set(saved);
        });
    };
    view! {
        <RecordForm open write save="Register" on_save=save>
            <p>"The portal asks their server now. It may take some seconds."</p>
            <Fields entry write />
        </RecordForm>
    }
    .into_any()
}
