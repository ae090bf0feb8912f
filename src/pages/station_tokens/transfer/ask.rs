//! The first step: which tokens, to whom, and why.

use domain::limits::MAX_CHOSEN;
use js_sys::Set;
use wasm_bindgen::JsValue;

use super::{Transfer, tokens};
use crate::kit::format::{count, lower, number};
use crate::kit::{Switch, TextArea};
use crate::pages::record::{Fields, RecordForm, RecordPicker};
use crate::pages::station_tokens::state::organization;
use crate::prelude::*;

#[component]
pub fn Ask(transfer: Transfer) -> impl IntoView {
    let Transfer {
        moving, write, other, ..
    } = transfer;
    let counted = move || {
        let serials = transfer.serials();
        let unique = Set::new(&JsValue::UNDEFINED);
        for serial in &serials {
            unique.add(&lower(serial).into());
        }
        let repeated = serials.len() as u64 - u64::from(unique.size());
        let mut words = match serials.len() {
            0 => "One on each line, or with commas or tabs between them".to_owned(),
            all => count(all as u64, "serial number", "serial numbers"),
        };
        if repeated > 0 {
            words.push_str(&format!(", {} more than once", number(repeated)));
        }
        words
    };
    let too_many = move || {
        let all = transfer.serials().len();
        let most = number(MAX_CHOSEN as u64);
        (all > MAX_CHOSEN).then(|| format!("At most {most} at once; these are {}.", number(all as u64)))
    };
    let error = move || too_many().or_else(|| write.field("tokenSns").get());
    let which = if moving.chosen.with_untracked(String::is_empty) {
        view! {
            <TextArea
                label="Token serial numbers"
                value=transfer.pasted
                rows=8
                mono=true
                hint=Signal::derive(counted)
                error=Signal::derive(error)
            />
        }
        .into_any()
    } else {
        let words = format!("{} selected", tokens(moving.count.get_untracked()));
        view! { <p><strong>{words}</strong></p> }.into_any()
    };
    view! {
        <RecordForm open=moving.open write save="Check" on_save=move |()| {
            if untrack(too_many).is_none() {
                transfer.check();
            }
        }>
            {which}
            <Show when=move || !other.get()>
                <RecordPicker
                    label="Receiving organization"
                    hint="Type its name or ID."
                    path="/organizations"
                    choice=organization
                    chosen=transfer.to
                    error=write.field("orgId")
                />
            </Show>
            <Switch label="Another organization, not on the list" checked=other />
            <Fields entry=transfer.entry write />
        </RecordForm>
    }
}
