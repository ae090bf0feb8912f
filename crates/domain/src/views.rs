//! What is kept of a table: which columns a person sees, and named views.

use serde::{Deserialize, Serialize};

/// GET `/tables/{list}`: what is kept of one table for the person who asks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct TableSettings {
    /// None: nobody chose, the table shows its usual columns.
    pub columns: Option<ChosenColumns>,
    /// Rows of 28 instead of 36 pixels.
    pub compact: bool,
    /// The view that opens when the address asks for nothing: the id of one of `views`.
    pub default_view: Option<String>,
    /// The person's own and those for everyone, by name.
    pub views: Vec<View>,
}

/// Which columns are shown, in which order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChosenColumns {
    /// Keys in their order.
    pub shown: Vec<String>,
    /// All keys that there were when the choice was made: a column that is not among them is new and
    /// comes as it is usual.
    pub known: Vec<String>,
}

/// PUT `/tables/{list}`: what a person chose. What is absent stays; `columns: null` goes back to usual.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct TableSettingsInput {
    pub columns: Option<ChosenColumns>,
    pub compact: bool,
    pub default_view: Option<String>,
}

/// A query and its columns under a name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct View {
    pub id: String,
    pub name: String,
    /// The parameters of the address, without `?`: `filter=status:is:New&sort=-orderDate&columns=tokenSn`.
    pub query: String,
    /// Everybody sees it; otherwise only the person who saved it.
    pub everyone: bool,
    /// Saved by the person who asks, who alone may change it.
    pub mine: bool,
}

/// POST `/tables/{list}/views` and PUT `/tables/{list}/views/{id}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ViewInput {
    pub name: String,
    pub query: String,
    #[serde(default)]
    pub everyone: bool,
}
