//! Charge locations.

use domain::estate::LocationStations;
use domain::listing::{ListQuery, Page};
use domain::locations::{Location, LocationPatch, SyncResult};

use super::transport::{Answer, Call, segment};

pub async fn list(query: ListQuery) -> Answer<Page<Location>> {
    Call::get("/locations").list(&query).fetch().await
}

pub async fn get(id: String) -> Answer<Location> {
    Call::get(&path(&id)).fetch().await
}

/// Changes what `patch` names, if the location is still at `version`.
pub async fn update(id: String, version: u64, patch: LocationPatch) -> Answer<Location> {
    Call::patch(&path(&id)).if_match(version).send(&patch).await
}

/// Refused with `LIST_NOT_EMPTY` while the Authorization list has entries.
pub async fn publish(id: String, version: u64) -> Answer<Location> {
    Call::post(&format!("{}/publish", path(&id)))
        .if_match(version)
        .fetch()
        .await
}

pub async fn unpublish(id: String, version: u64) -> Answer<Location> {
    Call::post(&format!("{}/unpublish", path(&id)))
        .if_match(version)
        .fetch()
        .await
}

/// The location's stations with what their ports are doing. `fresh`: asked of ChargePoint now, though
/// the server has an answer that is young enough.
pub async fn stations(id: String, fresh: bool) -> Answer<LocationStations> {
    let call = Call::get(&format!("{}/stations", path(&id)));
    let call = if fresh { call.past_caches() } else { call };
    call.fetch().await
}

/// *Sync from ChargePoint*: reads the stations anew and says what that changed.
pub async fn sync() -> Answer<SyncResult> {
    Call::post("/locations/sync").fetch().await
}

fn path(id: &str) -> String {
    format!("/locations/{}", segment(id))
}
