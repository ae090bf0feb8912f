//! Imports of charge tokens: nothing of the list changes before *Finalise import*.

use domain::listing::{ListQuery, MAX_PAGE_SIZE};

use super::json::body;
use super::record::{Record, Rows};
use super::transport::{Answer, Asked, Call, segment};
use super::{authorization, records};

/// The imports of a location that were begun and neither finalised nor discarded, the newest first.
pub fn staged(location: &str) -> Asked<Rows> {
    let query = ListQuery {
        filter: vec!["state:is:Staged".into()],
        page_size: MAX_PAGE_SIZE,
        ..ListQuery::default()
    };
    Call::get(&path(location, "")).list(&query).fetch()
}

/// Opens a staged import of ids of a kind, in its wire name.
pub fn create(location: &str, file_name: String, kind: &str) -> Asked<Record> {
    let fields = [("fileName", file_name.into()), ("kind", kind.into())];
    records::post(&path(location, ""), &fields)
}

pub fn get(location: &str, import: &str) -> Asked<Record> {
    Call::get(&one(location, import, "")).fetch()
}

/// Throws a staged import away.
pub fn discard(location: String, import: String) -> Asked<()> {
    Call::delete(&one(&location, &import, "")).run()
}

/// Sends a chunk of ids, as typed. The same chunk sent again replaces itself.
pub fn put_chunk(location: &str, import: &str, seq: u64, ids: Vec<String>) -> Asked<Record> {
    Call::put(&one(location, import, &format!("/chunks/{seq}"))).send_json(body(&[("ids", ids.into())]))
}

/// What *Finalise import* will do to the list as it is now.
pub fn preview(location: &str, import: &str, clear: bool) -> Asked<Record> {
    let call = Call::get(&one(location, import, "/preview"));
    call.param("clear", if clear { "true" } else { "false" }).fetch()
}

/// Where the entries are that a clearing import takes off the list.
pub fn removed(location: &str, import: &str) -> String {
    one(location, import, "/removed")
}

/// *Finalise import*: all of its `ids` in one step, if the list is still at `version`.
pub fn finalise(location: &str, import: &str, version: u64, clear: bool, ids: u64) -> Asked<Record> {
    let fields = [("clear", clear.into()), ("ids", ids.into())];
    records::post_for(&one(location, import, "/finalise"), version, &fields)
}

/// Takes a finalised import back from the list as it is now.
pub async fn undo(location: String, import: String, confirm: bool) -> Answer<Record> {
    let version = authorization(&location).await?.count("version");
    let fields = [("confirm", confirm.into())];
    records::post_for(&one(&location, &import, "/undo"), version, &fields).await
}

/// The location's list in numbers.
pub fn authorization(location: &str) -> Asked<Record> {
    records::get(&authorization::path(location, ""))
}

fn one(location: &str, import: &str, rest: &str) -> String {
    path(location, &format!("/{}{rest}", segment(import)))
}

/// Under `/api/v1`.
pub fn path(location: &str, rest: &str) -> String {
    format!("/locations/{}/authorization/imports{rest}", segment(location))
}
