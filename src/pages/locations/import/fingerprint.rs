//! Which file a staged import was made from, so that it goes on with that very file and no other.

use std::rc::Rc;

use domain::identifiers::IdKind;
use domain::token_file::Report;
use wasm_bindgen::JsValue;

use super::turn::{Clock, SLICE_MS, Turns};

/// Ids between two looks at the clock.
const GLANCE: usize = 10_000;

/// Stands for the ids of a file, in their order, and for what they are. Worked out in slices.
pub async fn of(report: Rc<Report>) -> Result<String, JsValue> {
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    let (turns, clock) = (Turns::new()?, Clock::new());
    let mut hash: u64 = match report.options().kind {
        IdKind::AuthId => 0xcbf2_9ce4_8422_2325,
        IdKind::ChipId => 0x8422_2325_cbf2_9ce4,
    };
    let (mut place, total) = (0, report.accepted_count());
    while place < total {
        let start = clock.now();
        while place < total && clock.now() - start < SLICE_MS {
            for id in report.accepted_from(place).take(GLANCE) {
                for byte in id.display.bytes().chain(std::iter::once(b'\n')) {
                    hash = (hash ^ u64::from(byte)).wrapping_mul(PRIME);
                }
            }
            place += GLANCE;
        }
        turns.next().await?;
    }
    Ok(format!("{total}-{hash:016x}"))
}

/// Remembers in this browser from which ids an import is made.
pub fn remember(import: &str, fingerprint: &str) {
    if let Some(storage) = storage() {
        // A full or forbidden storage only means that the import cannot go on in another visit.
        let _ = storage.set_item(&key(import), fingerprint);
    }
}

/// From which ids an import is made, if this browser began it.
pub fn recall(import: &str) -> Option<String> {
    storage()?.get_item(&key(import)).ok()?
}

/// An import was finalised or thrown away.
pub fn forget(import: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(&key(import));
    }
}

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok()?
}

fn key(import: &str) -> String {
    format!("ev-portal.import.{import}")
}
