//! *Download the N bad rows*: in their own columns, plus line, code and message.

use std::rc::Rc;

use domain::token_file::{BadRows, Report};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsValue;
use web_sys::{Blob, BlobPropertyBag};

use super::read::Source;
use super::turn::{Clock, SLICE_MS, Turns};
use super::wizard::Wizard;
use crate::kit::format::count;
use crate::kit::{Button, Symbol, Tone, save, toast::Toast};
use crate::prelude::*;

/// Rows between two looks at the clock.
const GLANCE: usize = 1_000;

#[component]
pub fn BadRowsButton(wizard: Wizard, rejected: u64) -> impl IntoView {
    let busy = RwSignal::new(false);
    let press = move |()| {
        let Some(report) = wizard.report() else {
            return;
        };
        let source = wizard.source().as_ref().map(Source::name).unwrap_or_default();
        let name = format!(
            "{}-bad-rows.csv",
            source.rsplit_once('.').map_or(source.as_str(), |(name, _)| name)
        );
        busy.set(true);
        spawn_local(async move {
            match csv(report).await.and_then(|bytes| blob(&bytes)) {
                Ok(blob) => save(&blob, &name),
                Err(_) => Toast::new("The browser could not save the bad rows.")
                    .tone(Tone::Bad)
                    .show(),
            }
            busy.try_set(false);
        });
    };
    (rejected > 0).then(|| {
        view! {
            <Button icon=Symbol::Download busy on_press=press>
                {format!("Download the {}", count(rejected, "bad row", "bad rows"))}
            </Button>
        }
    })
}

/// The file, written in slices.
async fn csv(report: Rc<Report>) -> Result<Vec<u8>, JsValue> {
    let (turns, clock) = (Turns::new()?, Clock::new());
    let (mut rows, mut out) = (BadRows::new(&report), Vec::new());
    loop {
        let start = clock.now();
        while clock.now() - start < SLICE_MS {
            if !rows.write(&mut out, GLANCE) {
                return Ok(out);
            }
        }
        turns.next().await?;
    }
}

fn blob(bytes: &[u8]) -> Result<Blob, JsValue> {
    let kind = BlobPropertyBag::new();
    kind.set_type("text/csv;charset=utf-8");
    Blob::new_with_u8_array_sequence_and_options(&Array::of1(&Uint8Array::from(bytes)), &kind)
}
