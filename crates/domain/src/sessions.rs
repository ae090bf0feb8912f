//! Sessions: who is signed in, where.

use serde::{Deserialize, Serialize};

use crate::Timestamp;
use crate::field::{Field, Input};
use crate::organizations::Organization;

/// Who asks, and what they may do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Session {
    /// The account's id.
    pub id: String,
    pub name: String,
    pub email: String,
    /// The role's name.
    pub role: String,
    /// Keys of [`crate::access::PERMISSIONS`].
    pub permissions: Vec<String>,
    /// The organizations that the account is limited to; none: it reaches all.
    #[serde(default)]
    pub organizations: Vec<Organization>,
    pub has_password: bool,
    /// Who can give permissions: the names of at most three administrators.
    #[serde(default)]
    pub givers: Vec<String>,
}

/// Signing in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SignIn {
    pub email: String,
    pub password: String,
}

/// The form of signing in again.
pub const SIGN_IN_FIELDS: &[Field] = &[Field::new("password", "Password", Input::Password).required()];

/// The form of a change of one's own password.
pub const PASSWORD_FIELDS: &[Field] = &[
    Field::new("current", "Current password", Input::Password).required(),
    Field::new("new", "New password", Input::NewPassword)
        .required()
        .hint("At least 10 characters. A few words that do not belong together are best."),
];

/// A change of one's own password.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChangePassword {
    pub current: String,
    pub new: String,
}

/// One of one's own sessions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SignedIn {
    pub id: String,
    /// The browser and what it runs on, as far as it says: "Chrome on Windows".
    pub browser: String,
    /// The browser, in its own words.
    pub agent: String,
    /// The address it was begun from.
    pub address: String,
    pub began_at: Timestamp,
    pub seen_at: Timestamp,
    /// It is the one that asks.
    pub current: bool,
}
