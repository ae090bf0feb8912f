//! Imports of charge tokens: nothing of the list changes before *Finalise import*.

use domain::imports::{Chunk, Finalise, Import, ImportPreview, ImportResult, NewImport, Undo};
use domain::listing::ListQuery;

use super::record::Rows;
use super::transport::{Asked, Call, segment};

/// The newest imports of a location, the newest first.
pub fn list(location: String) -> Asked<Rows> {
    let query = ListQuery {
        page_size: 200,
        ..ListQuery::default()
    };
    Call::get(&path(&location, "")).list(&query).fetch()
}

/// Opens a staged import.
pub fn create(location: &str, new: &NewImport) -> Asked<Import> {
    Call::post(&path(location, "")).send(new)
}

pub fn get(location: &str, import: &str) -> Asked<Import> {
    Call::get(&one(location, import, "")).fetch()
}

/// Throws a staged import away.
pub fn discard(location: String, import: String) -> Asked<()> {
    Call::delete(&one(&location, &import, "")).run()
}

/// Sends a chunk. The same chunk sent again replaces itself.
pub fn put_chunk(location: &str, import: &str, seq: u64, chunk: &Chunk) -> Asked<Import> {
    Call::put(&one(location, import, &format!("/chunks/{seq}"))).send(chunk)
}

/// What *Finalise import* will do to the list as it is now.
pub fn preview(location: &str, import: &str, clear: bool) -> Asked<ImportPreview> {
    let call = Call::get(&one(location, import, "/preview"));
    call.param("clear", if clear { "true" } else { "false" }).fetch()
}

/// The entries that a clearing import takes off the list.
pub fn removed(location: String, import: String, query: ListQuery) -> Asked<Rows> {
    Call::get(&one(&location, &import, "/removed"))
        .param("clear", "true")
        .list(&query)
        .fetch()
}

/// *Finalise import*: all of it in one step, if the list is still at `version`.
pub fn finalise(location: &str, import: &str, version: u64, finalise: Finalise) -> Asked<ImportResult> {
    Call::post(&one(location, import, "/finalise"))
        .if_match(version)
        .send(&finalise)
}

/// Takes a finalised import back, if the list is still at `version`.
pub fn undo(location: String, import: String, version: u64, undo: Undo) -> Asked<ImportResult> {
    Call::post(&one(&location, &import, "/undo"))
        .if_match(version)
        .send(&undo)
}

fn one(location: &str, import: &str, rest: &str) -> String {
    path(location, &format!("/{}{rest}", segment(import)))
}

fn path(location: &str, rest: &str) -> String {
    format!("/locations/{}/authorization/imports{rest}", segment(location))
}
