//! Clients that go away while their change is under way.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{TestApp, on_both};

on_both! {
    /// Each change is done or not done, the list stays counted, and later changes are kept: no
    /// transaction is left open that would swallow them.
    async fn who_goes_away_leaves_nothing_half_done(app) {
        let id = app.location("Oosteinde").await;
        let list = format!("/locations/{id}/authorization");
        app.list(&id, &["STAYS"]).await;
        let send = async |path: &str, body: Value, patience: u64| {
            let request = app.request(Method::POST, path).header("if-match", "*").json(&body).send();
            let _ = tokio::time::timeout(Duration::from_micros(patience), request).await;
        };
        for turn in 0..60_u64 {
            let ids: Vec<String> = (0..200).map(|n| format!("CARD{turn}X{n}")).collect();
            let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
            let import = app.stage(&id, "auth-id", &[&ids]).await;
            let patience = turn * 150;
            let (finalise, add) = (format!("{import}/finalise"), format!("{list}/tokens"));
            tokio::join!(
                send(&finalise, json!({ "ids": 200, "clear": turn % 2 == 0 }), patience),
                send(&add, json!({ "authIds": ids }), patience),
                send("/customers", json!({ "name": "Gone" }), patience),
            );
        }
        let witness = app.customer("Witness").await;
        app.get(&format!("/customers/{witness}")).await.ok();
        let numbers = app.get(&list).await.ok();
        let (mut found, mut page) = (0, 1);
        loop {
            let rows = app.get(&format!("{list}/tokens?pageSize=500&page={page}")).await.ok();
            match rows["items"].as_array().unwrap().len() {
                0 => break,
                more => found += more,
            }
            page += 1;
        }
        assert_eq!((&numbers["tokens"], &numbers["visibility"]), (&json!(found), &json!("Private")));
    }
}
