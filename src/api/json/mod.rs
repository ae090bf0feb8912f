//! JSON, read with the browser's own parser. What `serde_json` brings, above all its tables for floating
//! point, weighed as much as several pages.

mod body;
mod read;
mod write;

pub use body::{Value, body};
pub use read::from_str;
pub use write::to_string;

/// What is wrong with a JSON text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wrong(&'static str);

pub(super) const OTHER: Wrong = Wrong("another shape");

impl std::fmt::Display for Wrong {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(self.0)
    }
}

impl std::error::Error for Wrong {}

impl serde::ser::Error for Wrong {
    fn custom<T: std::fmt::Display>(_: T) -> Self {
        OTHER
    }
}

impl serde::de::Error for Wrong {
    fn custom<T: std::fmt::Display>(_: T) -> Self {
        OTHER
    }

    fn missing_field(name: &'static str) -> Self {
        Self(name)
    }
}
