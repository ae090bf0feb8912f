//! CSV: header labels, moments as RFC 3339, those in Pacific time as a wall clock there shows them.

use std::borrow::Cow;
use std::fs::File;

use domain::column::{Cell, Head, Kind};
use domain::csv_out::{BOM, write_row};
use domain::moment::{Zone, local};

use super::task::Write;

/// The format has no state.
pub struct Csv;

impl Write for Csv {
    fn head(&mut self, heads: &[&Head], out: &mut Vec<u8>) -> Result<(), String> {
        out.extend_from_slice(BOM);
        write_row(out, heads.iter().map(|head| head.label));
        Ok(())
    }

    fn row(&mut self, heads: &[&Head], cells: &[Cell], out: &mut Vec<u8>) -> Result<(), String> {
        write_row(
            out,
            heads.iter().zip(cells).map(|(head, cell)| text(head.kind, cell)),
        );
        Ok(())
    }

    fn end(self: Box<Self>, _: &mut Vec<u8>) -> Result<Option<File>, String> {
        Ok(None)
    }
}

fn text(kind: Kind, cell: &Cell) -> Cow<'_, str> {
    match cell {
        Cell::Text(at) if kind == Kind::Pacific => {
            local(at, Zone::Pacific).map_or(at.as_str().into(), Cow::Owned)
        }
        Cell::Text(text) => text.as_str().into(),
        Cell::Number(number) => number.to_string().into(),
        Cell::Bool(value) => if *value { "yes" } else { "no" }.into(),
        Cell::Empty => "".into(),
    }
}
