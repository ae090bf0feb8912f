//! Exports: the file as the server streams it, and how far it is.

use std::pin::Pin;

use domain::export::Format;
use web_sys::Blob;

use super::json::{Value, body};
use super::record::Record;
use super::transport::{Answer, Asked, Call, segment};

/// What goes into a file.
pub struct Wanted {
    /// The list's parameters.
    pub query: String,
    pub format: Format,
    /// Keys in their order; none: all.
    pub columns: Option<Vec<String>>,
    /// Only these rows.
    pub ids: Option<Vec<String>>,
    /// The name under which [`progress`] tells how far it is.
    pub progress: String,
}

/// The file, kept by the browser, not in the app's memory. Dropping the future stops it.
pub fn file(list: &str, wanted: Wanted) -> Pin<Box<dyn Future<Output = Answer<Blob>>>> {
    // What a list is always asked with stands in its path.
    let (list, fixed) = list.split_once('?').unwrap_or((list, ""));
    let query = match wanted.query.is_empty() || fixed.is_empty() {
        true => [fixed, &wanted.query].concat(),
        false => [fixed, "&", &wanted.query].concat(),
    };
    let texts = |texts: Option<Vec<String>>| texts.map_or(Value::Null, Value::Texts);
    let fields = [
        ("query", query.into()),
        ("format", wanted.format.word().into()),
        ("columns", texts(wanted.columns)),
        ("ids", texts(wanted.ids)),
        ("progress", wanted.progress.into()),
    ];
    Call::post(&format!("{list}/export")).download(body(&fields))
}

/// `rows` so far, of `total`, and why it `failed`.
pub fn progress(name: &str) -> Asked<Record> {
    Call::get(&format!("/exports/{}", segment(name))).fetch()
}
