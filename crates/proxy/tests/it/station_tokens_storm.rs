//! Many changes of the stock at once: none fails inside, no EVSE has two active tokens, and every change
//! stands in the history of its token.

use std::collections::HashSet;

use reqwest::Method;
use serde_json::{Value, json};

use crate::random::Dice;
use crate::station_tokens::estate;
use crate::support::{Answer, TestApp, on_both};

const TOKENS: usize = 10;
const EVSES: [&str; 3] = ["1:7-1", "1:7-2", "1:8-1"];
const ORGANIZATIONS: [&str; 3] = ["1:ORG1", "1:ORG2", "1:ORG3"];
const STATUSES: [&str; 4] = ["New", "Available", "Active", "Expired"];

async fn send(app: &TestApp, method: Method, path: &str, body: Value) -> Answer {
    let request = app
        .request(method.clone(), path)
        .header("if-match", "*")
        .json(&body);
    let answer = Answer::of(request).await;
    let expected = [200, 201, 204, 404, 409, 422];
    assert!(
        expected.contains(&answer.status),
        "{method} {path} {body}: {}",
        answer.text
    );
    answer
}

async fn import(app: &TestApp, dice: &mut Dice) {
    let mut file = String::from("Token S/N,Cloud Plan,Org ID,Status,EVSE ID\n");
    for n in 0..TOKENS {
        let (status, evse) = (STATUSES[dice.below(4)], EVSES[dice.below(3)]);
        if dice.one_in(2) {
            file.push_str(&format!(
                "T{n},Home,{},{status},{evse}\n",
                ORGANIZATIONS[dice.below(2)]
            ));
        }
    }
    let staged = Answer::of(app.request(Method::POST, "/station_tokens/imports").body(file))
        .await
        .ok();
    let path = format!("/station_tokens/imports/{}", staged["id"].as_str().unwrap());
    if dice.one_in(5) {
        send(app, Method::DELETE, &path, json!(null)).await;
    }
    send(app, Method::POST, &format!("{path}/finalise"), json!(null)).await;
}

async fn work(app: &TestApp, seed: u64) {
    let mut dice = Dice::of(seed);
    for _ in 0..40 {
        let token_sn = format!("T{}", dice.below(TOKENS));
        let found = app
            .get(&format!("/station_tokens?filter=tokenSn:is:{token_sn}"))
            .await
            .ok();
        let path = format!(
            "/station_tokens/{}",
            found["items"][0]["id"].as_str().unwrap_or("none")
        );
        let organization = ORGANIZATIONS[dice.below(3)];
        match dice.below(7) {
            0 => {
                let body = json!({ "tokenSn": token_sn, "cloudPlan": "Fleet", "orgId": organization });
                send(app, Method::POST, "/station_tokens", body).await;
            }
            1 => {
                let body =
                    json!({ "status": STATUSES[dice.below(4)], "partNo": format!("P{}", dice.below(9)) });
                send(app, Method::PATCH, &path, body).await;
            }
            2 if dice.one_in(3) => {
                send(app, Method::DELETE, &path, json!(null)).await;
            }
            2 | 3 => {
                let body = json!({ "evseId": EVSES[dice.below(3)] });
                send(app, Method::POST, &format!("{path}/apply"), body).await;
            }
            4 => {
                let all = (0..TOKENS).map(|n| format!("T{n}"));
                let body = json!({ "tokenSns": dice.some(all), "orgId": organization, "onlyMovable": 1 + dice.below(2) });
                send(app, Method::POST, "/station_tokens/transfers", body).await;
            }
            5 => import(app, &mut dice).await,
            _ => {
                app.get("/station_tokens/summary").await.ok();
                app.get("/evses").await.ok();
            }
        }
    }
}

async fn check(app: &TestApp) {
    let all = app.get("/station_tokens?pageSize=500").await.ok();
    let all = all["items"].as_array().unwrap();
    assert!(!all.is_empty());
    let mut taken = HashSet::new();
    for token in all {
        if token["status"] == "Active" {
            let evse = token["evseId"].as_str().unwrap();
            assert!(!evse.is_empty() && taken.insert(evse), "{token}");
        }
        let path = format!("/station_tokens/{}/history", token["id"].as_str().unwrap());
        let history = app.get(&path).await.ok();
        assert_eq!(token["version"], history["total"], "{token} {history}");
        assert!(history["items"][0]["at"].as_str() >= token["updatedAt"].as_str());
    }
    let summary = app.get("/station_tokens/summary").await.ok();
    let counts = summary["plans"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|plan| plan["counts"].as_array().unwrap());
    assert_eq!(
        counts.map(|count| count.as_u64().unwrap()).sum::<u64>(),
        all.len() as u64
    );
}

on_both! {
    async fn many_changes_of_the_stock_at_once(app) {
        estate(app).await;
        tokio::join!(work(app, 1), work(app, 2), work(app, 3), work(app, 4), work(app, 5), work(app, 6));
        check(app).await;
    }
}
