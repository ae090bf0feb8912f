//! The answer of `ev-portal import --check`: what reading a file came to, as JSON.

use serde::{Deserialize, Serialize};

use super::{Options, Report, read};
use crate::identifiers::Code;

/// What reading a file came to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckReport {
    /// Why the whole file is refused (`F_…`); the lists are then empty.
    pub refused: Option<Code>,
    /// The keys accepted, in the order of the file, each once.
    pub accepted: Vec<String>,
    /// The rows rejected, in the order of the file.
    pub rejected: Vec<CheckRow>,
    /// All warnings.
    pub warnings: Vec<CheckWarning>,
}

/// A rejected row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckRow {
    /// The physical line at which the row begins, from 1.
    pub line: u32,
    /// Why (`E_…`).
    pub code: Code,
    /// The cell as it stands in the file.
    pub value: String,
    /// Why, in words.
    pub message: String,
}

/// A warning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckWarning {
    /// What (`W_…`).
    pub code: Code,
    /// The physical line, from 1; what concerns the whole file has the line where it shows.
    pub line: u32,
    /// What, in words.
    pub message: String,
}

impl CheckReport {
    /// Reads a file at once.
    pub fn of(bytes: Vec<u8>, options: Options) -> CheckReport {
        match read(bytes, options) {
            Ok(report) => CheckReport::from(&report),
            Err(refusal) => CheckReport {
                refused: Some(refusal.code),
                ..CheckReport::default()
            },
        }
    }
}

impl From<&Report> for CheckReport {
    fn from(report: &Report) -> CheckReport {
        let rejected = report.rejected().map(|row| CheckRow {
            line: row.line,
            code: row.code,
            value: row.value,
            message: row.code.message(),
        });
        let warnings = report.warnings().map(|(code, line)| CheckWarning {
            code,
            line,
            message: code.message(),
        });
        CheckReport {
            refused: None,
            accepted: report.accepted().map(|id| id.key.to_owned()).collect(),
            rejected: rejected.collect(),
            warnings: warnings.collect(),
        }
    }
}
