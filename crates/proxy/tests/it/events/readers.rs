//! Who reads, and for how long.

use proxy::live::MOST_OF_ACCOUNT;
use reqwest::Method;
use serde_json::json;

use super::{Reader, builder, until};
use crate::support::{Answer, http};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_ends_with_the_session() {
    let app = builder().start().await;
    let ada = app.person("Ada", "administrator").await;
    let stays = Reader::of(ada.request(Method::GET, "/events")).await;
    for how in [
        "sign out",
        "signed out by an administrator",
        "another role",
        "disabled",
    ] {
        let ben = app.person(&format!("Ben {how}"), "viewer").await;
        let mut reader = Reader::of(ben.request(Method::GET, "/events")).await;
        assert_eq!(reader.next().await.unwrap().name, "hello");
        let account = format!("/accounts/{}", ben.account.id);
        match how {
            "sign out" => ben.send(Method::DELETE, "/session", json!({})).await,
            "another role" => {
                ada.send(Method::PATCH, &account, json!({ "roleId": "operations" }))
                    .await
            }
            "disabled" => {
                ada.send(Method::PATCH, &account, json!({ "status": "Disabled" }))
                    .await
            }
            _ => {
                ada.send(Method::DELETE, &format!("{account}/sessions"), json!({}))
                    .await
            }
        }
        .ok();
        reader.end().await;
        ben.get("/events").await.problem(401, "/problems/signed-out");
    }
    let made = json!({ "name": "Robot", "permissions": ["View:Token"], "days": 1 });
    let key = ada.send(Method::POST, "/keys", made).await.ok();
    let events = format!("{}/api/v1/events", app.site());
    let program = Reader::of(http().get(&events).bearer_auth(key["secret"].as_str().unwrap())).await;
    ada.send(
        Method::DELETE,
        &format!("/keys/{}", key["id"].as_str().unwrap()),
        json!({}),
    )
    .await
    .ok();
    program.end().await;
    assert_eq!(app.app.live.readers(), 1, "the others' end is nobody else's");
    drop(stays);
}

/// A role that may more or less lets in anew, with what it may then.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_ends_when_a_role_changes() {
    let app = builder().start().await;
    let role = json!({ "name": "Guest", "permissions": ["View:Token", "View:Customer"] });
    let role = app.post("/roles", role).await.ok()["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let ben = app.person("Ben", &role).await;
    let reader = Reader::of(ben.request(Method::GET, "/events")).await;
    let path = format!("/roles/{role}");
    let change = app.request(Method::PATCH, &path).header("if-match", "*");
    Answer::of(change.json(&json!({ "permissions": ["View:Token"] })))
        .await
        .ok();
    reader.end().await;
    let mut reader = Reader::of(ben.request(Method::GET, "/events")).await;
    app.customer("Acme").await;
    let token = app.token(json!({ "authId": "NL-GFX-C00000006-2" })).await;
    let before = reader.up_to(&token).await;
    assert!(before.iter().all(|told| told.name == "hello"), "{before:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_account_reads_so_often_and_not_more() {
    let app = builder().start().await;
    let ada = app.person("Ada", "viewer").await;
    let mut readers = Vec::new();
    for _ in 0..MOST_OF_ACCOUNT {
        readers.push(Reader::of(ada.request(Method::GET, "/events")).await);
    }
    let refused = ada.get("/events").await;
    assert_eq!(refused.header("retry-after"), "30");
    refused.problem(429, "/problems/too-many-requests");
    let ben = app.person("Ben", "viewer").await;
    Reader::of(ben.request(Method::GET, "/events")).await;
    drop(readers.pop());
    until("one has left", || app.app.live.readers() < MOST_OF_ACCOUNT).await;
    Reader::of(ada.request(Method::GET, "/events")).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn streams_end_when_the_portal_is_to_stop() {
    let app = builder().start().await;
    let reader = Reader::of(app.request(Method::GET, "/events")).await;
    app.app.edge.stop();
    reader.end().await;
    app.get("/events").await.problem(503, "/problems/stopping");
}
