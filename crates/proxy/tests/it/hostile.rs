//! Requests that no page of the portal sends.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Answer, TestApp, on_both};

const INVALID: &str = "/problems/invalid";
const MALFORMED: &str = "/problems/malformed-request";

async fn raw(app: &TestApp, body: &'static [u8], kind: &'static str) -> Answer {
    let request = app
        .request(Method::POST, "/customers")
        .header("content-type", kind);
    Answer::of(request.body(body)).await
}

on_both! {
    async fn texts_that_are_too_long_or_hold_control_characters(app) {
        let long = "ö".repeat(256);
        let id = app.location("Oosteinde").await;
        let (location, imports) = (format!("/locations/{id}"), format!("/locations/{id}/authorization/imports"));
        for bad in [long.as_str(), "a\0b", "a\u{1b}[2J"] {
            for field in ["name", "externalId", "email", "phone"] {
                let mut customer = json!({ "name": "Acme", "email": "a@b" });
                customer[field] = json!(bad);
                let problem = app.post("/customers", customer).await.problem(422, INVALID);
                assert_eq!(problem["errors"][0]["field"], field);
            }
            for field in ["visualId", "issuer"] {
                let token = json!({ "authId": "NL-GFX-C00000001-4", field: bad });
                app.post("/tokens", token).await.problem(422, INVALID);
            }
            for patch in [
                json!({ "name": bad }),
                json!({ "timezone": bad }),
                json!({ "operatorName": bad }),
                json!({ "address": { "city": bad } }),
            ] {
                app.change(Method::PATCH, &location, &json!(1), patch).await.problem(422, INVALID);
            }
            app.post(&imports, json!({ "fileName": bad, "kind": "auth-id" })).await.problem(422, INVALID);
        }
        for note in ["x".repeat(10_001), "a\0b".into()] {
            app.post("/customers", json!({ "name": "Acme", "note": note })).await.problem(422, INVALID);
            app.post("/tokens", json!({ "authId": "CARD1", "note": note })).await.problem(422, INVALID);
            let patch = json!({ "notes": note });
            app.change(Method::PATCH, &location, &json!(1), patch).await.problem(422, INVALID);
        }
        let spans = vec![json!({ "startTime": "00:00", "endTime": "24:00" }); 25];
        let patch = json!({ "openingHours": { "0": spans } });
        app.change(Method::PATCH, &location, &json!(1), patch).await.problem(422, INVALID);
        app.post("/customers", json!({ "name": "\u{200b}\u{2060}" })).await.problem(422, INVALID);
        let lines = json!({ "name": "ö".repeat(255), "note": "one\n\ttwo" });
        assert_eq!(app.post("/customers", lines).await.ok()["note"], "one\n\ttwo");
        assert_eq!(app.get(&location).await.ok()["version"], 1);
    }

    async fn search_texts_of_any_kind(app) {
        app.customer("Acme").await;
        app.get(&format!("/customers?q={}", "a".repeat(256))).await.problem(422, INVALID);
        app.get(&format!("/search?q={}", "a+".repeat(20_000))).await.problem(422, INVALID);
        let words = app.get(&format!("/customers?q={}", "a+".repeat(127))).await.ok();
        assert_eq!(words["total"], 1);
        assert_eq!(app.get("/customers?q=ac%00me").await.ok()["total"], 1);
        for q in ["%25", "_", "%5C", "%ff", "'", "%F0%9F%98%80"] {
            assert_eq!(app.get(&format!("/customers?q={q}")).await.ok()["total"], 0, "{q}");
        }
        app.get("/customers?page=4294967295&pageSize=500").await.ok();
        app.get("/customers?page=4294967296").await.problem(400, MALFORMED);
        app.get("/customers?page=-1").await.problem(400, MALFORMED);
        app.get("/customers?sort=--name").await.problem(422, INVALID);
        app.get("/customers?sort=name,id").await.problem(422, INVALID);
    }

    async fn ids_that_are_none(app) {
        let id = app.location("Oosteinde").await;
        let list = format!("/locations/{id}/authorization");
        for odd in ["%00", "%ff", "..%2f..", "'%20OR%201=1"] {
            for path in [
                format!("/locations/{odd}"),
                format!("/customers/{odd}/tokens"),
                format!("/tokens/{odd}/locations"),
                format!("{list}/imports/{odd}/preview"),
                format!("/search?locationId={odd}"),
            ] {
                let answer = app.get(&path).await;
                assert!(matches!(answer.status, 400 | 404), "{path}: {}", answer.text);
            }
            let answer = app.delete(&format!("{list}/tokens/{odd}")).await;
            assert!(matches!(answer.status, 400 | 404), "{odd}: {}", answer.text);
        }
        for body in [json!({ "tokenIds": ["\0"] }), json!({ "authIds": ["NL\0"] })] {
            let answer = app.change_any(&format!("{list}/tokens"), body).await;
            assert!(matches!(answer.status, 400 | 422), "{}", answer.text);
        }
        let many: Vec<String> = (0..10_001).map(|n| format!("CARD{n:05}")).collect();
        for body in [json!({ "authIds": many }), json!({ "tokenIds": many })] {
            let refused = app.change_any(&format!("{list}/tokens"), body).await;
            refused.problem(413, "/problems/too-large");
        }
        let refused = app.change_any(&format!("{list}/customers"), json!({ "customerIds": many })).await;
        refused.problem(413, "/problems/too-large");
        assert_eq!(app.get(&list).await.ok()["version"], 1);
    }
}

#[tokio::test]
async fn bodies_that_are_no_json_object() {
    let app = TestApp::sqlite().await;
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/jsonp",
        "",
    ] {
        let refused = raw(&app, b"{\"name\":\"x\"}", kind).await;
        refused.problem(415, "/problems/unsupported-media-type");
    }
    for body in [
        &b"[\"C-1\",\"Acme\"]"[..],
        b"null",
        b"\"x\"",
        b"",
        b"\xef\xbb\xbf{\"name\":\"x\"}",
        b"{\"name\":\"\xff\"}",
        b"{\"name\":\"\\ud800\"}",
        b"{\"name\":\"a\",\"name\":\"b\"}",
        b"{\"name\":\"a\"} {}",
    ] {
        raw(&app, body, "application/json").await.problem(400, MALFORMED);
    }
    let deep = format!("{{\"name\":{}", "[".repeat(100_000));
    let request = app
        .request(Method::POST, "/customers")
        .header("content-type", "application/json");
    Answer::of(request.body(deep)).await.problem(400, MALFORMED);
    let quoted = app.post("/customers", json!({ "x".repeat(100_000): 1 })).await;
    assert!(quoted.text.len() < 1_000, "a problem does not repeat the body");
    assert_eq!(app.get("/customers").await.ok()["total"], 0);
    let odd = raw(&app, b" \n{\"name\":\"x\"}", "Application/JSON; charset=UTF-8").await;
    assert_eq!(odd.status, 201);
}

#[tokio::test]
async fn a_new_record_says_where_it_is_and_its_version() {
    let app = TestApp::sqlite().await;
    let id = app.location("Oosteinde").await;
    let imports = format!("/api/v1/locations/{id}/authorization/imports");
    for (path, body, tag) in [
        ("/api/v1/customers", json!({ "name": "Acme" }), "\"1\""),
        (
            "/api/v1/tokens",
            json!({ "authId": "NL-GFX-C00000001-4" }),
            "\"1\"",
        ),
        (&imports, json!({ "fileName": "a.csv", "kind": "auth-id" }), ""),
    ] {
        let request = || {
            app.request(Method::POST, path)
                .header("idempotency-key", "k")
                .json(&body)
        };
        let made = Answer::of(request()).await;
        let place = made.header("location").to_owned();
        assert_eq!(made.header("etag"), tag, "{path}");
        assert_eq!(place, format!("{path}/{}", made.json["id"].as_str().unwrap()));
        assert_eq!(app.get(&place).await.ok(), made.json);
        let again = Answer::of(request()).await;
        assert_eq!(
            (again.header("location"), again.header("etag")),
            (place.as_str(), tag)
        );
    }
}

/// Methods that an address does not know, and the right ones in the answer.
#[tokio::test]
async fn methods_that_are_not_allowed() {
    let app = TestApp::sqlite().await;
    for (method, path, allowed) in [
        (Method::PUT, "/locations", "GET,HEAD"),
        (Method::OPTIONS, "/locations", "GET,HEAD"),
        (Method::GET, "/locations/x/publish", "POST"),
        (Method::TRACE, "/api/docs", "GET,HEAD"),
    ] {
        let answer = Answer::of(app.request(method, path)).await;
        assert_eq!(answer.header("allow"), allowed, "{path}");
        answer.problem(405, "/problems/method-not-allowed");
    }
    let head = Answer::of(app.request(Method::HEAD, "/locations")).await;
    assert_eq!(
        (head.status, head.text.as_str(), head.json),
        (200, "", Value::Null)
    );
}
