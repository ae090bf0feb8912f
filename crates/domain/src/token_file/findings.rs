//! What a report tells about rows.

use crate::identifiers::{Code, Repair};

/// A rejected row, for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// The physical line at which the row begins, from 1.
    pub line: u32,
    /// Why (`E_…`).
    pub code: Code,
    /// The cell as it stands in the file.
    pub value: String,
}

/// All rows with one error or warning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What was found.
    pub code: Code,
    /// In how many rows.
    pub count: usize,
    /// The lines of the first of them.
    pub lines: Vec<u32>,
}

/// A repair that would mend rows, with the first as an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The repair.
    pub repair: Repair,
    /// How many rows it would mend.
    pub count: usize,
    /// The line of the example.
    pub line: u32,
    /// The example's id as it is.
    pub from: String,
    /// What would become of it.
    pub to: String,
}
