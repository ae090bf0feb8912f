//! Tokens, and whether they may charge.

use serde::{Deserialize, Serialize};

use crate::locations::DisplayText;
use crate::text::{wrong, wrong_ci};
use crate::time;

/// The kinds of tokens.
pub const TYPES: &[&str] = &["AD_HOC_USER", "APP_USER", "OTHER", "RFID"];
/// The kind where nothing is said.
pub const RFID: &str = "RFID";

const WHITELISTS: &[&str] = &["ALWAYS", "ALLOWED", "ALLOWED_OFFLINE", "NEVER"];
/// Whoever wants to know must ask: a cache does not know of lists.
pub const NEVER: &str = "NEVER";

/// A token. What else its owner tells of it is left alone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    pub country_code: String,
    pub party_id: String,
    pub uid: String,
    #[serde(rename = "type")]
    pub token_type: String,
    pub contract_id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visual_number: Option<String>,
    pub issuer: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group_id: Option<String>,
    pub valid: bool,
    pub whitelist: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    pub last_updated: String,
}

impl Token {
    /// What is wrong with it; none where nothing is.
    pub fn wrong(&self) -> Option<String> {
        let ci = [
            ("country_code", &self.country_code, 2),
            ("party_id", &self.party_id, 3),
            ("uid", &self.uid, 36),
            ("contract_id", &self.contract_id, 36),
        ];
        let mut found = ci
            .into_iter()
            .find_map(|(name, text, most)| wrong_ci(text, most).map(|wrong| format!("`{name}` {wrong}")));
        let plain = [
            ("issuer", Some(&self.issuer), 64),
            ("visual_number", self.visual_number.as_ref(), 64),
            ("group_id", self.group_id.as_ref(), 36),
            ("language", self.language.as_ref(), 2),
        ];
        for (name, text, most) in plain {
            let wrong = text.and_then(|text| wrong(text, most));
            found = found.or(wrong.map(|wrong| format!("`{name}` {wrong}")));
        }
        if !TYPES.contains(&self.token_type.as_str()) {
            found.get_or_insert_with(|| format!("`type` is none of {}", TYPES.join(", ")));
        }
        if !WHITELISTS.contains(&self.whitelist.as_str()) {
            found.get_or_insert_with(|| format!("`whitelist` is none of {}", WHITELISTS.join(", ")));
        }
        if time::read(&self.last_updated).is_none() {
            found.get_or_insert_with(|| "`last_updated` is no moment in UTC".into());
        }
        found
    }
}

/// Where somebody wants to charge.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocationReferences {
    pub location_id: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evse_uids: Vec<String>,
}

/// Whether a token may charge there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthorizationInfo {
    /// `ALLOWED`, `BLOCKED`, `EXPIRED`, `NO_CREDIT` or `NOT_ALLOWED`.
    pub allowed: String,
    pub token: Token,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<LocationReferences>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub info: Option<DisplayText>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_a_token() {
        let good = Token {
            country_code: "NL".into(),
            party_id: "TNM".into(),
            uid: "04A1B2C3".into(),
            token_type: RFID.into(),
            contract_id: "NL-TNM-C12345678".into(),
            issuer: "TNM".into(),
            valid: true,
            whitelist: NEVER.into(),
            last_updated: "2026-11-20T08:00:00Z".into(),
            ..Token::default()
        };
        assert_eq!(good.wrong(), None);
        type Change = fn(&mut Token);
        let changes: [(&str, Change); 6] = [
            ("`uid`", |token| token.uid = "x".repeat(37)),
            ("`party_id`", |token| token.party_id.clear()),
            ("`type`", |token| token.token_type = "rfid".into()),
            ("`whitelist`", |token| token.whitelist = "SOMETIMES".into()),
            ("`last_updated`", |token| {
                token.last_updated = "2026-11-20T08:00:00+00:00".into()
            }),
            ("`issuer`", |token| token.issuer = "x".repeat(65)),
        ];
        for (name, change) in changes {
            let mut bad = good.clone();
            change(&mut bad);
            assert!(bad.wrong().is_some_and(|wrong| wrong.starts_with(name)), "{name}");
        }
    }
}
