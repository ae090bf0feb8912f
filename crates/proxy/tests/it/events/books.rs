//! What the books tell.

use reqwest::Method;
use serde_json::{Value, json};

use super::{Reader, builder};
use crate::connections::connection;
use crate::driver_requests::ask;
use crate::limits::{OURS, World, limited};
use crate::support::{TestApp, http};

/// A portal on each engine.
async fn each() -> Vec<TestApp> {
    let mut all = vec![builder().start().await];
    all.extend(builder().postgres().await);
    all
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn requests_imports_and_changes_are_told() {
    for app in each().await {
        let world = World::of(&app).await;
        let ada = app.person("Ada", "administrator").await;
        let mut reader = Reader::of(ada.request(Method::GET, "/events")).await;
        let hello = reader.next().await.unwrap();
        assert_eq!(
            (hello.name.as_str(), &hello.data["account"]),
            ("hello", &json!(ada.account.id))
        );

        let one = connection(&app, json!({ "orgId": OURS, "connectionName": "Yard" })).await;
        let made = reader.wait("books").await;
        assert_eq!(
            made,
            json!({ "resource": "connections", "id": one, "action": "Added", "count": 1 })
        );
        let request = ask(&app, &one, &[("Anna", "")]).await.remove(0);
        let told = reader.wait("request").await;
        assert_eq!(
            told,
            json!({ "id": request, "connectionId": one, "action": "Requested", "count": 1 })
        );

        let path = app
            .stage(world.ours(), "auth-id", &[&["NL-GFX-C00000005-4"]])
            .await;
        let import = path.rsplit('/').next().unwrap().to_owned();
        app.change_any(&format!("{path}/finalise"), json!({ "ids": 1 }))
            .await
            .ok();
        let told = reader.wait("import").await;
        let expected = |state: &str| json!({ "id": import, "locationId": world.ours(), "kind": "authorization", "state": state });
        assert_eq!(told, expected("finalised"));
        app.change_any(&format!("{path}/undo"), json!({ "confirm": true }))
            .await
            .ok();
        assert_eq!(reader.wait("import").await, expected("undone"));

        // A change of many is one event.
        let tokens: Vec<Value> = vec![
            app.token(json!({ "authId": "NL-GFX-C00000006-2" })).await.into(),
            app.token(json!({ "authId": "NL-GFX-C00000007-0" })).await.into(),
        ];
        app.post("/tokens/block", json!({ "ids": tokens })).await.ok();
        loop {
            let told = reader.wait("books").await;
            if told["action"] == "Blocked" {
                assert_eq!((&told["id"], &told["count"]), (&Value::Null, &json!(2)));
                break;
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reader_sees_no_more_than_in_lists() {
    let app = builder().start().await;
    let world = World::of(&app).await;
    let lena = limited(&app, "Lena", &[OURS]).await;
    let officer = app.person("Otto", "connections-officer").await;
    let mut limited = Reader::of(lena.request(Method::GET, "/events")).await;
    let mut of_role = Reader::of(officer.request(Method::GET, "/events")).await;
    app.change_any(&format!("/locations/{}/unpublish", world.theirs()), json!({}))
        .await;
    let patch = |id: String| {
        app.request(Method::PATCH, &format!("/locations/{id}"))
            .header("if-match", "*")
            .json(&json!({ "notes": "Ring" }))
    };
    for id in [world.theirs(), world.ours()] {
        patch(id.to_owned()).send().await.unwrap();
    }
    let customer = app.customer("Later").await;
    let seen = limited.up_to(&customer).await;
    let told: Vec<&Value> = seen
        .iter()
        .filter(|told| told.name == "books")
        .map(|told| &told.data["id"])
        .collect();
    assert_eq!(told, [&json!(world.ours())]);
    let seen = of_role.up_to(&customer).await;
    assert!(seen.iter().all(|told| told.name != "books"), "{seen:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_comes_back_gets_what_was_missed() {
    let app = builder().start().await;
    let ada = app.person("Ada", "administrator").await;
    let events = || ada.request(Method::GET, "/events");
    let mut reader = Reader::of(events()).await;
    // Somebody else goes on reading meanwhile.
    let _other = Reader::of(events()).await;
    let first = app.customer("First").await;
    reader.up_to(&first).await;
    let last = reader.last.clone();
    drop(reader);
    let (second, third) = (app.customer("Second").await, app.customer("Third").await);
    let mut back = Reader::of(events().header("last-event-id", &last)).await;
    back.up_to(&second).await;
    assert_eq!(back.up_to(&third).await, [], "each once, in order");
    let mut other = Reader::of(events().header("last-event-id", "elsewhere.7")).await;
    assert_eq!(other.next().await.unwrap().name, "hello");
    assert_eq!(other.next().await.unwrap().name, "reset");
}

/// Nobody reads for a moment: the next finds what happened then.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_happens_while_nobody_reads_is_told_later() {
    let app = builder().start().await;
    let ada = app.person("Ada", "administrator").await;
    let mut reader = Reader::of(ada.request(Method::GET, "/events")).await;
    let first = app.customer("First").await;
    reader.up_to(&first).await;
    let last = reader.last.clone();
    drop(reader);
    super::until("nobody reads", || app.app.live.readers() == 0).await;
    let second = app.customer("Second").await;
    let back = ada.request(Method::GET, "/events").header("last-event-id", &last);
    let mut back = Reader::of(back).await;
    let between = back.up_to(&second).await;
    assert!(between.iter().all(|told| told.name == "hello"), "{between:?}");
}

/// What is changed on one server is told by another over the same books, and so is who has signed out.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_another_server_changes_is_told() {
    for app in each().await {
        let other = app.beside().await;
        let ada = app.person("Ada", "administrator").await;
        let events = http().get(format!("{}/api/v1/events", other.site()));
        let mut reader = Reader::of(events.header("cookie", &ada.cookie)).await;
        let customer = app.customer("Acme").await;
        reader.up_to(&customer).await;
        ada.send(Method::DELETE, "/session", json!({})).await.ok();
        reader.end().await;
    }
}
