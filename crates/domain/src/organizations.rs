//! Organizations: those whose stations ChargePoint shows, and those that station tokens name.

use serde::{Deserialize, Serialize};

/// GET `/organizations`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Organization {
    /// As ChargePoint writes it, for example `1:ORG07225`.
    pub id: String,
    pub name: String,
    /// Ours to act for: ChargePoint shows us stations of it.
    pub ours: bool,
}
