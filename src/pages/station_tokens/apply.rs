//! *Apply to station*: a free token becomes active on one EVSE.

use super::KIND;
use crate::api::{Loaded, Record, Write};
use crate::kit::{Choice, Sheet};
use crate::pages::record::{EditRecord, Form, More, Other, RecordPicker, facts};
use crate::prelude::*;
use crate::table::Shown;

/// What is said of the EVSE that is chosen.
const FACTS: &[(&str, &str)] = &[
    ("Station Name", "stationName"),
    ("EVSE ID", "id"),
    ("Station S/N", "stationSn"),
    ("Org Name", "orgName"),
];

/// Applies the token that `record` holds.
#[component]
pub fn ApplyToStation(
    open: RwSignal<bool>,
    record: Loaded<Record>,
    on_saved: Callback<Record>,
) -> impl IntoView {
    let form = Form {
        open,
        record: Some(record),
        on_saved,
    };
    view! {
        <Sheet open title="Apply to station">
            {draw(form)}
        </Sheet>
    }
}

fn draw(form: Form) -> AnyView {
    let id = form.base().map(|token| token.text("id")).unwrap_or_default();
    let write = Write::new();
    let evse = Other::of(None, "evseId", "", "");
    let more: More = Callback::new(move |()| vec![("evseId", evse.id().into())]);
    let said = move || {
        let evse = evse.chosen.get()?;
        let fact = |(label, key): &(&'static str, &str)| (*label, Shown::text(evse.text(key)));
        Some(facts(FACTS.iter().map(fact).collect()))
    };
    view! {
        <EditRecord kind=&KIND form fields=&[] act=("Apply to station", "/apply") write more needs=evse>
            <p>
                "The token becomes Active on this EVSE of its organization. An EVSE takes one active token, and an active token stays where it is."
            </p>
            <RecordPicker
                label="Station"
                hint="Type a station's name, EVSE ID or serial number."
                path=KIND.at(&id, "/evses")
                choice
                chosen=evse.chosen
                error=evse.wrong(write, "Choose where the token is to be active.")
            />
            {said}
        </EditRecord>
    }
    .into_any()
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
