//! Charge locations.

use domain::estate::LocationStations;
use domain::locations::{Location, LocationPatch, SyncResult};

use super::transport::{Asked, Call, segment};

pub fn get(id: String) -> Asked<Location> {
    Call::get(&path(&id)).fetch()
}

/// Changes what `patch` names, if the location is still at `version`.
pub fn update(id: String, version: u64, patch: LocationPatch) -> Asked<Location> {
    Call::patch(&path(&id)).if_match(version).send(&patch)
}

/// Refused with `LIST_NOT_EMPTY` while the Authorization list has entries.
pub fn publish(id: String, version: u64) -> Asked<Location> {
    Call::post(&format!("{}/publish", path(&id)))
        .if_match(version)
        .fetch()
}

pub fn unpublish(id: String, version: u64) -> Asked<Location> {
    Call::post(&format!("{}/unpublish", path(&id)))
        .if_match(version)
        .fetch()
}

/// The location's stations with what their ports are doing. `fresh`: asked of ChargePoint now, though
/// the server has an answer that is young enough.
pub fn stations(id: String, fresh: bool) -> Asked<LocationStations> {
    let call = Call::get(&format!("{}/stations", path(&id)));
    let call = if fresh { call.past_caches() } else { call };
    call.fetch()
}

/// *Sync from ChargePoint*: reads the stations anew and says what that changed.
pub fn sync() -> Asked<SyncResult> {
    Call::post("/locations/sync").fetch()
}

fn path(id: &str) -> String {
    format!("/locations/{}", segment(id))
}
