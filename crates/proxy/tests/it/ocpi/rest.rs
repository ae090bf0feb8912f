//! Partners as operators see them.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{TestApp, on_both};

on_both! {
    async fn partners_are_added_changed_and_deleted(app) {
        let input = json!({ "name": " Move ", "countryCode": "nl", "partyId": "mv1", "role": "EMSP" });
        let made = app.post("/partners", input).await.ok();
        let partner = &made["partner"];
        assert_eq!(
            (&partner["name"], &partner["countryCode"], &partner["partyId"], &partner["status"]),
            (&json!("Move"), &json!("NL"), &json!("MV1"), &json!("Invited"))
        );
        let path = format!("/partners/{}", made["id"].as_str().unwrap());
        let read = app.get(&path).await.ok();
        assert_eq!(read["can"], json!(["edit", "token", "register", "revoke", "delete"]));
        assert!(!read.to_string().contains(made["token"].as_str().unwrap()));
        let changed = app.change(Method::PATCH, &path, &read["version"], json!({ "role": "HUB" })).await.ok();
        assert_eq!(changed["role"], "HUB");
        app.change(Method::PATCH, &path, &read["version"], json!({ "role": "CPO" })).await.problem(412, "/problems/stale");
        let found = app.get("/partners?q=mv1&filter=role:is:HUB").await.ok();
        assert_eq!(found["total"], 1);
        let token = app.post(&format!("{path}/token"), Value::Null).await.ok();
        assert_ne!(token["token"], made["token"]);
        let ended = app.post(&format!("{path}/revoke"), Value::Null).await.ok();
        assert_eq!((&ended["status"], &ended["can"]), (&json!("Ended"), &json!(["edit", "token", "register", "delete"])));
        let told = app.get(&format!("{path}/history")).await.ok();
        let told: Vec<&str> = told["items"].as_array().unwrap().iter().map(|line| line["action"].as_str().unwrap()).collect();
        assert_eq!(told, ["Ended", "Token made", "Changed", "Added"]);
        assert!(!app.get("/audit").await.text.contains(token["token"].as_str().unwrap()));
        app.delete(&path).await.ok();
        app.get(&path).await.problem(404, "/problems/not-found");
    }
}

#[tokio::test]
async fn what_is_entered_is_checked() {
    let app = TestApp::sqlite().await;
    for (field, value) in [
        ("name", ""),
        ("countryCode", "NLD"),
        ("countryCode", "N1"),
        ("partyId", "AB"),
        ("partyId", "A-B"),
        ("role", "KING"),
    ] {
        let mut input = json!({ "name": "A", "countryCode": "NL", "partyId": "TNM", "role": "EMSP" });
        input[field] = json!(value);
        let problem = app
            .post("/partners", input)
            .await
            .problem(422, "/problems/invalid");
        assert_eq!(problem["errors"][0]["field"], field);
    }
}

#[tokio::test]
async fn only_administrators_see_them() {
    let app = TestApp::sqlite().await;
    let viewer = app.person("Vera", "viewer").await;
    viewer.get("/partners").await.problem(403, "/problems/forbidden");
}
