//! Accounts: who works with the portal, and the roles and API keys that say what they may do.

use serde::{Deserialize, Serialize};

use crate::Timestamp;
use crate::access::Action;
use crate::column::{Column, Head, Kind, Listed};
use crate::field::{Field, Input};
use crate::{heads, packed};

/// Who gives permissions.
const ADMINISTRATORS: &[&str] = &["Manage:Account"];

/// The states of an account.
pub const STATUSES: &[&str] = &["Enabled", "Disabled"];

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Account {
    pub id: String,
    pub name: String,
    pub email: String,
    /// The id of its role.
    pub role_id: String,
    /// The role's name.
    pub role: String,
    /// One of [`STATUSES`].
    pub status: String,
    /// The ids of the organizations that it is limited to; none: it reaches all.
    #[serde(default)]
    pub organizations: Vec<String>,
    /// What its role holds.
    #[serde(skip)]
    pub permissions: Vec<String>,
    /// Whether a password is set; without one, it is signed in to by OpenID Connect or a set-up link.
    pub has_password: bool,
    /// When it was last signed in to.
    pub signed_in_at: Option<Timestamp>,
    /// The ETag is `"<version>"`.
    pub version: u64,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    /// Why whoever asks cannot give it another role or status, or delete it, in words.
    pub fixed: Option<String>,
}

/// An account as entered: POST takes all of it, PATCH what is there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct AccountInput {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// Ids of `/organizations`; empty: it reaches all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organizations: Option<Vec<String>>,
}

/// The form of an account, in its order; its role is chosen beside it.
pub const ACCOUNT_FIELDS: &[Field] = &[
    Field::new("name", "Name", Input::Line).required(),
    Field::new("email", "E-mail", Input::Email)
        .required()
        .hint("It is signed in with, and stands on nobody else's account."),
    Field::new("organizations", "Limited to", Input::Organizations)
        .hint("With none of them, the account reaches every organization."),
];

impl Listed for Account {
    const NAME: &'static str = "accounts";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::<Self>::new("name", "Name", Kind::Text, |a| a.name.as_str().into()).searched(),
        Column::<Self>::new("email", "E-mail", Kind::Text, |a| a.email.as_str().into()).searched(),
        Column::<Self>::new("role", "Role", Kind::Text, |a| a.role.as_str().into()),
        Column::<Self>::new("status", "Status", Kind::Choice(STATUSES), |a| {
            a.status.as_str().into()
        }),
        Column::<Self>::new("organizations", "Limited to", Kind::Text, |a| {
            a.organizations.join(", ").as_str().into()
        }),
        Column::<Self>::new("signedInAt", "Last sign-in", Kind::Time, |a| {
            (&a.signed_in_at).into()
        }),
        Column::<Self>::new("updatedAt", "Updated", Kind::Time, |a| {
            a.updated_at.as_str().into()
        }),
    ];

    const HEADS: &'static [Head] = heads!(Account);
    const PACKED: &'static str = packed!(Account);
    const ACTIONS: &'static [Action<Self>] = &[
        Action::new("edit", ADMINISTRATORS),
        Action::new("setUp", ADMINISTRATORS),
        Action::new("signOut", ADMINISTRATORS),
        Action::new("enable", ADMINISTRATORS).when(|a| a.status != STATUSES[0]),
        Action::new("disable", ADMINISTRATORS).when(|a| a.status == STATUSES[0] && a.fixed.is_none()),
        Action::new("delete", ADMINISTRATORS).when(|a| a.fixed.is_none()),
    ];

    // Whoever may change an account can become it: a link sets its password.
    fn is_within(&self, may: &dyn Fn(&str) -> bool) -> bool {
        self.permissions.iter().all(|key| may(key))
    }

    fn id(&self) -> &str {
        &self.id
    }
}

/// A link by which somebody sets the password of an account, once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SetUpLink {
    /// `/set-up/<secret>`, behind the portal's own address; it is shown this once.
    pub path: String,
    pub expires_at: Timestamp,
}

/// A role: a set of permissions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Role {
    pub id: String,
    pub name: String,
    /// Keys of [`crate::access::PERMISSIONS`].
    pub permissions: Vec<String>,
    /// It comes with the portal and does not change.
    pub built_in: bool,
    /// How many accounts have it.
    pub accounts: u64,
    pub version: u64,
}

/// A role as entered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct RoleInput {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permissions: Option<Vec<String>>,
}

/// The form of a role.
pub const ROLE_FIELDS: &[Field] = &[
    Field::new("name", "Name", Input::Line).required(),
    Field::new("permissions", "Permissions", Input::Permissions),
];

impl Listed for Role {
    const NAME: &'static str = "roles";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::<Self>::new("name", "Name", Kind::Text, |r| r.name.as_str().into()).searched(),
        Column::<Self>::new("permissions", "Permissions", Kind::Text, |r| {
            r.permissions.join(", ").as_str().into()
        }),
        Column::<Self>::new("builtIn", "Built in", Kind::Bool, |r| r.built_in.into()),
        Column::<Self>::new("accounts", "Accounts", Kind::Number, |r| r.accounts.into()),
    ];

    const HEADS: &'static [Head] = heads!(Role);
    const PACKED: &'static str = packed!(Role);
    const ACTIONS: &'static [Action<Self>] = &[
        Action::new("edit", ADMINISTRATORS).when(|r| !r.built_in),
        Action::new("delete", ADMINISTRATORS).when(|r| !r.built_in && r.accounts == 0),
    ];

    fn is_within(&self, may: &dyn Fn(&str) -> bool) -> bool {
        self.permissions.iter().all(|key| may(key))
    }

    fn id(&self) -> &str {
        &self.id
    }
}

/// A key with which a program acts for an account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ApiKey {
    pub id: String,
    pub name: String,
    /// What it may do, as far as the account may.
    pub permissions: Vec<String>,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    pub last_used_at: Option<Timestamp>,
}

/// A key as asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewApiKey {
    pub name: String,
    pub permissions: Vec<String>,
    /// Days until it expires, from 1 to 366.
    pub days: u32,
}

/// A new key with its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct MadeApiKey {
    pub id: String,
    /// `Authorization: Bearer <secret>`; it is shown this once.
    pub secret: String,
    pub key: ApiKey,
}

/// The form of a key; how long it holds is chosen beside it.
pub const KEY_FIELDS: &[Field] = &[
    Field::new("name", "Name", Input::Line)
        .required()
        .hint("The program that will use it."),
    Field::new("days", "Days until it expires", Input::Number(1, 366))
        .required()
        .hint("From 1 to 366; then programs that use it are refused"),
    Field::new("permissions", "Permissions", Input::OwnPermissions).required(),
];

impl Listed for ApiKey {
    const NAME: &'static str = "keys";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::<Self>::new("name", "Name", Kind::Text, |k| k.name.as_str().into()).searched(),
        Column::<Self>::new("permissions", "Permissions", Kind::Text, |k| {
            k.permissions.join(", ").as_str().into()
        }),
        Column::<Self>::new("createdAt", "Made", Kind::Time, |k| k.created_at.as_str().into()),
        Column::<Self>::new("expiresAt", "Expires", Kind::Time, |k| {
            k.expires_at.as_str().into()
        }),
        Column::<Self>::new("lastUsedAt", "Last used", Kind::Time, |k| {
            (&k.last_used_at).into()
        }),
    ];

    const HEADS: &'static [Head] = heads!(ApiKey);
    const PACKED: &'static str = packed!(ApiKey);

    fn id(&self) -> &str {
        &self.id
    }
}
