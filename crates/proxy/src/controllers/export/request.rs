//! What an export is asked for, by parameters or by a body.

use domain::column::{CURRENCY, Column, Listed, MONEY};
use domain::export::{ExportRequest, Format};
use domain::listing::ListQuery;
use schemars::JsonSchema;

use crate::controllers::listing;
use crate::problem::Error;

/// How long the name of a progress is, in characters.
const NAME: std::ops::RangeInclusive<usize> = 16..=128;

/// What GET takes besides the list's own parameters.
#[derive(JsonSchema)]
#[allow(dead_code)]
pub struct Parameters {
    /// `csv`, `xlsx` or `json`.
    format: Option<Format>,
    /// Keys of columns in their order, with commas between them; absent: all. Amounts bring `currency` along.
    columns: Option<String>,
    /// A name of the sender's choice, 16 characters or more, for `/exports/{progress}`.
    progress: Option<String>,
}

/// An export as asked for.
pub struct Wanted {
    pub query: ListQuery,
    pub format: Format,
    pub columns: Option<Vec<String>>,
    pub ids: Option<Vec<String>>,
    pub progress: Option<String>,
}

impl Wanted {
    /// From the parameters of an address.
    pub fn of_parameters(pairs: Vec<(String, String)>) -> Result<Self, Error> {
        let value = |key: &str| {
            let found = pairs.iter().rev().find(|(own, _)| own == key);
            found.map(|(_, value)| value.clone())
        };
        let format = match value("format") {
            None => Format::default(),
            Some(word) => Format::of(&word)
                .ok_or_else(|| Error::field("format", format!("`{word}` is not csv, xlsx or json")))?,
        };
        let columns = value("columns").map(|keys| keys.split(',').map(|key| key.trim().to_owned()).collect());
        Self {
            query: listing::read(&pairs, &["format", "progress"])?,
            format,
            columns,
            ids: None,
            progress: value("progress"),
        }
        .checked()
    }

    /// From a body.
    pub fn of_request(request: ExportRequest) -> Result<Self, Error> {
        let pairs = listing::words(&request.query);
        Self::of_others(request, &pairs)
    }

    /// From a body whose query says more than every list takes; the `others` are what lists take.
    pub fn of_others(request: ExportRequest, others: &[(String, String)]) -> Result<Self, Error> {
        let ExportRequest {
            query: _,
            format,
            columns,
            ids,
            progress,
        } = request;
        Self {
            query: listing::read(others, &[])?,
            format,
            columns,
            ids,
            progress,
        }
        .checked()
    }

    fn checked(self) -> Result<Self, Error> {
        match &self.progress {
            Some(name) if !NAME.contains(&name.chars().count()) => {
                Err(Error::field("progress", "16 to 128 characters"))
            }
            _ => Ok(self),
        }
    }
}

/// The columns of those keys; all of them, where none are named.
pub fn columns<T: Listed>(keys: Option<&[String]>) -> Result<Vec<&'static Column<T>>, Error> {
    let Some(keys) = keys else {
        return Ok(T::COLUMNS.iter().collect());
    };
    if keys.is_empty() {
        return Err(Error::field("columns", "an export has one column or more"));
    }
    let mut columns: Vec<&'static Column<T>> = Vec::with_capacity(keys.len());
    for key in keys {
        let column = T::column(key).ok_or_else(|| {
            let known: Vec<&str> = T::COLUMNS.iter().map(|column| column.key).collect();
            let said = format!("`{key}` is no column here; there are {}", known.join(", "));
            Error::field("columns", said)
        })?;
        if columns.iter().any(|other| other.key == column.key) {
            return Err(Error::field("columns", format!("`{key}` stands twice")));
        }
        columns.push(column);
    }
    // An amount is nothing without its currency, which the page shows in the same cell.
    let is_currency = |column: &&'static Column<T>| column.key == CURRENCY;
    if columns.iter().any(|column| column.places == MONEY) && !columns.iter().any(is_currency) {
        columns.extend(T::COLUMNS.iter().find(is_currency));
    }
    Ok(columns)
}
