//! JSON: an array of objects by column key, a line each; moments in UTC.

use std::fs::File;

use domain::column::{Cell, Head};
use serde::Serialize;

use super::task::Write;

/// Whether a row has been written.
#[derive(Default)]
pub struct Json {
    begun: bool,
}

impl Write for Json {
    fn head(&mut self, _: &[&Head], out: &mut Vec<u8>) -> Result<(), String> {
        out.push(b'[');
        Ok(())
    }

    fn row(&mut self, heads: &[&Head], cells: &[Cell], out: &mut Vec<u8>) -> Result<(), String> {
        out.extend_from_slice(if self.begun { b",\n" } else { b"\n" });
        self.begun = true;
        for (n, (head, cell)) in heads.iter().zip(cells).enumerate() {
            out.push(if n == 0 { b'{' } else { b',' });
            value(out, &head.key)?;
            out.push(b':');
            match cell {
                Cell::Text(text) => value(out, text)?,
                // Counts are whole, and read as such by every reader.
                Cell::Number(number) if number.fract() == 0.0 => {
                    out.extend_from_slice(number.to_string().as_bytes());
                }
                Cell::Number(number) => value(out, number)?,
                Cell::Bool(yes) => value(out, yes)?,
                Cell::Empty => out.extend_from_slice(b"null"),
            }
        }
        out.push(b'}');
        Ok(())
    }

    fn end(self: Box<Self>, out: &mut Vec<u8>) -> Result<Option<File>, String> {
        out.extend_from_slice(b"\n]\n");
        Ok(None)
    }
}

fn value<T: Serialize>(out: &mut Vec<u8>, value: &T) -> Result<(), String> {
    serde_json::to_writer(out, value).map_err(|error| error.to_string())
}
