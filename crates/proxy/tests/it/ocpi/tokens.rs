//! Tokens: authorised one by one, listed, sent by partners; and commands.

use reqwest::Method;
use serde_json::{Value, json};

use super::partner::Peer;
use crate::support::{Answer, TestApp, on_both};

/// A card as a partner sends it.
pub fn token(party: &str, uid: &str, contract: &str) -> Value {
    let (country, party) = party.split_once('-').unwrap();
    json!({ "country_code": country, "party_id": party, "uid": uid, "type": "RFID", "contract_id": contract,
            "issuer": "TNM", "valid": true, "whitelist": "NEVER", "last_updated": "2026-11-20T08:00:00Z" })
}

async fn list(app: &TestApp, location: &str, ids: Value) {
    let path = format!("/locations/{location}/authorization/tokens");
    let request = app
        .request(Method::POST, &path)
        .header("if-match", "*")
        .json(&ids);
    Answer::of(request).await.ok();
}

async fn authorize(peer: &Peer, uid: &str, location: &str) -> Answer {
    let path = format!("/2.2.1/emsp/tokens/{uid}/authorize?type=RFID");
    peer.post(&path, json!({ "location_id": location })).await
}

async fn start(peer: &Peer, token: &Value, location: &str) -> String {
    let body = json!({ "response_url": "https://them.example/1", "token": token, "location_id": location });
    let data = peer.post("/2.2.1/cpo/commands/START_SESSION", body).await.data();
    data["result"].as_str().unwrap().to_owned()
}

on_both! {
    async fn a_charging_system_asks_token_by_token(app) {
        let (location, peer) = (app.location("Oosteinde").await, app.registered("NL-CPO", "CPO").await);
        app.token(json!({ "authId": "NL-GFX-C00000001", "chipId": "04A1B2C3", "visualId": "0001" })).await;
        app.token(json!({ "authId": "NL-GFX-C00000002", "chipId": "04D1D2D3" })).await;
        list(app, &location, json!({ "authIds": ["NL-GFX-C00000001"] })).await;
        let said = authorize(&peer, "04a1b2c3", &location.to_uppercase()).await.data();
        assert_eq!(said["allowed"], "ALLOWED");
        let told = &said["token"];
        assert_eq!((&told["uid"], &told["contract_id"], &told["whitelist"], &told["party_id"]),
            (&json!("04A1B2C3"), &json!("NL-GFX-C00000001"), &json!("NEVER"), &json!("EVP")));
        let said = authorize(&peer, "04D1D2D3", &location).await.data();
        assert_eq!((&said["allowed"], said.get("location")), (&json!("NOT_ALLOWED"), None));
        authorize(&peer, "04FFFFFF", &location).await.refusal(404, 2004);
        authorize(&peer, "04A1B2C3", "loc_none").await.refusal(200, 2003);
        let path = "/2.2.1/emsp/tokens/04A1B2C3/authorize";
        peer.post(path, Value::Null).await.refusal(200, 2002);
        peer.post(&format!("{path}?type=OTHER"), json!({ "location_id": location })).await.refusal(404, 2004);
        peer.post(&format!("{path}?type=APP_USER"), json!({ "location_id": location })).await.refusal(404, 2004);
        peer.post(&format!("{path}?type=KEY"), json!({ "location_id": location })).await.refusal(200, 2001);
        let at = json!({ "location_id": location, "evse_uids": ["1:7-1"] });
        peer.post(path, at).await.refusal(200, 2003);
        crate::decision::refused::refused(app, &location, |rows| rows.len() == 3).await;

        // The list holds those that have a uid, by windows and pages.
        app.token(json!({ "authId": "NL-GFX-C00000003" })).await;
        let first = peer.get("/2.2.1/emsp/tokens?limit=1").await;
        assert_eq!((first.header("x-total-count"), first.header("link").is_empty()), ("2", false));
        assert_eq!(first.data().as_array().unwrap().len(), 1);
        let none = peer.get("/2.2.1/emsp/tokens?date_to=2020-01-01T00:00:00Z").await;
        assert_eq!(none.header("x-total-count"), "0");
        // Whoever runs no stations sees none of it.
        let driver = app.registered("NL-TNM", "EMSP").await;
        assert_eq!(driver.get("/2.2.1/emsp/tokens").await.header("x-total-count"), "0");
        authorize(&driver, "04A1B2C3", &location).await.refusal(404, 2004);
    }

    async fn a_partners_tokens_count_where_they_are_listed(app) {
        let location = app.location("Oosteinde").await;
        list(app, &location, json!({ "authIds": ["NL-TNM-C00000001"] })).await;
        let import = app.stage(&location, "chip-id", &[&["04D1D2D3"]]).await;
        app.change_any(&format!("{import}/finalise"), json!({ "ids": 1 })).await.ok();
        let peer = app.registered("NL-TNM", "EMSP").await;
        let at = |uid: &str| format!("/2.2.1/cpo/tokens/nl/tnm/{uid}");
        peer.get(&at("04A1B2C3")).await.refusal(404, 2004);
        let mine = token("NL-TNM", "04A1B2C3", "NL-TNM-C00000001");
        for (uid, contract) in [("04A1B2C3", "NL-TNM-C00000001"), ("04D1D2D3", "x"), ("04E1E2E3", "DE-8AA-C00000009")] {
            let put = peer.put(&at(uid), token("NL-TNM", uid, contract)).await;
            assert_eq!((put.status, &put.json["status_code"]), (200, &json!(1000)), "{}", put.text);
        }
        assert_eq!(peer.get(&at("04a1b2c3")).await.data(), mine);
        assert_eq!(start(&peer, &mine, &location).await, "NOT_SUPPORTED");
        let cpo = app.registered("NL-CPO", "CPO").await;
        for (uid, word) in [("04A1B2C3", "ALLOWED"), ("04D1D2D3", "ALLOWED"), ("04E1E2E3", "NOT_ALLOWED")] {
            assert_eq!(authorize(&cpo, uid, &location).await.data()["allowed"], word, "{uid}");
            let rest = json!({ "chipId": uid, "locationId": location });
            assert_eq!(app.post("/authorize", rest).await.ok()["allowed"], word == "ALLOWED", "{uid}");
        }
        // A contract of somebody else's is not theirs to claim.
        list(app, &location, json!({ "authIds": ["DE-8AA-C00000009"] })).await;
        assert_eq!(authorize(&cpo, "04E1E2E3", &location).await.data()["allowed"], "NOT_ALLOWED");
        let claimed = token("NL-TNM", "04E1E2E3", "DE-8AA-C00000009");
        assert_eq!(start(&peer, &claimed, &location).await, "REJECTED");

        // What they block is blocked, in part too, and an older word does not take it back.
        let blocked = json!({ "valid": false, "last_updated": "2026-11-20T09:00:00Z" });
        peer.ask(Method::PATCH, &at("04A1B2C3"), blocked).await;
        assert_eq!(authorize(&cpo, "04A1B2C3", &location).await.data()["allowed"], "BLOCKED");
        peer.put(&at("04A1B2C3"), mine.clone()).await.refusal(200, 2001);
        assert_eq!(start(&peer, &mine, &location).await, "REJECTED");
        let told = app.get(&format!("/partners/{}/tokens?sort=uid", peer.id)).await.ok();
        let told: Vec<(&str, bool, bool)> = told["items"].as_array().unwrap().iter()
            .map(|item| (item["uid"].as_str().unwrap(), item["valid"] == true, item["ownContract"] == true)).collect();
        assert_eq!(told, [("04A1B2C3", false, true), ("04D1D2D3", true, false), ("04E1E2E3", true, false)]);
        // With the partner their tokens go.
        app.delete(&format!("/partners/{}", peer.id)).await.ok();
        authorize(&cpo, "04A1B2C3", &location).await.refusal(404, 2004);
    }

    /// The portal's own token of that contract decides, and is another card; and no cache is to keep the answer.
    async fn the_card_that_was_asked_about_is_told(app) {
        let location = app.location("Oosteinde").await;
        app.token(json!({ "authId": "NL-TNM-C00000001", "chipId": "0BBBBBBB" })).await;
        list(app, &location, json!({ "authIds": ["NL-TNM-C00000001"] })).await;
        let peer = app.registered("NL-TNM", "EMSP").await;
        let mut card = token("NL-TNM", "04A1B2C3", "NL-TNM-C00000001");
        card["whitelist"] = json!("ALWAYS");
        peer.put("/2.2.1/cpo/tokens/NL/TNM/04A1B2C3", card).await;
        let cpo = app.registered("NL-CPO", "CPO").await;
        let said = authorize(&cpo, "04A1B2C3", &location).await.data();
        assert_eq!(said["allowed"], "ALLOWED");
        let told = &said["token"];
        assert_eq!((&told["uid"], &told["party_id"], &told["whitelist"]), (&json!("04A1B2C3"), &json!("TNM"), &json!("NEVER")));
    }

    /// A partner is what the operator entered, not what it says of itself or once did.
    async fn nobody_makes_itself_another(app) {
        app.token(json!({ "authId": "NL-GFX-C00000001", "chipId": "04A1B2C3" })).await;
        let peer = app.registered_as("NL-TNM", "EMSP", "NL-TNM", &["EMSP", "CPO"]).await;
        let cards = peer.get("/2.2.1/emsp/tokens").await;
        assert_eq!(cards.data(), json!([]));
        let hub = app.registered_as("NL-HUB", "HUB", "DE-8AA", &["EMSP"]).await;
        let send = async || {
            let sent = token("DE-8AA", "04E1E2E3", "DE-8AA-C00000005");
            hub.put("/2.2.1/cpo/tokens/DE/8AA/04E1E2E3", sent).await.json["status_code"].clone()
        };
        let change = async |role: &str| {
            let path = format!("/partners/{}", hub.id);
            let request = app.request(Method::PATCH, &path).header("if-match", "*");
            Answer::of(request.json(&json!({ "role": role }))).await
        };
        change("EMSP").await.ok();
        assert_ne!(send().await, 1000);
        // Whose tokens it has passed on, it goes on passing on.
        change("HUB").await.ok();
        assert_eq!(send().await, 1000);
        change("EMSP").await.problem(409, "/problems/in-use");
    }

    async fn of_two_words_at_once_the_newer_stays(app) {
        let peer = app.registered("NL-TNM", "EMSP").await;
        for turn in 0..20 {
            let uid = format!("04A1B2{turn:02}");
            let at = format!("/2.2.1/cpo/tokens/NL/TNM/{uid}");
            let older = token("NL-TNM", &uid, "NL-TNM-C00000001");
            let mut newer = older.clone();
            (newer["valid"], newer["last_updated"]) = (json!(false), json!("2026-11-20T09:00:00Z"));
            tokio::join!(peer.put(&at, newer), peer.put(&at, older));
            assert_eq!(peer.get(&at).await.data()["valid"], false, "{turn}");
        }
    }

    async fn what_the_operator_blocks_no_partner_unblocks(app) {
        let location = app.location("Oosteinde").await;
        let peer = app.registered("NL-TNM", "EMSP").await;
        app.token(json!({ "authId": "NL-TNM-C00000001", "chipId": "04A1B2C3", "valid": false })).await;
        app.token(json!({ "authId": "NL-GFX-C00000002", "chipId": "04D1D2D3" })).await;
        list(app, &location, json!({ "authIds": ["NL-TNM-C00000001", "NL-GFX-C00000002"] })).await;
        for (uid, contract) in [
            ("04A1B2C3", "NL-TNM-C00000001"),
            // Another card of the blocked contract; a card of the portal's that is none of theirs.
            ("04E1E2E3", "NL-TNM-C00000001"),
            ("04D1D2D3", "NL-TNM-C00000005"),
        ] {
            let sent = token("NL-TNM", uid, contract);
            peer.put(&format!("/2.2.1/cpo/tokens/NL/TNM/{uid}"), sent.clone()).await;
            assert_eq!(start(&peer, &sent, &location).await, "REJECTED", "{uid}");
            let open = app.location("Open").await;
            assert_eq!(start(&peer, &sent, &open).await, "REJECTED", "{uid}");
            crate::decision::world::execute(app, "DELETE FROM locations WHERE name = 'Open'").await;
        }
    }
}

#[tokio::test]
async fn tokens_that_do_not_fit() {
    let app = TestApp::sqlite().await;
    let peer = app.registered("NL-TNM", "EMSP").await;
    let at = "/2.2.1/cpo/tokens/NL/TNM/04A1B2C3";
    let good = token("NL-TNM", "04A1B2C3", "NL-TNM-C00000001");
    for (name, value) in [
        ("uid", json!("04A1B2C4")),
        ("party_id", json!("TNX")),
        ("type", json!("OTHER")),
        ("type", json!("KEY")),
        ("valid", json!("yes")),
        ("last_updated", json!("2026-11-20T08:00:00+00:00")),
        ("contract_id", json!("x".repeat(37))),
        ("whitelist", Value::Null),
    ] {
        let mut bad = good.clone();
        bad[name] = value;
        peer.put(at, bad).await.refusal(200, 2001);
    }
    let elsewhere = token("DE-8AA", "04A1B2C3", "DE-8AA-C00000001");
    peer.put("/2.2.1/cpo/tokens/DE/8AA/04A1B2C3", elsewhere.clone())
        .await
        .refusal(200, 2001);
    peer.ask(Method::PATCH, at, json!({ "valid": false }))
        .await
        .refusal(200, 2001);
    let late = json!({ "valid": false, "last_updated": "2026-11-20T08:00:00Z" });
    peer.ask(Method::PATCH, at, late).await.refusal(404, 2004);
    // Whoever passes on sends those of many.
    let hub = app.registered("NL-HUB", "HUB").await;
    hub.put("/2.2.1/cpo/tokens/DE/8AA/04A1B2C3", elsewhere).await;
    hub.get("/2.2.1/cpo/tokens/DE/8AA/04A1B2C3").await.data();
}

#[tokio::test]
async fn commands_refuse_first() {
    let app = TestApp::sqlite().await;
    let location = app.location("Oosteinde").await;
    let peer = app.registered("NL-TNM", "EMSP").await;
    let mine = token("NL-TNM", "04A1B2C3", "NL-TNM-C00000001");
    assert_eq!(start(&peer, &mine, &location).await, "NOT_SUPPORTED");
    list(&app, &location, json!({ "authIds": ["NL-TNM-C00000002"] })).await;
    // A private location that does not admit it and one that is not there: the same.
    assert_eq!(start(&peer, &mine, &location).await, "REJECTED");
    assert_eq!(start(&peer, &mine, "loc_none").await, "REJECTED");
    let rows = crate::decision::refused::refused(&app, &location, |rows| rows.len() == 1).await;
    assert_eq!(
        (
            &rows[0]["id"],
            &rows[0]["kind"],
            &rows[0]["reason"],
            &rows[0]["count"]
        ),
        (
            &json!("04A1B2C3"),
            &json!("chip-id"),
            &json!("Not listed"),
            &json!(1)
        )
    );
    list(&app, &location, json!({ "authIds": ["NL-TNM-C00000001"] })).await;
    assert_eq!(start(&peer, &mine, &location).await, "NOT_SUPPORTED");
    assert_eq!(
        start(
            &peer,
            &token("NL-TNM", "uid of an app", "NL-TNM-C00000001"),
            &location
        )
        .await,
        "NOT_SUPPORTED"
    );
    let stop = peer
        .post("/2.2.1/cpo/commands/STOP_SESSION", json!({ "session_id": "1" }))
        .await;
    assert_eq!(stop.data()["result"], "NOT_SUPPORTED");
    peer.post("/2.2.1/cpo/commands/EXPLODE", json!({}))
        .await
        .refusal(404, 2000);
    let foreign = json!({ "response_url": "https://them.example/1", "location_id": location,
        "token": token("DE-8AA", "04A1B2C3", "DE-8AA-C1") });
    peer.post("/2.2.1/cpo/commands/START_SESSION", foreign)
        .await
        .refusal(200, 2001);
    peer.post("/2.2.1/cpo/commands/START_SESSION", json!({ "location_id": 7 }))
        .await
        .refusal(200, 2001);
}
