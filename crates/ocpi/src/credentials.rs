//! Versions, and who speaks.

use serde::{Deserialize, Serialize};

use crate::authorization::is_token;
use crate::text::{same, wrong, wrong_ci};

/// A version that somebody speaks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    pub version: String,
    pub url: String,
}

/// What somebody offers of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionDetails {
    pub version: String,
    pub endpoints: Vec<Endpoint>,
}

/// A module's address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Endpoint {
    pub identifier: String,
    /// `SENDER` or `RECEIVER`.
    pub role: String,
    pub url: String,
}

/// The parts that somebody can play.
pub const ROLES: &[&str] = &["CPO", "EMSP", "HUB", "NAP", "NSP", "OTHER", "SCSP"];

/// Who speaks, and by which token the other side is to ask.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credentials {
    pub token: String,
    /// The address of the versions.
    pub url: String,
    pub roles: Vec<Role>,
}

/// A party in one of its parts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Role {
    pub role: String,
    pub business_details: BusinessDetails,
    pub party_id: String,
    pub country_code: String,
}

/// A company.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BusinessDetails {
    pub name: String,
}

impl Role {
    /// Whether it is of that party.
    pub fn is(&self, country_code: &str, party_id: &str) -> bool {
        same(&self.country_code, country_code) && same(&self.party_id, party_id)
    }
}

impl Credentials {
    /// What is wrong with them; none where nothing is.
    pub fn wrong(&self) -> Option<String> {
        if !is_token(&self.token) {
            return Some("`token` is not 1 to 64 printable characters".into());
        }
        if self.roles.is_empty() {
            return Some("`roles` is empty".into());
        }
        for role in &self.roles {
            if !ROLES.contains(&role.role.as_str()) {
                return Some(format!("`{}` is no role", crate::text::cut(&role.role, 20)));
            }
            let is_party = role.party_id.len() == 3 && role.country_code.len() == 2;
            let is_plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric());
            if !is_party || !is_plain(&role.party_id) || !is_plain(&role.country_code) {
                return Some("a party is a country of 2 and an id of 3 letters or digits".into());
            }
            if let Some(wrong) = wrong(&role.business_details.name, 100) {
                return Some(format!("`business_details.name` {wrong}"));
            }
        }
        wrong_ci(&self.url, 255).map(|wrong| format!("`url` {wrong}"))
    }
}
