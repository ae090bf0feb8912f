//! Exports: which rows and columns go into a file, and how far it is.

use serde::{Deserialize, Serialize};

use crate::Timestamp;

/// A file's format.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Format {
    #[default]
    Csv,
    Xlsx,
    Json,
}

impl Format {
    pub const ALL: [Self; 3] = [Self::Csv, Self::Xlsx, Self::Json];

    /// The word in addresses, which also ends the file's name.
    pub fn word(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Json => "json",
        }
    }

    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.word() == word)
    }

    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Json => "application/json",
        }
    }
}

/// POST `…/export`: the same as GET with parameters, for queries and choices of any length.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct ExportRequest {
    /// The list's parameters: `q=…&filter=…&match=any&sort=-name`. Page and page size do not count.
    pub query: String,
    pub format: Format,
    /// Keys in their order; none: all columns. Amounts bring `currency` along.
    pub columns: Option<Vec<String>>,
    /// Only these rows, by id, in the list's order; the rest of the query except `sort` does not count.
    pub ids: Option<Vec<String>>,
    /// A name of the sender's choice, at least 16 characters, under which `/exports/{progress}` tells how
    /// far the file is.
    pub progress: Option<String>,
}

/// GET `/exports/{progress}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ExportProgress {
    /// Rows in the file so far.
    pub rows: u64,
    /// Rows that it will have.
    pub total: u64,
    pub done: bool,
    /// Why there will be no file.
    pub failed: Option<String>,
}

/// What a file is called: the list's name, the day, the format.
pub fn file_name(list: &str, day: &str, format: Format) -> String {
    format!("{list}-{day}.{}", format.word())
}

/// What a change of many did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Changed {
    /// How many records are other than before.
    pub changed: u64,
}

/// Which records a change of many means: ids, or all that a query matches.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Chosen {
    pub ids: Vec<String>,
    /// All that this query matches, in place of `ids`; parameters as in an address.
    pub query: Option<String>,
    /// How many the sender saw that these are. The change is refused when there are more or fewer by now.
    pub count: u64,
    /// The page's `asOf` when they were chosen. A change of all that a query matches is refused when one of
    /// them came, or was changed, after that moment. A decision on drivers' requests that are named by id
    /// leaves out those that were decided since.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Timestamp>,
}
