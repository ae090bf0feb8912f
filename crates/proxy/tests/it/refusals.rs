//! Every address refuses as its description says it may.

use reqwest::Method;
use serde_json::Value;

use crate::support::{Answer, TestApp};

/// A header that spoils a request, and a body.
const SPOILT: [(&str, &str, &str); 6] = [
    ("if-match", "\"987654\"", "{}"),
    ("content-type", "text/plain", "{}"),
    ("content-type", "application/json", "{"),
    ("content-type", "application/json", "{\"zzz\":1}"),
    ("sec-fetch-site", "cross-site", "{}"),
    ("x-nothing", "", "{}"),
];
const QUERIES: [&str; 3] = ["page=x&clear=x&confirm=x&in=x", "sort=zzz", "q=%25"];

#[tokio::test]
async fn every_refusal_is_described() {
    let app = TestApp::sqlite().await;
    let location = app.location("Oosteinde").await;
    app.list(&location, &["STAYS"]).await;
    let import = app.stage(&location, "auth-id", &[]).await;
    let import = import.rsplit('/').next().unwrap();
    let document = app.get("/api/openapi.json").await.ok();
    let (mut tried, long) = (0, format!("q={}", "q".repeat(300)));
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let method: Method = method.to_uppercase().parse().unwrap();
            for id in [location.as_str(), "none"] {
                let address = path
                    .replace("{id}", id)
                    .replace("{importId}", import)
                    .replace("{entryId}", "a-none")
                    .replace("{seq}", "0");
                for (name, value, body) in SPOILT {
                    let mut request = app.request(method.clone(), &address);
                    if name != "content-type" {
                        request = request.header("content-type", "application/json");
                    }
                    let answer = Answer::of(request.header(name, value).body(body)).await;
                    check(
                        &answer,
                        operation,
                        &format!("{method} {path}, {name}: {value}, {body}"),
                    );
                    tried += 1;
                }
                for query in QUERIES.into_iter().chain([long.as_str()]) {
                    let request = app.request(method.clone(), &format!("{address}?{query}"));
                    let answer = Answer::of(request.header("if-match", "\"987654\"")).await;
                    check(&answer, operation, &format!("{method} {path}?{query}"));
                    tried += 1;
                }
            }
        }
    }
    assert!(tried > 500, "{tried}");
    assert_eq!(app.listed(&location).await, ["STAYS"]);
}

#[track_caller]
fn check(answer: &Answer, operation: &Value, what: &str) {
    let described = operation["responses"].get(answer.status.to_string());
    assert!(
        described.is_some() && answer.status < 500,
        "{what}: {}",
        answer.text
    );
    if answer.status >= 400 {
        assert_eq!(
            answer.headers["content-type"], "application/problem+json",
            "{what}"
        );
        assert_eq!(answer.json["status"], answer.status, "{what}");
    }
}
