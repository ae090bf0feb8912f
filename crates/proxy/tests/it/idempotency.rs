use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Answer, TestApp, on_both};

async fn create(app: &TestApp, path: &str, key: &str, body: Value) -> Answer {
    Answer::of(
        app.request(Method::POST, path)
            .header("idempotency-key", key)
            .json(&body),
    )
    .await
}

on_both! {
    async fn the_same_request_again_is_done_once(app) {
        let body = json!({ "name": "Acme", "externalId": "C-1" });
        let first = create(app, "/customers", "k1", body.clone()).await.ok();
        let again = create(app, "/customers", "k1", body.clone()).await;
        assert_eq!(again.status, 201);
        assert_eq!(again.ok(), first);
        assert_eq!(app.get("/customers").await.ok()["total"], 1);
        create(app, "/customers", "k1", json!({ "name": "Other" })).await.problem(422, "/problems/invalid");
        // A key belongs to one address.
        create(app, "/tokens", "k1", json!({ "authId": "NL-GFX-C00000001-4" })).await.ok();
    }

    async fn a_request_that_failed_can_be_repeated(app) {
        create(app, "/customers", "k1", json!({ "name": "" })).await.problem(422, "/problems/invalid");
        create(app, "/customers", "k1", json!({ "name": "Acme" })).await.ok();
        create(app, "/customers", "", json!({ "name": "Acme" })).await.problem(400, "/problems/malformed-request");
    }

    async fn at_the_same_time_it_is_done_once_too(app) {
        let id = app.location("Oosteinde").await;
        let path = format!("/locations/{id}/authorization/imports");
        let body = || json!({ "fileName": "a.csv", "kind": "auth-id" });
        let (a, b, c) = tokio::join!(
            create(app, &path, "k", body()),
            create(app, &path, "k", body()),
            create(app, &path, "k", body()),
        );
        let first = a.ok();
        assert_eq!((b.ok(), c.ok()), (first.clone(), first));
        assert_eq!(app.get(&path).await.ok()["total"], 1);
    }
}
