//! Whose word counts: partners say of tokens what is theirs to say, and of the portal's nothing.

use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::{Value, json};

use super::partner::{Peer, Remote};
use super::tokens::token;
use crate::decision::world::execute;
use crate::support::{Answer, TestApp, on_both, query};

/// OCPI's status when the partner sends that token.
async fn send(peer: &Peer, token: &Value) -> Value {
    let part = |key: &str| token[key].as_str().unwrap().to_owned();
    let path = format!(
        "/2.2.1/cpo/tokens/{}/{}/{}",
        part("country_code"),
        part("party_id"),
        part("uid")
    );
    peer.put(&path, token.clone()).await.json["status_code"].clone()
}

async fn start(peer: &Peer, token: &Value, location: &str) -> Answer {
    let body = json!({ "response_url": "https://them.example/1", "token": token, "location_id": location });
    peer.post("/2.2.1/cpo/commands/START_SESSION", body).await
}

async fn reason(app: &TestApp, question: &Value, location: &str) -> Value {
    let mut question = question.clone();
    question["locationId"] = json!(location);
    let mut told = Vec::new();
    for from_memory in [false, true] {
        let books = &app.app.books;
        match from_memory {
            true => books.index.follow(books).await.unwrap(),
            false => books.index.forget(),
        };
        told.push(app.post("/authorize", question.clone()).await.ok()["reason"].clone());
    }
    assert_eq!(told[0], told[1], "{question}: the books and memory");
    told.remove(0)
}

on_both! {
    /// Else a hub could claim a contract that is listed for a card of anybody's.
    async fn nobody_passes_on_for_who_speaks_for_itself(app) {
        let location = app.location("Oosteinde").await;
        app.list(&location, &["NL-EVP-C00000001", "NL-TNM-C00000002", "DE-8AA-C00000003"]).await;
        let direct = app.registered("NL-TNM", "EMSP").await;
        let hub = app.registered_as("NL-HUB", "HUB", "NL-EVP", &["EMSP"]).await;
        for (party, uid, contract) in [
            ("NL-EVP", "04BADBA1", "NL-EVP-C00000001"),
            ("nl-evp", "04BADBA1", "NL-EVP-C00000001"),
            ("NL-TNM", "04BADBA2", "NL-TNM-C00000002"),
        ] {
            let claimed = token(party, uid, contract);
            assert_eq!(send(&hub, &claimed).await, 2001, "{party}");
            start(&hub, &claimed, &location).await.refusal(200, 2001);
            assert_eq!(reason(app, &json!({ "chipId": uid }), &location).await, "unknownToken");
        }
        assert_eq!(send(&hub, &token("DE-8AA", "04C0FFE3", "DE-8AA-C00000003")).await, 1000);
        assert_eq!(reason(app, &json!({ "chipId": "04C0FFE3" }), &location).await, "listed");
        assert_eq!(send(&direct, &token("NL-TNM", "04C0FFE2", "NL-TNM-C00000002")).await, 1000);
        // What the hub says to be is no reason to tell it of the portal's own cards.
        app.token(json!({ "authId": "NL-EVP-C00000001", "chipId": "04A1B2C1" })).await;
        let place = format!("UPDATE locations SET latitude = 52.16, longitude = 4.5 WHERE id = '{location}'");
        execute(app, &place).await;
        let seen = hub.get(&format!("/2.2.1/cpo/locations/{location}")).await.data();
        assert_eq!(seen["publish_allowed_to"], json!([{ "uid": "04C0FFE3", "type": "RFID" }]));
        // Nor is anybody entered as the portal itself.
        let us = json!({ "name": "Us", "countryCode": "nl", "partyId": "evp", "role": "EMSP" });
        let refused = app.post("/partners", us).await.problem(422, "/problems/invalid");
        assert_eq!(refused["errors"][0]["field"], "partyId");
        let path = format!("/partners/{}", hub.id);
        let request = app.request(Method::PATCH, &path).header("if-match", "*");
        let renamed = Answer::of(request.json(&json!({ "partyId": "EVP" }))).await;
        assert!(renamed.status >= 400, "{}", renamed.text);
    }

    /// Who cannot say whose card it is gets no more than any of them, and the same answer from wherever.
    async fn of_two_partners_with_one_uid_the_refused_one_counts(app) {
        let location = app.location("Oosteinde").await;
        app.list(&location, &["NL-TNM-C00000001"]).await;
        let listed = token("NL-TNM", "04A1B2C1", "NL-TNM-C00000001");
        assert_eq!(send(&app.registered("NL-TNM", "EMSP").await, &listed).await, 1000);
        assert_eq!(reason(app, &json!({ "chipId": "04A1B2C1" }), &location).await, "listed");
        for (party, valid) in [("DE-8AA", true), ("DE-8AB", false), ("BE-8AC", true)] {
            let mut claimed = token(party, "04A1B2C1", &format!("{party}-C00000002"));
            claimed["valid"] = json!(valid);
            assert_eq!(send(&app.registered(party, "EMSP").await, &claimed).await, 1000);
            assert_eq!(reason(app, &json!({ "chipId": "04A1B2C1" }), &location).await, "notListed");
        }
    }

    async fn a_new_token_for_a_partner_unblocks_nothing(app) {
        let location = app.location("Oosteinde").await;
        app.list(&location, &["NL-TNM-C00000001"]).await;
        let peer = app.registered("NL-TNM", "EMSP").await;
        let mut sent = token("NL-TNM", "04A1B2C1", "NL-TNM-C00000001");
        sent["valid"] = json!(false);
        assert_eq!(send(&peer, &sent).await, 1000);
        for id in [json!({ "authId": "NL-TNM-C00000001" }), json!({ "chipId": "04A1B2C1" })] {
            assert_eq!(reason(app, &id, &location).await, "blocked");
        }
        app.post(&format!("/partners/{}/token", peer.id), Value::Null).await.ok();
        for id in [json!({ "authId": "NL-TNM-C00000001" }), json!({ "chipId": "04A1B2C1" })] {
            assert_eq!(reason(app, &id, &location).await, "blocked");
        }
    }

    /// Its contract is as good as the new card.
    async fn a_lost_card_that_was_replaced_blocks_itself_alone(app) {
        let location = app.location("Oosteinde").await;
        app.list(&location, &["NL-TNM-C00000001"]).await;
        let peer = app.registered("NL-TNM", "EMSP").await;
        let mut lost = token("NL-TNM", "04A1B2C1", "NL-TNM-C00000001");
        lost["valid"] = json!(false);
        assert_eq!(send(&peer, &lost).await, 1000);
        assert_eq!(reason(app, &json!({ "authId": "NL-TNM-C00000001" }), &location).await, "blocked");
        assert_eq!(send(&peer, &token("NL-TNM", "04A1B2C2", "NL-TNM-C00000001")).await, 1000);
        assert_eq!(reason(app, &json!({ "authId": "NL-TNM-C00000001" }), &location).await, "listed");
        assert_eq!(reason(app, &json!({ "chipId": "04A1B2C2" }), &location).await, "listed");
        assert_eq!(reason(app, &json!({ "chipId": "04A1B2C1" }), &location).await, "blocked");
        let seen = app.get(&format!("/locations/visible?{}", query(&[("authId", "NL-TNM-C00000001")]))).await.ok();
        assert_eq!(seen["total"], 1);
    }

    /// The Chip ID of something else is not the card's that a list means.
    async fn a_listed_card_is_no_other_token_of_its_uid(app) {
        let location = app.location("Oosteinde").await;
        let phone = app.token(json!({ "authId": "DE-XXX-C00000099", "chipId": "04DDDD99", "type": "Other" })).await;
        let list = format!("/locations/{location}/authorization/tokens");
        let request = app.request(Method::POST, &list).header("if-match", "*");
        Answer::of(request.json(&json!({ "chipIds": ["04DDDD99"] }))).await.ok();
        let card = json!({ "chipId": "04DDDD99", "type": "RFID" });
        assert_eq!(reason(app, &card, &location).await, "listed");
        assert_eq!(reason(app, &json!({ "authId": "DE-XXX-C00000099" }), &location).await, "notListed");
        // It becomes a card: now it is the one that is meant.
        let path = format!("/tokens/{phone}");
        let request = app.request(Method::PATCH, &path).header("if-match", "*");
        Answer::of(request.json(&json!({ "type": "RFID" }))).await.ok();
        assert_eq!(app.get(&list).await.ok()["items"][0]["id"], "DE-XXX-C00000099");
        assert_eq!(reason(app, &card, &location).await, "listed");
        assert_eq!(reason(app, &json!({ "authId": "DE-XXX-C00000099" }), &location).await, "listed");
    }

    /// A session that may begin at one of two EVSEs may begin where it must not.
    async fn of_several_evses_all_are_at_the_location(app) {
        let (location, other) = (app.location("Oosteinde").await, app.location("Haven").await);
        for (at, station) in [(&location, "1:7"), (&location, "1:8"), (&other, "1:9")] {
            let sql = format!("INSERT INTO location_stations (location_id, station_id, name) VALUES ('{at}', '{station}', '')");
            execute(app, &sql).await;
        }
        app.token(json!({ "authId": "NL-GFX-C00000001", "chipId": "04A1B2C3" })).await;
        app.list(&location, &["NL-GFX-C00000001"]).await;
        let peer = app.registered("NL-CPO", "CPO").await;
        let path = "/2.2.1/emsp/tokens/04A1B2C3/authorize?type=RFID";
        let at = |evses: Value| json!({ "location_id": location, "evse_uids": evses });
        let told = peer.post(path, at(json!(["1:7-1", "1:8-1"]))).await.data();
        assert_eq!(told["allowed"], "ALLOWED");
        assert_eq!(told["location"]["evse_uids"], json!(["1:7-1", "1:8-1"]));
        peer.post(path, at(json!(["1:7-1", "1:9-1"]))).await.refusal(200, 2003);
    }

    async fn a_clock_that_is_ahead_does_not_keep_a_card_from_being_blocked(app) {
        let peer = app.registered("NL-TNM", "EMSP").await;
        let mut sent = token("NL-TNM", "04A1B2C1", "NL-TNM-C00000001");
        sent["last_updated"] = json!("2099-01-01T00:00:00Z");
        assert_eq!(send(&peer, &sent).await, 1000);
        sent["valid"] = json!(false);
        sent["last_updated"] = json!(ocpi::time::now());
        assert_eq!(send(&peer, &sent).await, 1000);
        let location = app.location("Oosteinde").await;
        assert_eq!(reason(app, &json!({ "chipId": "04A1B2C1" }), &location).await, "blocked");
    }

    async fn a_token_that_expired_is_in_the_window_of_that_moment(app) {
        app.token(json!({ "authId": "NL-GFX-C00000001", "chipId": "04A1B2C1", "expires": "2026-03-01T00:00:00Z" })).await;
        app.token(json!({ "authId": "NL-GFX-C00000002", "chipId": "04A1B2C2" })).await;
        execute(app, "UPDATE tokens SET updated_at = '2026-01-01T00:00:00Z'").await;
        let peer = app.registered("NL-CPO", "CPO").await;
        for (window, uids) in [
            ("date_from=2026-02-01T00:00:00Z", vec!["04A1B2C1"]),
            ("date_from=2026-03-02T00:00:00Z", vec![]),
            ("date_to=2026-02-01T00:00:00Z", vec!["04A1B2C2"]),
        ] {
            let page = peer.get(&format!("/2.2.1/emsp/tokens?{window}")).await;
            assert_eq!(page.header("x-total-count"), uids.len().to_string(), "{window}");
            let told = page.data();
            let told: Vec<&str> = told.as_array().unwrap().iter().map(|token| token["uid"].as_str().unwrap()).collect();
            assert_eq!(told, uids, "{window}");
        }
        let whole = peer.get("/2.2.1/emsp/tokens").await.data();
        let expired = whole.as_array().unwrap().iter().find(|token| token["uid"] == "04A1B2C1").unwrap();
        assert_eq!((&expired["valid"], &expired["last_updated"]), (&json!(false), &json!("2026-03-01T00:00:00Z")));
    }

    /// Some know the token only as it stands, in either direction.
    async fn a_token_goes_out_as_the_partner_reads_it_and_its_contact_is_noted(app) {
        let input = json!({ "name": "Old", "countryCode": "DE", "partyId": "8AA", "role": "CPO", "unencodedToken": true });
        let made = app.post("/partners", input).await.ok();
        let id = made["id"].as_str().unwrap();
        let path = format!("/partners/{id}");
        assert_eq!(app.get(&path).await.ok()["lastContactAt"], Value::Null);
        let remote = Remote::of(&["2.2.1"]).await;
        remote.answers(remote.credentials("token-c", "DE-8AA", &["CPO"]));
        let given = json!({ "versionsUrl": remote.versions(), "token": "token-a" });
        app.post(&format!("{path}/register"), given).await.ok();
        let heard = remote.heard.lock().unwrap().clone();
        assert!(heard.iter().all(|(_, authorization, _)| authorization == "Token token-a"), "{heard:?}");
        let ours: Value = serde_json::from_str(&heard.last().unwrap().2).unwrap();
        let mut peer = Peer::of(app, id, ours["token"].as_str().unwrap());
        peer.plain = true;
        execute(app, "UPDATE partners SET last_contact_at = '2026-01-01T00:00:00Z'").await;
        peer.get("/2.2.1/emsp/tokens").await.data();
        // It is noted beside the answer.
        let begun = Instant::now();
        loop {
            let at = app.get(&path).await.ok()["lastContactAt"].clone();
            if at.as_str().is_some_and(|at| at > "2026-01-02") {
                break;
            }
            assert!(begun.elapsed() < Duration::from_secs(60), "{at}");
        }
    }
}
