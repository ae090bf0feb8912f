//! Between XML and records: a bounded pull parser, a writer, and the rules by which both walk
//! through a record. Nothing is copied on the way in but the values themselves.

pub mod envelope;
mod field;
pub mod json;
mod name;
mod parser;
mod record;
pub mod text;
mod writer;

pub use field::Field;
pub use name::{Name, is_number as name_is_number};
pub use parser::{Broken, Parser};
pub use record::{Record, Value, read_record};
pub use writer::Writer;

pub(crate) use record::record;
