//! Customers: whoever the operator bills; their tokens charge where they are listed.

use serde::{Deserialize, Serialize};

use crate::Timestamp;
use crate::access::Action;
use crate::column::{Column, Head, Kind, Listed};
use crate::field::{Field, Input};
use crate::{heads, packed};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Customer {
    pub id: String,
    /// The customer's own number.
    pub external_id: String,
    pub name: String,
    pub email: String,
    pub phone: String,
    pub note: String,
    /// How many charge tokens are theirs.
    pub tokens: u64,
    /// The ETag is `"<version>"`.
    pub version: u64,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// A customer as entered: POST takes all of it, PATCH what is there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct CustomerInput {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// The form, in its order.
pub const FIELDS: &[Field] = &[
    Field::new("name", "Name", Input::Line).required(),
    Field::new("externalId", "External ID", Input::Id).hint("The customer's number in your own books"),
    Field::new("email", "E-mail", Input::Email),
    Field::new("phone", "Phone", Input::Phone),
    Field::new("note", "Note", Input::Note),
];

impl Listed for Customer {
    const NAME: &'static str = "customers";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::<Self>::new("name", "Name", Kind::Text, |c| c.name.as_str().into()).searched(),
        Column::<Self>::new("externalId", "External ID", Kind::Id, |c| {
            c.external_id.as_str().into()
        })
        .searched(),
        Column::<Self>::new("email", "E-mail", Kind::Text, |c| c.email.as_str().into()).searched(),
        Column::<Self>::new("phone", "Phone", Kind::Text, |c| c.phone.as_str().into()),
        Column::<Self>::new("tokens", "Charge tokens", Kind::Number, |c| c.tokens.into()),
        Column::<Self>::new("updatedAt", "Updated", Kind::Time, |c| {
            c.updated_at.as_str().into()
        }),
    ];

    const HEADS: &'static [Head] = heads!(Customer);
    const PACKED: &'static str = packed!(Customer);
    const ACTIONS: &'static [Action<Self>] = &[
        Action::new("edit", &["Manage:Customer"]),
        Action::new("delete", &["Manage:Customer"]),
    ];

    fn id(&self) -> &str {
        &self.id
    }
}
