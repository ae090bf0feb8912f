//! Charge tokens: what a driver holds to the reader.

use serde::{Deserialize, Serialize};

use crate::Timestamp;
use crate::access::Action;
use crate::column::{Column, Head, Kind, Listed};
use crate::field::{Field, Input};
use crate::{heads, packed};

/// What a token is made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum TokenType {
    #[default]
    #[serde(rename = "RFID")]
    Rfid,
    Other,
}

impl TokenType {
    pub const WORDS: &'static [&'static str] = &["RFID", "Other"];

    pub fn word(self) -> &'static str {
        match self {
            Self::Rfid => "RFID",
            Self::Other => "Other",
        }
    }
}

/// A customer's name where another record mentions them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CustomerRef {
    pub id: String,
    pub external_id: String,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Token {
    pub id: String,
    /// The contract id, as it was typed.
    pub auth_id: String,
    /// The RFID UID in hex, as it was typed.
    pub chip_id: Option<String>,
    /// The number printed on the card.
    pub visual_id: Option<String>,
    #[serde(rename = "type")]
    pub token_type: TokenType,
    pub customer: Option<CustomerRef>,
    pub issuer: String,
    /// False: blocked.
    pub valid: bool,
    /// From this moment on the token is refused.
    pub expires: Option<Timestamp>,
    pub note: String,
    /// The ETag is `"<version>"`.
    pub version: u64,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

impl Token {
    /// Whether the token may charge anywhere at `now`; both times are RFC 3339 UTC to the second.
    pub fn state(&self, now: &str) -> TokenState {
        TokenState::of(self.valid, self.expires.as_deref(), now)
    }
}

/// Whether a token may charge at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum TokenState {
    Valid,
    Blocked,
    Expired,
}

impl TokenState {
    /// The state at `now`; both times are RFC 3339 UTC to the second, so that text order is time order.
    pub fn of(valid: bool, expires: Option<&str>, now: &str) -> Self {
        match expires {
            _ if !valid => Self::Blocked,
            Some(end) if end <= now => Self::Expired,
            _ => Self::Valid,
        }
    }

    pub fn word(self) -> &'static str {
        match self {
            Self::Valid => "Valid",
            Self::Blocked => "Blocked",
            Self::Expired => "Expired",
        }
    }
}

/// A token as entered: POST takes all of it, PATCH what is there. An empty text clears a field.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct TokenInput {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auth_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chip_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub visual_id: Option<String>,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub token_type: Option<TokenType>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// The form, in its order, without the customer, whose `customerId` is one of `/customers`.
pub const FIELDS: &[Field] = &[
    Field::new("authId", "Auth ID", Input::Id)
        .required()
        .hint("The contract ID, for example DE-8AA-C12345678-4"),
    Field::new("chipId", "Chip ID", Input::Id).hint("The UID that the reader sees, in hex"),
    Field::new("visualId", "Visual ID", Input::Id).hint("The number printed on the card"),
    Field::new("type", "Type", Input::Choice(TokenType::WORDS)).required(),
    Field::new("issuer", "Issuer", Input::Line),
    Field::new("valid", "Valid", Input::Flag).hint("Off: the token is blocked and refused everywhere."),
    Field::new("expires", "Expires", Input::Moment).hint("In your own time. Empty: never."),
    Field::new("note", "Note", Input::Note),
];

impl Listed for Token {
    const NAME: &'static str = "tokens";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::<Self>::new("authId", "Auth ID", Kind::AuthId, |t| t.auth_id.as_str().into()).searched(),
        Column::<Self>::new("chipId", "Chip ID", Kind::ChipId, |t| (&t.chip_id).into()).searched(),
        Column::<Self>::new("visualId", "Visual ID", Kind::Id, |t| (&t.visual_id).into()).searched(),
        Column::<Self>::new("type", "Type", Kind::Choice(TokenType::WORDS), |t| {
            t.token_type.word().into()
        }),
        Column::<Self>::new("customer", "Customer", Kind::Text, |t| {
            t.customer
                .as_ref()
                .map_or(crate::column::Cell::Empty, |c| c.name.as_str().into())
        })
        .searched(),
        Column::<Self>::new("issuer", "Issuer", Kind::Text, |t| t.issuer.as_str().into()),
        Column::<Self>::new("valid", "Valid", Kind::Bool, |t| t.valid.into()),
        Column::<Self>::new("expires", "Expires", Kind::Time, |t| (&t.expires).into()),
        Column::<Self>::new("note", "Note", Kind::Text, |t| t.note.as_str().into()).hidden(),
        Column::<Self>::new("updatedAt", "Updated", Kind::Time, |t| {
            t.updated_at.as_str().into()
        }),
    ];

    const HEADS: &'static [Head] = heads!(Token);
    const PACKED: &'static str = packed!(Token);
    const ACTIONS: &'static [Action<Self>] = &[
        Action::new("edit", &["Manage:Token"]),
        Action::new("delete", &["Manage:Token"]),
        Action::new("block", &["Manage:Token"]).when(|t| t.valid),
        Action::new("unblock", &["Manage:Token"]).when(|t| !t.valid),
    ];

    fn id(&self) -> &str {
        &self.id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blocked_token_is_blocked_even_when_expired() {
        let now = "2026-11-20T08:00:00Z";
        assert_eq!(TokenState::of(true, None, now), TokenState::Valid);
        assert_eq!(
            TokenState::of(true, Some("2026-11-20T08:00:01Z"), now),
            TokenState::Valid
        );
        assert_eq!(TokenState::of(true, Some(now), now), TokenState::Expired);
        assert_eq!(TokenState::of(false, Some(now), now), TokenState::Blocked);
    }
}
