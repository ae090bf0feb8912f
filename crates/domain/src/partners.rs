//! Roaming partners, who speak OCPI with the portal, and the tokens that they send.

use serde::{Deserialize, Serialize};

use crate::Timestamp;
use crate::access::Action;
use crate::column::{Cell, Column, Head, Kind, Listed};
use crate::field::{Field, Input};
use crate::{heads, packed};

/// The parts that a partner can play, in OCPI's words: whoever runs stations, whoever has drivers, whoever passes
/// on between them.
pub const ROLES: &[&str] = &["CPO", "EMSP", "HUB", "NSP", "OTHER"];

/// How things stand with a partner: a token was made for them, they registered with it, it is over.
pub const STATUSES: &[&str] = &["Invited", "Registered", "Ended"];

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Partner {
    pub id: String,
    pub name: String,
    /// Two letters.
    pub country_code: String,
    /// Three letters or digits.
    pub party_id: String,
    /// One of [`ROLES`].
    pub role: String,
    /// One of [`STATUSES`].
    pub status: String,
    /// They send their token as it is, and not in base64 as the standard wants.
    pub unencoded_token: bool,
    /// Where their versions are; empty before they registered.
    pub versions_url: String,
    /// How many tokens they sent.
    pub tokens: u64,
    /// When they last asked anything.
    pub last_contact_at: Option<Timestamp>,
    /// The ETag is `"<version>"`.
    pub version: u64,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// A partner as entered: POST takes all of it, PATCH what is there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct PartnerInput {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub party_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unencoded_token: Option<bool>,
}

/// A partner's token, shown this once: they register with it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct MadePartner {
    /// The partner's id.
    pub id: String,
    pub token: String,
    /// The path of the portal's versions, behind its own address.
    pub path: String,
    pub partner: Partner,
}

/// POST `/partners/{id}/register`: what a partner gave for registering with them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RegisterPartner {
    /// Where their versions are.
    pub versions_url: String,
    pub token: String,
}

/// The form, in its order.
pub const FIELDS: &[Field] = &[
    Field::new("name", "Name", Input::Line).required(),
    Field::new("countryCode", "Country", Input::Id)
        .required()
        .hint("Two letters, for example NL"),
    Field::new("partyId", "Party", Input::Id)
        .required()
        .hint("Three letters or digits, for example TNM"),
    Field::new("role", "Role", Input::Choice(ROLES)).required(),
    Field::new("unencodedToken", "Un-encoded token", Input::Flag)
        .hint("On: they send their token as it is. The standard wants base64."),
];

/// The form by which the portal registers with a partner.
pub const REGISTER_FIELDS: &[Field] = &[
    Field::new("versionsUrl", "Address of their versions", Input::Line)
        .required()
        .hint("For example https://ocpi.example.com/versions"),
    Field::new("token", "Token that they gave", Input::Id).required(),
];

const MANAGERS: &[&str] = &["Manage:Partner"];

impl Listed for Partner {
    const NAME: &'static str = "partners";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::<Self>::new("name", "Name", Kind::Text, |p| p.name.as_str().into()).searched(),
        Column::<Self>::new("countryCode", "Country", Kind::Id, |p| {
            p.country_code.as_str().into()
        }),
        Column::<Self>::new("partyId", "Party", Kind::Id, |p| p.party_id.as_str().into()).searched(),
        Column::<Self>::new("role", "Role", Kind::Choice(ROLES), |p| p.role.as_str().into()),
        Column::<Self>::new("status", "Status", Kind::Choice(STATUSES), |p| {
            p.status.as_str().into()
        }),
        Column::<Self>::new("tokens", "Tokens", Kind::Number, |p| p.tokens.into()),
        Column::<Self>::new("lastContactAt", "Last contact", Kind::Time, |p| {
            (&p.last_contact_at).into()
        }),
        Column::<Self>::new("versionsUrl", "Versions", Kind::Id, |p| {
            p.versions_url.as_str().into()
        })
        .hidden(),
        Column::<Self>::new("unencodedToken", "Un-encoded token", Kind::Bool, |p| {
            p.unencoded_token.into()
        })
        .hidden(),
        Column::<Self>::new("updatedAt", "Updated", Kind::Time, |p| {
            p.updated_at.as_str().into()
        }),
    ];

    const HEADS: &'static [Head] = heads!(Partner);
    const PACKED: &'static str = packed!(Partner);
    const ACTIONS: &'static [Action<Self>] = &[
        Action::new("edit", MANAGERS),
        Action::new("token", MANAGERS),
        Action::new("register", MANAGERS),
        Action::new("revoke", MANAGERS).when(|p| p.status != STATUSES[2]),
        Action::new("delete", MANAGERS),
    ];

    fn id(&self) -> &str {
        &self.id
    }
}

/// A token that a partner sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PartnerToken {
    pub id: String,
    pub uid: String,
    /// In OCPI's words: `AD_HOC_USER`, `APP_USER`, `OTHER`, `RFID`.
    #[serde(rename = "type")]
    pub token_type: String,
    pub contract_id: String,
    pub visual_number: Option<String>,
    pub issuer: String,
    pub valid: bool,
    /// The contract id is of the partner's own party, so that a list which holds it means this token.
    pub own_contract: bool,
    /// When the partner says that it last changed.
    pub last_updated: Timestamp,
    /// When the portal was told.
    pub updated_at: Timestamp,
}

impl Listed for PartnerToken {
    const NAME: &'static str = "partner_tokens";
    const COLUMNS: &'static [Column<Self>] = &[
        Column::<Self>::new("uid", "UID", Kind::Id, |t| t.uid.as_str().into()).searched(),
        Column::<Self>::new("type", "Type", Kind::Text, |t| t.token_type.as_str().into()),
        Column::<Self>::new("contractId", "Contract ID", Kind::Id, |t| {
            t.contract_id.as_str().into()
        })
        .searched(),
        Column::<Self>::new("visualNumber", "Visual number", Kind::Text, |t| {
            t.visual_number.as_deref().map_or(Cell::Empty, Cell::from)
        }),
        Column::<Self>::new("issuer", "Issuer", Kind::Text, |t| t.issuer.as_str().into()),
        Column::<Self>::new("valid", "Valid", Kind::Bool, |t| t.valid.into()),
        Column::<Self>::new("ownContract", "Own contract", Kind::Bool, |t| {
            t.own_contract.into()
        })
        .hidden(),
        Column::<Self>::new("lastUpdated", "Last updated", Kind::Time, |t| {
            t.last_updated.as_str().into()
        }),
        Column::<Self>::new("updatedAt", "Received", Kind::Time, |t| {
            t.updated_at.as_str().into()
        }),
    ];

    const HEADS: &'static [Head] = heads!(PartnerToken);
    const PACKED: &'static str = packed!(PartnerToken);

    fn id(&self) -> &str {
        &self.id
    }
}
