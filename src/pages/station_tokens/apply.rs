//! *Apply to station*: a free token becomes active on one EVSE.

use super::PATH;
use crate::api::{Loaded, Record, Write, records};
use crate::kit::{Choice, Sheet};
use crate::pages::record::{Fact, RecordForm, RecordPicker, said};
use crate::prelude::*;

/// Applies the token that `record` holds.
#[component]
pub fn ApplyToStation(
    open: RwSignal<bool>,
    record: Loaded<Record>,
    on_saved: Callback<Record>,
) -> impl IntoView {
    view! {
        <Sheet open title="Apply to station">
            <Form open record on_saved />
        </Sheet>
    }
}

#[component]
fn Form(open: RwSignal<bool>, record: Loaded<Record>, on_saved: Callback<Record>) -> impl IntoView {
    let write = Write::new();
    let evse = RwSignal::new(None::<Record>);
    let missing = RwSignal::new(false);
    let save = move |()| {
        let Some(id) = evse.with_untracked(|evse| evse.as_ref().map(|evse| evse.text("id"))) else {
            missing.set(true);
            return;
        };
        let done = move |token| {
            open.try_set(false);
            on_saved.run(token);
        };
        let of = untrack(|| record.with(|token| (token.text("id"), token.count("version"))));
        let (token, version) = of.unwrap_or_default();
        let path = records::path(PATH, &token, "/apply");
        write.run(records::post_for(&path, version, &[("evseId", id.into())]), done);
    };
    effect(move || {
        if write.stale().get() {
            record.reload();
        }
    });
    let wrong = move || {
        let none = missing.get() && evse.with(Option::is_none);
        let refused = write.field("evseId").get();
        refused.or_else(|| none.then(|| "Choose where the token is to be active.".into()))
    };
    let facts = move || {
        let evse = evse.get()?;
        let fact = |label: &'static str, key: &str| {
            let text = said(&evse.text(key));
            view! { <Fact label>{text}</Fact> }
        };
        Some(view! {
            <dl class="facts">
                {fact("Station Name", "stationName")}
                {fact("EVSE ID", "id")}
                {fact("Station S/N", "stationSn")}
                {fact("Org Name", "orgName")}
            </dl>
        })
    };
    view! {
        <RecordForm open write save="Apply to station" on_save=save>
            <p>
                "The token becomes Active on this EVSE from now on. An EVSE takes one active token, and an active token stays where it is."
            </p>
            <RecordPicker
                label="Station"
                hint="Type a station's name, EVSE ID or serial number."
                path="/evses"
                choice
                chosen=evse
                error=Signal::derive(wrong)
            />
            {facts}
        </RecordForm>
    }
}

fn choice(evse: &Record) -> Choice {
    let (key, taken) = (evse.text("id"), evse.text("tokenSn"));
    Choice {
        label: evse.text("stationName"),
        refused: !taken.is_empty(),
        note: match taken.as_str() {
            "" => key.clone(),
            taken => format!("{key}: {taken} is active"),
        },
        key,
    }
}
