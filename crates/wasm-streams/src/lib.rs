//! What Leptos' server functions need of the crate `wasm-streams` to compile. The app has no server
//! functions; but what that crate exports to JavaScript stays in an app that never calls it, and was 3 KB of
//! the download.

use futures::stream::{self, Stream};
use wasm_bindgen::JsValue;

/// A stream that a server function sends or answers: none is ever made.
pub enum ReadableStream {}

const NONE: &str = "The app has no server functions";

impl ReadableStream {
    /// Ends the program.
    pub fn from_raw(_: web_sys::ReadableStream) -> Self {
        panic!("{NONE}")
    }

    /// Ends the program.
    pub fn from_stream(_: impl Stream<Item = Result<JsValue, JsValue>> + 'static) -> Self {
        panic!("{NONE}")
    }

    pub fn into_raw(self) -> web_sys::ReadableStream {
        match self {}
    }

    pub fn into_stream(self) -> impl Stream<Item = Result<JsValue, JsValue>> + 'static {
        stream::empty()
    }
}
