//! What an operator asks before a driver does, and what is one click from there.

use serde_json::{Value, json};

use super::refused::refused;
use super::world::execute;
use crate::support::{TestApp, on_both};

async fn test(app: &TestApp, location: &str, id: &str) -> Vec<Value> {
    let body = json!({ "locationId": location, "id": id });
    let answer = app.post("/authorize/test", body).await.ok();
    answer["items"].as_array().unwrap().clone()
}

/// Of every answer: allowed, the reason, and the remedies' kinds and ids.
fn told(items: &[Value]) -> Value {
    let one = |item: &Value| {
        let remedies = item["remedies"].as_array().unwrap().iter();
        let remedies: Vec<Value> = remedies
            .map(|remedy| json!([remedy["kind"], remedy["id"]]))
            .collect();
        json!([item["allowed"], item["reason"], remedies])
    };
    items.iter().map(one).collect()
}

on_both! {
    async fn whatever_is_on_a_card_is_understood(app) {
        let id = app.location("Oosteinde").await;
        let acme = app.customer("Acme").await;
        let own = app.token(json!({ "authId": "NL-GFX-C00000001-4", "chipId": "04A1B2C3D4E5F6", "visualId": "No 17", "customerId": acme })).await;
        let same = app.token(json!({ "authId": "CARD-2", "visualId": "no 17", "valid": false })).await;
        app.list(&id, &["CARD-1"]).await;
        let remedies = json!([["addToken", own], ["addCustomer", acme]]);
        for shown in ["nl gfx c00000001", "NL-GFX-C00000001-4", "04:a1:b2:c3:d4:e5:f6", " 04A1B2C3D4E5F6 "] {
            assert_eq!(told(&test(app, &id, shown).await), json!([[false, "notListed", remedies]]), "{shown}");
        }
        // A number that is printed on two cards means both.
        let mut both = test(app, &id, "NO 17").await;
        both.sort_by_key(|item| item["reason"].to_string());
        assert_eq!(told(&both), json!([[false, "blocked", [["unblock", same]]], [false, "notListed", remedies]]));
        assert_eq!(told(&test(app, &id, "card-1").await), json!([[true, "listed", []]]));
        assert_eq!(told(&test(app, &id, "CARD-9").await), json!([[false, "unknownToken", [["addAuthId", "CARD-9"]]]]));
        assert_eq!(told(&test(app, &id, "04A1B2C3").await), json!([[false, "unknownToken", [["addChipId", "04A1B2C3"]]]]));
        let open = app.location("Haven").await;
        assert_eq!(told(&test(app, &open, "04A1B2C3").await), json!([[true, "open", []]]));
        assert_eq!(told(&test(app, "loc_nowhere", "CARD-9").await), json!([[false, "unknownLocation", []]]));
        // Nobody was refused: it was only asked.
        app.post("/authorize", json!({ "locationId": id, "authId": "CARD-9" })).await.ok();
        let rows = refused(app, &id, |items| !items.is_empty()).await;
        assert_eq!((rows.len(), &rows[0]["id"], &rows[0]["count"]), (1, &json!("CARD-9"), &json!(1)));
    }

    async fn what_is_none_is_told_why(app) {
        let id = app.location("Oosteinde").await;
        for (field, body) in [
            ("id", json!({ "locationId": id })),
            ("id", json!({ "locationId": id, "id": " " })),
            ("id", json!({ "locationId": id, "id": "#REF!" })),
            ("locationId", json!({ "id": "CARD-1" })),
        ] {
            let problem = app.post("/authorize/test", body.clone()).await.problem(422, "/problems/invalid");
            assert_eq!(problem["errors"][0]["field"], field, "{body}");
        }
    }

    /// A card that nobody knows is listed by its Chip ID; one that is known by its own Auth ID.
    async fn a_card_is_listed_by_its_chip(app) {
        let id = app.location("Oosteinde").await;
        app.token(json!({ "authId": "CARD-2", "chipId": "04A1B2C3D4E5F6" })).await;
        let tokens = format!("/locations/{id}/authorization/tokens");
        let problem = app.change_any(&tokens, json!({ "chipIds": ["04A1B2C3", "04A1B"], "authIds": ["#REF!"] })).await.problem(422, "/problems/invalid");
        assert_eq!(problem["errors"].as_array().unwrap().iter().map(|error| error["field"].clone()).collect::<Vec<_>>(), ["authIds[0]", "chipIds[1]"]);
        assert!(app.listed(&id).await.is_empty());
        let done = app.change_any(&tokens, json!({ "chipIds": ["04:a1:b2:c3", "04A1B2C3", "04A1B2C3D4E5F6"] })).await.ok();
        assert_eq!((&done["added"], &done["alreadyListed"]), (&json!(2), &json!(0)));
        assert_eq!(told(&test(app, &id, "04A1B2C3").await), json!([[true, "listed", []]]));
        assert_eq!(told(&test(app, &id, "CARD-2").await), json!([[true, "listed", []]]));
        let page = app.get(&format!("{tokens}?sort=id")).await.ok();
        let items = page["items"].as_array().unwrap();
        let kinds: Vec<_> = items.iter().map(|item| (item["kind"].clone(), item["id"].clone())).collect();
        assert_eq!(kinds, [(json!("auth-id"), json!("CARD-2")), (json!("chip-id"), json!("04:a1:b2:c3"))]);
    }

    /// OCPI knows no contract ids: apps are told of cards.
    async fn what_apps_can_be_told_of_is_marked(app) {
        let id = app.location("Oosteinde").await;
        app.token(json!({ "authId": "CHIP-1", "chipId": "04A1B2C3D4E5F6" })).await;
        app.token(json!({ "authId": "PRINTED-1", "visualId": "17", "issuer": "Acme" })).await;
        app.token(json!({ "authId": "HALF-1", "visualId": "18" })).await;
        app.list(&id, &["CHIP-1", "PRINTED-1", "HALF-1", "STRANGER-1"]).await;
        app.token(json!({ "authId": "BLOCKED-1", "chipId": "04B1B2C3", "valid": false })).await;
        app.token(json!({ "authId": "EXPIRED-1", "chipId": "04C1B2C3", "expires": "2020-01-01T00:00:00Z" })).await;
        app.list(&id, &["BLOCKED-1", "EXPIRED-1"]).await;
        let [peer, ended] = [app.registered("NL-TNM", "EMSP").await, app.registered("DE-8AA", "EMSP").await];
        for (peer, party, uid, valid) in [
            (&peer, "NL-TNM", "04D1B2C3", true),
            (&peer, "NL-TNM", "04D1B2C4", false),
            (&ended, "DE-8AA", "04D1B2C5", true),
        ] {
            let (country, party) = party.split_once('-').unwrap();
            let contract = format!("{country}-{party}-{uid}");
            let sent = json!({ "country_code": country, "party_id": party, "uid": uid, "type": "RFID", "issuer": "Them",
                "contract_id": contract, "valid": valid, "whitelist": "NEVER", "last_updated": "2026-11-20T08:00:00Z" });
            let taken = peer.put(&format!("/2.2.1/cpo/tokens/{country}/{party}/{uid}"), sent).await;
            assert_eq!(taken.json["status_code"], 1000, "{}", taken.text);
            app.list(&id, &[&contract]).await;
        }
        execute(app, "UPDATE partners SET status = 'Ended' WHERE party_id = '8AA'").await;
        let cards = json!({ "chipIds": ["04A0A0A0", "04D1B2C4"] });
        app.change_any(&format!("/locations/{id}/authorization/tokens"), cards).await.ok();
        let tokens = format!("/locations/{id}/authorization/tokens");
        for (query, expected) in [
            ("inApps:is:yes", &["CHIP-1", "NL-TNM-04D1B2C3", "PRINTED-1", "04A0A0A0"][..]),
            (
                "inApps:is:no",
                &["BLOCKED-1", "DE-8AA-04D1B2C5", "EXPIRED-1", "HALF-1", "NL-TNM-04D1B2C4", "STRANGER-1", "04D1B2C4"],
            ),
        ] {
            let page = app.get(&format!("{tokens}?sort=id&filter={query}")).await.ok();
            let ids: Vec<_> = page["items"].as_array().unwrap().iter().map(|item| item["id"].clone()).collect();
            assert_eq!(ids, expected, "{query}");
            assert!(page["items"].as_array().unwrap().iter().all(|item| item["inApps"] == query.ends_with("yes")));
        }
        // A driver app that names the card is told the same.
        for (card, shown) in [("04A1B2C3D4E5F6", 1), ("04B1B2C3", 0), ("04C1B2C3", 0), ("04D1B2C3", 1), ("04D1B2C4", 0), ("04A0A0A0", 1)] {
            let seen = app.get(&format!("/locations/visible?chipId={card}")).await.ok();
            assert_eq!(seen["total"], shown, "{card}");
        }
        // And so is the partner's.
        execute(app, "UPDATE locations SET latitude = 52.16, longitude = 4.5").await;
        let told = peer.get("/2.2.1/cpo/locations").await.data();
        let to: Vec<&Value> = told[0]["publish_allowed_to"].as_array().unwrap().iter().map(|one| &one["uid"]).collect();
        assert_eq!(to, ["04D1B2C3"]);
    }
}
