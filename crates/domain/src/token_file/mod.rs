//! Files of Auth IDs or Chip IDs: bytes → kind of file → encoding → delimiter → header → rows →
//! key → duplicate. The whole file is read and judged before anything is written, in the browser
//! and by the command alike, in slices short enough to keep a page alive.
//!
//! ```
//! use domain::identifiers::IdKind;
//! use domain::token_file::{Options, TokenFile};
//!
//! let bytes = b"Auth ID\r\nNL-GFX-C00000001-4\r\n".to_vec();
//! let mut file = TokenFile::open(bytes, Options::new(IdKind::AuthId)).map_err(|r| r.code)?;
//! while !file.step(1 << 20).done {}
//! let report = file.finish().map_err(|r| r.code)?;
//! assert_eq!(report.accepted().next().map(|id| id.key), Some("NLGFXC00000001"));
//! # Ok::<(), domain::identifiers::Code>(())
//! ```

mod accepted;
mod bad_rows;
mod check;
mod encoding;
mod findings;
mod header;
mod kind;
mod layout;
mod neighbours;
mod reading;
mod records;
mod report;
#[cfg(feature = "bench")]
pub mod sample;

pub use accepted::Entry;
pub use bad_rows::{BadRows, bad_rows_csv};
pub use check::{CheckReport, CheckRow, CheckWarning};
pub use encoding::{Encoding, detect, marks, utf16_to_utf8};
pub use findings::{Finding, Offer, Rejected};
pub use layout::{DELIMITERS, Preview};
pub use reading::TokenFile;
pub use records::{Next, Records};
pub use report::Report;

use crate::identifiers::{Code, IdKind, Repairs};

/// The largest file that is read: 256 MiB, some five million rows.
pub const MAX_BYTES: usize = 256 * 1024 * 1024;

/// The most columns of a file that are looked at.
pub const MAX_COLUMNS: usize = 1000;

/// What to read a file as. What is `None` is found out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// What the column holds.
    pub kind: IdKind,
    /// How the file writes its characters.
    pub encoding: Option<Encoding>,
    /// What stands between cells.
    pub delimiter: Option<char>,
    /// Whether the first row names the columns.
    pub header: Option<bool>,
    /// The column of the ids, from 0.
    pub column: Option<usize>,
    /// The repairs the operator chose.
    pub repairs: Repairs,
}

impl Options {
    /// Finds out everything and repairs nothing.
    pub fn new(kind: IdKind) -> Options {
        Options {
            kind,
            encoding: None,
            delimiter: None,
            header: None,
            column: None,
            repairs: Repairs::NONE,
        }
    }
}

/// A file that is refused as a whole: nothing of it is accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Why (`F_…`).
    pub code: Code,
    /// The physical line where it shows, from 1.
    pub line: Option<u32>,
    /// What was found out, where the operator can help by choosing a column.
    pub preview: Option<Box<Preview>>,
    /// The bytes given to [`TokenFile::open`], to open them again with other options. Empty once
    /// reading has begun.
    pub bytes: Vec<u8>,
}

/// How far reading is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Work done, in bytes of the file.
    pub bytes_done: usize,
    /// The bytes of the file.
    pub bytes_total: usize,
    /// Rows read.
    pub rows: usize,
    /// Whether [`TokenFile::finish`] has its report.
    pub done: bool,
}

/// Reads a file at once.
///
/// # Errors
/// The refusal of the whole file.
pub fn read(bytes: Vec<u8>, options: Options) -> Result<Report, Refusal> {
    TokenFile::open(bytes, options)?.finish()
}
