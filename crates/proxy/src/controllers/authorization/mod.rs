//! `/locations/{id}/authorization`: the list in numbers, its customers and its charge tokens

pub mod customers;
pub mod summary;
pub mod tokens;

use schemars::JsonSchema;
use serde::Deserialize;

/// The query of a DELETE.
#[derive(Deserialize, JsonSchema)]
pub struct Confirm {
    /// Required where the list is empty afterwards, which opens the location.
    #[serde(default)]
    confirm: bool,
}
