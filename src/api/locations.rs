//! Charge locations.

use super::Record;
use super::transport::{Asked, Call, segment};

pub fn get(id: String) -> Asked<Record> {
    Call::get(&path(&id)).fetch()
}

/// `publish` or `unpublish`, if the location is still at `version`. The first is refused with
/// `LIST_NOT_EMPTY` while the Authorization list has entries.
pub fn show(id: String, version: u64, how: &str) -> Asked<Record> {
    let call = Call::post(&format!("{}/{how}", path(&id)));
    call.if_match(version).fetch()
}

/// The location's stations with what their ports are doing. `fresh`: asked of ChargePoint now, though
/// the server has an answer that is young enough.
pub fn stations(id: String, fresh: bool) -> Asked<Record> {
    let call = Call::get(&format!("{}/stations", path(&id)));
    let call = if fresh { call.past_caches() } else { call };
    call.fetch()
}

/// *Sync from ChargePoint*: reads the stations anew and says what that changed.
pub fn sync() -> Asked<Record> {
    Call::post("/locations/sync").fetch()
}

/// Under `/api/v1`.
pub fn path(id: &str) -> String {
    format!("/locations/{}", segment(id))
}
