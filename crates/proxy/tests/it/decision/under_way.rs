//! What a decision does not reach: a session that goes on, and who may ask nothing else.

use reqwest::Method;
use serde_json::{Value, json};

use super::edges::key_for;
use crate::estate::sample::place;
use crate::events::{Reader, builder};
use crate::support::{Answer, TestApp};

/// Whoever is taken off the list charges to the end: ChargePoint's API stops no session, and the portal tells of it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_goes_on_when_its_token_is_revoked() {
    let app = TestApp::builder().estate(160).start().await;
    app.post("/locations/sync", Value::Null).await.ok();
    let place = place(&app);
    let session = async || {
        let request = app.request(Method::GET, &format!("/sessions/{}", place.session));
        Answer::of(request.header("cache-control", "no-cache")).await.ok()
    };
    let before = session().await;
    assert_eq!(
        (&before["stationId"], &before["endTime"]),
        (&json!(place.station), &Value::Null)
    );
    let locations = app.get("/locations?pageSize=500").await.ok();
    let mut locations = locations["items"].as_array().unwrap().iter();
    let is_there = |location: &&Value| {
        location["stations"]
            .as_array()
            .unwrap()
            .contains(&json!(place.station))
    };
    let location = locations.find(is_there).unwrap()["id"].as_str().unwrap();
    app.token(json!({ "authId": "DRIVER-1" })).await;
    app.list(location, &["ALWAYS-1", "DRIVER-1"]).await;
    let asked = async || {
        let evse = format!("{}-{}", place.station, before["portNumber"].as_str().unwrap());
        let body = json!({ "locationId": location, "authId": "DRIVER-1", "evseId": evse });
        app.post("/authorize", body).await.ok()["reason"].clone()
    };
    assert_eq!(asked().await, "listed");
    let calls = app.chargepoint().calls();
    let gone = json!({ "entryIds": ["a-DRIVER1"] });
    app.change_any(
        &format!("/locations/{location}/authorization/tokens/remove"),
        gone,
    )
    .await
    .ok();
    assert_eq!(asked().await, "notListed");
    let token = app.get("/tokens?q=DRIVER-1").await.ok()["items"][0]["id"].clone();
    app.post("/tokens/block", json!({ "ids": [token] })).await.ok();
    assert_eq!(asked().await, "blocked");
    assert_eq!(app.chargepoint().calls(), calls, "nobody tells ChargePoint");
    let after = session().await;
    assert_eq!(
        (&after["sessionId"], &after["startTime"], &after["endTime"]),
        (&before["sessionId"], &before["startTime"], &Value::Null)
    );
    let active = app
        .get("/sessions?activeSessionsOnly=true&pageSize=500")
        .await
        .ok();
    let mut active = active["items"].as_array().unwrap().iter();
    assert!(active.any(|one| one["sessionId"] == before["sessionId"]));
}

/// A charging system's key hears of nothing, and a driver app's of nothing either.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_may_only_ask_hears_of_no_location() {
    let app = builder().start().await;
    let id = app.location("Oosteinde").await;
    let account = app.account("Ana Torres", "administrator").await.id;
    let mut readers = Vec::new();
    for permission in ["Ask:Authorization", "Ask:Visibility"] {
        let http = key_for(&app, &account, permission).await;
        let mut reader = Reader::of(http.get(format!("{}/api/v1/events", app.site()))).await;
        assert_eq!(reader.next().await.unwrap().name, "hello");
        readers.push(reader);
    }
    let watched = key_for(&app, &account, "View:Location").await;
    let mut watcher = Reader::of(watched.get(format!("{}/api/v1/events", app.site()))).await;
    assert_eq!(watcher.next().await.unwrap().name, "hello");
    app.list(&id, &["CARD-1"]).await;
    app.change_any(
        &format!("/locations/{id}/authorization/tokens"),
        json!({ "authIds": ["CARD-2"] }),
    )
    .await
    .ok();
    // Who may see the location is told twice; by then the others would have been, too.
    for _ in 0..2 {
        let told = watcher.wait("books").await;
        assert_eq!(
            (&told["resource"], &told["id"]),
            (&json!("locations"), &json!(id))
        );
    }
    drop(watcher);
    app.app.edge.stop();
    for mut reader in readers {
        while let Some(told) = reader.next().await {
            assert!(
                !told.data.to_string().contains(&id) && told.name != "books",
                "{told:?}"
            );
        }
    }
}
