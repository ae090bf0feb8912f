//! Records of any kind, by the path of their list.

use super::Record;
use super::json::{Value, body};
use super::transport::{Asked, Call, segment};

/// A record's own path, with what follows it.
pub fn path(list: &str, id: &str, rest: &str) -> String {
    format!("{list}/{}{rest}", segment(id))
}

pub fn get(path: &str) -> Asked<Record> {
    Call::get(path).fetch()
}

/// Sends fields to a path and reads what came of it.
pub fn post(path: &str, fields: &[(&str, Value)]) -> Asked<Record> {
    Call::post(path).send_json(body(fields))
}

/// The same about a record that is still at `version`.
pub fn post_for(path: &str, version: u64, fields: &[(&str, Value)]) -> Asked<Record> {
    Call::post(path).if_match(version).send_json(body(fields))
}

/// Changes fields of a record that is still at `version`.
pub fn patch(path: &str, version: u64, fields: &[(&str, Value)]) -> Asked<Record> {
    Call::patch(path).if_match(version).send_json(body(fields))
}

/// Deletes a record that is still at `version`.
pub fn delete(path: &str, version: u64) -> Asked<()> {
    Call::delete(path).if_match(version).run()
}
