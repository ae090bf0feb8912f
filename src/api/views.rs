//! What is kept of tables: columns, density, views.

use super::json::{Value, body};
use super::record::Record;
use super::transport::{Asked, Call, segment};

pub fn settings(list: &str) -> Asked<Record> {
    Call::get(&path(list, "")).fetch()
}

/// Keeps what a person chose; `columns` is a JSON text, or `null` for the usual ones.
pub fn keep(list: &str, columns: String, compact: bool, default_view: String) -> Asked<Record> {
    let default_view = match default_view.is_empty() {
        true => Value::Null,
        false => default_view.into(),
    };
    let fields = [
        ("columns", Value::Json(columns)),
        ("compact", compact.into()),
        ("defaultView", default_view),
    ];
    Call::put(&path(list, "")).send_json(body(&fields))
}

/// Saves a view, a new one where `id` is empty.
pub fn save(list: &str, id: &str, name: String, query: String, everyone: bool) -> Asked<Record> {
    let call = match id.is_empty() {
        true => Call::post(&path(list, "/views")),
        false => Call::put(&path(list, &format!("/views/{}", segment(id)))),
    };
    let fields = [
        ("name", name.into()),
        ("query", query.into()),
        ("everyone", everyone.into()),
    ];
    call.send_json(body(&fields))
}

pub fn delete(list: &str, id: &str) -> Asked<()> {
    Call::delete(&path(list, &format!("/views/{}", segment(id)))).run()
}

fn path(list: &str, rest: &str) -> String {
    format!("/tables/{}{rest}", segment(list))
}
