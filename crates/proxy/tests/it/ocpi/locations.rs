//! Locations, as partners are shown them.

use reqwest::Method;
use serde_json::{Value, json};

use super::partner::Peer;
use crate::decision::world::execute;
use crate::support::{TestApp, on_both};

const LIST: &str = "/2.2.1/cpo/locations";

/// A published location with a position.
async fn place(app: &TestApp, name: &str) -> String {
    let id = app.location(name).await;
    execute(
        app,
        &format!("UPDATE locations SET latitude = 52.16, longitude = 4.5 WHERE id = '{id}'"),
    )
    .await;
    id
}

async fn list(app: &TestApp, location: &str, ids: Value) {
    let path = format!("/locations/{location}/authorization/tokens");
    let request = app
        .request(Method::POST, &path)
        .header("if-match", "*")
        .json(&ids);
    crate::support::Answer::of(request).await.ok();
}

async fn shown(peer: &Peer) -> Vec<String> {
    let items = peer.get(LIST).await.data();
    let id = |item: &Value| item["id"].as_str().unwrap().to_owned();
    items.as_array().unwrap().iter().map(id).collect()
}

on_both! {
    async fn a_private_location_is_shown_to_whom_it_admits(app) {
        let (open, private) = (place(app, "Open").await, place(app, "Private").await);
        let hidden = place(app, "Hidden").await;
        app.change_any(&format!("/locations/{hidden}/unpublish"), Value::Null).await.ok();
        let peer = app.registered("NL-TNM", "EMSP").await;
        let other = app.registered("DE-8AA", "EMSP").await;
        assert_eq!(shown(&peer).await, [open.clone(), private.clone()]);

        app.token(json!({ "authId": "NL-TNM-C00000001-X", "chipId": "04A1B2C3" })).await;
        app.token(json!({ "authId": "DE-8AA-C00000002", "chipId": "04D1D2D3" })).await;
        list(app, &private, json!({ "authIds": ["NL-TNM-C00000001-X"] })).await;
        assert_eq!(shown(&peer).await, [open.clone(), private.clone()]);
        let seen = peer.get(&format!("{LIST}/{}", private.to_uppercase())).await.data();
        assert_eq!((&seen["publish"], &seen["publish_allowed_to"]),
            (&json!(false), &json!([{ "uid": "04A1B2C3", "type": "RFID" }])));
        assert_eq!(peer.get(&format!("{LIST}/{open}")).await.data().get("publish_allowed_to"), None);

        // To the other it is not there, by no way.
        assert_eq!(shown(&other).await, std::slice::from_ref(&open));
        let page = other.get(&format!("{LIST}?limit=1")).await;
        assert_eq!((page.header("x-total-count"), page.header("link")), ("1", ""));
        for path in ["", "/1:7-1", "/1:7-1/1"] {
            let there = other.get(&format!("{LIST}/{private}{path}")).await;
            let not_there = other.get(&format!("{LIST}/loc_none{path}")).await;
            let strip = |answer: crate::support::Answer| answer.refusal(404, 2003);
            assert_eq!(strip(there), strip(not_there));
        }
        // Each is told of their own alone.
        list(app, &private, json!({ "authIds": ["DE-8AA-C00000002"] })).await;
        let seen = other.get(&format!("{LIST}/{private}")).await.data();
        assert_eq!(seen["publish_allowed_to"], json!([{ "uid": "04D1D2D3", "type": "RFID" }]));

        // Blocked: not to be shown.
        let tokens = app.get("/tokens?q=04A1B2C3").await.ok();
        let ids = json!({ "ids": [tokens["items"][0]["id"]] });
        app.post("/tokens/block", ids).await.ok();
        assert_eq!(shown(&peer).await, [open]);
    }

    async fn a_customers_tokens_and_what_is_printed_on_cards(app) {
        let private = place(app, "Private").await;
        let peer = app.registered("NL-TNM", "EMSP").await;
        let acme = app.customer("Acme").await;
        let path = format!("/locations/{private}/authorization/customers");
        let request = app.request(Method::POST, &path).header("if-match", "*");
        crate::support::Answer::of(request.json(&json!({ "customerIds": [acme] }))).await.ok();
        // A customer without tokens: nobody.
        assert!(shown(&peer).await.is_empty());
        app.token(json!({ "authId": "NL-TNM-C00000001", "visualId": "0001", "issuer": "TNM", "customerId": acme })).await;
        let seen = peer.get(&format!("{LIST}/{private}")).await.data();
        assert_eq!(seen["publish_allowed_to"], json!([{ "visual_number": "0001", "issuer": "TNM" }]));
    }

    /// Of those that are listed, apps are told of the ones that may charge; the operator's word comes first.
    async fn who_is_refused_is_not_told_of(app) {
        let private = place(app, "Private").await;
        let peer = app.registered("NL-TNM", "EMSP").await;
        let send = async |uid: &str, contract: &str, valid: bool| {
            let sent = json!({ "country_code": "NL", "party_id": "TNM", "uid": uid, "type": "RFID",
                "contract_id": contract, "issuer": "TNM", "valid": valid, "whitelist": "NEVER",
                "last_updated": "2026-11-20T08:00:00Z" });
            peer.put(&format!("/2.2.1/cpo/tokens/NL/TNM/{uid}"), sent).await;
        };
        app.token(json!({ "authId": "NL-TNM-C00000001", "chipId": "04A1B2C1", "valid": false })).await;
        app.token(json!({ "authId": "NL-TNM-C00000002", "chipId": "04A1B2C2", "expires": "2020-01-01T00:00:00Z" })).await;
        send("04A1B2C3", "NL-TNM-C00000003", false).await;
        // Another card of the blocked contract, and the card of the one that has expired, said to be another's.
        send("04A1B2C4", "NL-TNM-C00000001", true).await;
        send("04A1B2C2", "NL-TNM-C00000009", true).await;
        let contracts = [1, 2, 3, 9].map(|n| format!("NL-TNM-C0000000{n}"));
        list(app, &private, json!({ "authIds": contracts })).await;
        assert!(shown(&peer).await.is_empty(), "nobody of theirs may charge");
        send("04A1B2C5", "NL-TNM-C00000003", true).await;
        let seen = peer.get(&format!("{LIST}/{private}")).await.data();
        assert_eq!(seen["publish_allowed_to"], json!([{ "uid": "04A1B2C5", "type": "RFID" }]));
    }

    /// What partners say of a card that the portal has itself changes nothing, neither in memory nor in the books.
    async fn a_card_of_the_portals_is_no_partners_to_claim(app) {
        let private = place(app, "Private").await;
        let peer = app.registered("NL-TNM", "EMSP").await;
        app.token(json!({ "authId": "DE-8AA-C00000001", "chipId": "04A1B2C1" })).await;
        app.token(json!({ "authId": "NL-TNM-C00000002", "valid": false })).await;
        list(app, &private, json!({ "authIds": ["DE-8AA-C00000001"] })).await;
        let claim = json!({ "country_code": "NL", "party_id": "TNM", "uid": "04A1B2C1", "type": "RFID",
            "contract_id": "NL-TNM-C00000002", "issuer": "TNM", "valid": false, "whitelist": "NEVER",
            "last_updated": "2026-11-20T08:00:00Z" });
        peer.put("/2.2.1/cpo/tokens/NL/TNM/04A1B2C1", claim).await.data();
        for from_memory in [false, true] {
            if from_memory {
                let books = &app.app.books;
                books.index.follow(books).await.unwrap();
            }
            for kind in [json!(null), json!("RFID")] {
                let question = json!({ "chipId": "04A1B2C1", "type": kind, "locationId": private });
                let told = app.post("/authorize", question).await.ok();
                assert_eq!(told["reason"], "listed", "{from_memory} {kind}: {told}");
            }
        }
        assert!(shown(&peer).await.is_empty(), "it is not theirs");
    }

    /// A hub speaks for the parties it passes on; the same partner as an EMSP for its own alone.
    async fn what_a_hub_is_shown_goes_with_its_role(app) {
        let (one, two) = (place(app, "One").await, place(app, "Two").await);
        app.token(json!({ "authId": "NL-HUB-C00000001", "chipId": "04A1B2C1" })).await;
        app.token(json!({ "authId": "DE-8AA-C00000002", "chipId": "04A1B2C2" })).await;
        list(app, &one, json!({ "authIds": ["NL-HUB-C00000001"] })).await;
        list(app, &two, json!({ "authIds": ["DE-8AA-C00000002"] })).await;
        let hub = app.registered_as("NL-HUB", "HUB", "DE-8AA", &["EMSP"]).await;
        let path = format!("/partners/{}", hub.id);
        for (role, seen) in [("HUB", vec![one.clone(), two.clone()]), ("EMSP", vec![one.clone()]), ("HUB", vec![one, two])] {
            let version = app.get(&path).await.ok()["version"].clone();
            app.change(Method::PATCH, &path, &version, json!({ "role": role })).await.ok();
            assert_eq!(shown(&hub).await, seen, "{role}");
        }
    }

    async fn windows_and_pages(app) {
        for n in 0..5 {
            let id = place(app, &format!("Place {n}")).await;
            execute(app, &format!("UPDATE locations SET created_at = '2026-11-20T0{n}:00:00Z', \
                updated_at = '2026-11-20T0{n}:00:00Z' WHERE id = '{id}'")).await;
        }
        let peer = app.registered("NL-TNM", "EMSP").await;
        let query = "date_from=2026-11-20T01:00:00Z&date_to=2026-11-20T04:00:00";
        let first = peer.get(&format!("{LIST}?{query}&limit=2")).await;
        assert_eq!((first.header("x-total-count"), first.header("x-limit")), ("3", "250"));
        let link = first.header("link").to_owned();
        let ids = |data: Value| data.as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
        assert_eq!(ids(first.data()), ["loc_place1", "loc_place2"]);
        let (next, rel) = link.split_once(">; ").unwrap();
        assert_eq!(rel, "rel=\"next\"");
        let next = next.split_once("/ocpi").unwrap().1;
        assert!(next.contains("date_from=") && next.contains("date_to="), "{next}");
        let last = peer.get(next).await;
        assert_eq!(last.header("link"), "");
        assert_eq!(ids(last.data()), ["loc_place3"]);

        // A change moves it into the next window.
        let now = ocpi::time::now();
        assert!(ids(peer.get(&format!("{LIST}?date_from={now}")).await.data()).is_empty());
        list(app, "loc_place0", json!({ "authIds": ["NL-TNM-C00000001"] })).await;
        app.token(json!({ "authId": "NL-TNM-C00000001", "chipId": "04A1B2C3" })).await;
        let moved = peer.get(&format!("{LIST}?date_from={now}")).await.data();
        assert_eq!(moved[0]["publish"], false);
        assert_eq!(ids(moved), ["loc_place0"]);
    }
}

#[tokio::test]
async fn stations_are_evses() {
    let app = TestApp::builder().estate(40).start().await;
    app.post("/locations/sync", Value::Null).await.ok();
    let peer = app.registered("NL-TNM", "EMSP").await;
    let items = peer.get(LIST).await.data();
    let items = items.as_array().unwrap();
    let total = app.get("/locations?filter=visibility:is:Published").await.ok()["total"]
        .as_u64()
        .unwrap();
    assert_eq!(items.len() as u64, total.min(250));
    let evse = &items[0]["evses"][0];
    let path = format!(
        "{LIST}/{}/{}",
        items[0]["id"].as_str().unwrap(),
        evse["uid"].as_str().unwrap()
    );
    assert_eq!(peer.get(&path).await.data(), *evse);
    let plug = peer.get(&format!("{path}/1")).await.data();
    assert_eq!(plug, evse["connectors"][0]);
    assert!(plug["max_voltage"].as_u64().unwrap() > 100);
    peer.get(&format!("{path}/9")).await.refusal(404, 2003);
    for item in items {
        assert_ne!(item["country"], "ZZZ", "{item}");
        assert!(!item["evses"].as_array().unwrap().is_empty(), "{item}");
        assert!(item["last_updated"].as_str() >= item["evses"][0]["last_updated"].as_str());
    }
}

/// Without ChargePoint the books still tell of places, without EVSEs.
#[tokio::test]
async fn without_chargepoint_there_are_no_evses() {
    let app = TestApp::sqlite().await;
    let id = place(&app, "Open").await;
    let peer = app.registered("NL-TNM", "EMSP").await;
    let seen = peer.get(&format!("{LIST}/{id}")).await.data();
    assert_eq!((&seen["name"], seen.get("evses")), (&json!("Open"), None));
    assert_eq!(
        seen["coordinates"],
        json!({ "latitude": "52.160000", "longitude": "4.500000" })
    );
    assert_eq!(
        (&seen["country"], &seen["time_zone"]),
        (&json!("NLD"), &json!("Europe/Amsterdam"))
    );
}
