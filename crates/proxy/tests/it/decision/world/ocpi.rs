//! The portal, asked by partners.

use domain::identifiers::{IdKind, auth_key};
use domain::tokens::TokenType;
use serde_json::{Value, json};

use super::Ask;
use crate::ocpi::partner::Peer;
use crate::support::TestApp;

/// One who runs stations and asks by card, and one who passes on drivers and names contracts.
pub struct Partners {
    stations: Peer,
    drivers: Peer,
}

impl Partners {
    pub async fn of(app: &TestApp) -> Self {
        Self {
            stations: app.registered("NL-CPO", "CPO").await,
            drivers: app.registered("NL-HUB", "HUB").await,
        }
    }

    /// What they are told, in OCPI's words.
    pub async fn answer(&self, ask: &Ask, location: &str) -> String {
        match ask.kind {
            IdKind::ChipId => self.card(ask.id, ask.token_type, location, ask.evse).await,
            IdKind::AuthId => self.contract(ask.id, location, ask.evse).await,
        }
    }

    /// Whether a card may charge.
    pub async fn card(&self, id: &str, meant: Option<TokenType>, location: &str, evse: &str) -> String {
        let uid: String = id.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let meant = match meant {
            Some(TokenType::Other) => "OTHER",
            Some(TokenType::Rfid) | None => "RFID",
        };
        let mut body = json!({ "location_id": location });
        if !evse.is_empty() {
            body["evse_uids"] = json!([evse]);
        }
        let path = format!("/2.2.1/emsp/tokens/{uid}/authorize?type={meant}");
        let told = self.stations.post(&path, body).await;
        match told.json["status_code"].as_u64() {
            Some(1000) => told.json["data"]["allowed"].as_str().unwrap().to_owned(),
            Some(code) => code.to_string(),
            None => panic!("{}", told.text),
        }
    }

    /// Whether the holder of a contract may begin. Its token is of whatever party the contract begins with.
    pub async fn contract(&self, id: &str, location: &str, evse: &str) -> String {
        let key = auth_key(id);
        let (country, rest) = key.split_at(2);
        let token = json!({ "country_code": country, "party_id": &rest[..3], "uid": "app 1", "type": "APP_USER",
            "contract_id": id, "issuer": "Them", "valid": true, "whitelist": "NEVER",
            "last_updated": "2026-11-20T08:00:00Z" });
        let mut body =
            json!({ "response_url": "https://them.example/1", "token": token, "location_id": location });
        if !evse.is_empty() {
            body["evse_uid"] = json!(evse);
        }
        let told = self.drivers.post("/2.2.1/cpo/commands/START_SESSION", body).await;
        assert_eq!(told.json["status_code"], Value::from(1000), "{}", told.text);
        told.json["data"]["result"].as_str().unwrap().to_owned()
    }

    /// What they are to be told where the others say that.
    pub fn expected(ask: &Ask, says: &str, is_known: bool) -> &'static str {
        let reason = says.split(':').next().unwrap_or_default();
        match (ask.kind, reason) {
            (IdKind::AuthId, "open" | "listed") => "NOT_SUPPORTED",
            (IdKind::AuthId, _) => "REJECTED",
            // Of a token that nobody knows there is nothing to tell, wherever it is asked of.
            (IdKind::ChipId, "open" | "unknownToken") if !is_known => "2004",
            (IdKind::ChipId, "open" | "listed") => "ALLOWED",
            (IdKind::ChipId, "blocked") => "BLOCKED",
            (IdKind::ChipId, "expired") => "EXPIRED",
            (IdKind::ChipId, "notListed") => "NOT_ALLOWED",
            (IdKind::ChipId, "unknownLocation") => "2003",
            (IdKind::ChipId, _) => "2004",
        }
    }
}
