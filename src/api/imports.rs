//! Imports of charge tokens: nothing of the list changes before *Finalise import*.

use domain::imports::{Chunk, Finalise, Import, ImportPreview, ImportResult, NewImport, RemovedEntry, Undo};
use domain::listing::{ListQuery, Page};

use super::transport::{Answer, Call, segment};

/// The newest imports of a location, the newest first.
pub async fn list(location: String) -> Answer<Page<Import>> {
    let query = ListQuery {
        page_size: 200,
        ..ListQuery::default()
    };
    Call::get(&path(&location, "")).list(&query).fetch().await
}

/// Opens a staged import.
pub async fn create(location: &str, new: &NewImport) -> Answer<Import> {
    Call::post(&path(location, "")).send(new).await
}

pub async fn get(location: &str, import: &str) -> Answer<Import> {
    Call::get(&one(location, import, "")).fetch().await
}

/// Throws a staged import away.
pub async fn discard(location: String, import: String) -> Answer<()> {
    Call::delete(&one(&location, &import, "")).run().await
}

/// Sends a chunk. The same chunk sent again replaces itself.
pub async fn put_chunk(location: &str, import: &str, seq: u64, chunk: &Chunk) -> Answer<Import> {
    Call::put(&one(location, import, &format!("/chunks/{seq}")))
        .send(chunk)
        .await
}

/// What *Finalise import* will do to the list as it is now.
pub async fn preview(location: &str, import: &str, clear: bool) -> Answer<ImportPreview> {
    let call = Call::get(&one(location, import, "/preview"));
    call.param("clear", if clear { "true" } else { "false" })
        .fetch()
        .await
}

/// The entries that a clearing import takes off the list.
pub async fn removed(location: String, import: String, query: ListQuery) -> Answer<Page<RemovedEntry>> {
    Call::get(&one(&location, &import, "/removed"))
        .param("clear", "true")
        .list(&query)
        .fetch()
        .await
}

/// *Finalise import*: all of it in one step, if the list is still at `version`.
pub async fn finalise(
    location: &str,
    import: &str,
    version: u64,
    finalise: Finalise,
) -> Answer<ImportResult> {
    Call::post(&one(location, import, "/finalise"))
        .if_match(version)
        .send(&finalise)
        .await
}

/// Takes a finalised import back, if the list is still at `version`.
pub async fn undo(location: String, import: String, version: u64, undo: Undo) -> Answer<ImportResult> {
    Call::post(&one(&location, &import, "/undo"))
        .if_match(version)
        .send(&undo)
        .await
}

fn one(location: &str, import: &str, rest: &str) -> String {
    path(location, &format!("/{}{rest}", segment(import)))
}

fn path(location: &str, rest: &str) -> String {
    format!("/locations/{}/authorization/imports{rest}", segment(location))
}
