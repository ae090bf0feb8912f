//! Bodies that are too large, too deep or none at all, for every address that changes something.

use reqwest::Method;
use tokio::io::AsyncWriteExt;

use super::routes;
use super::slow::{connect, until_the_end};
use crate::support::{Answer, TestApp};

/// Ends with an answer that says what is wrong, and the portal lives on.
async fn refused(app: &TestApp, kind: &str, body: Vec<u8>) -> usize {
    let mut statuses = Vec::new();
    for (method, path) in routes() {
        if method == Method::GET || path.starts_with("/session") {
            continue;
        }
        let request = app
            .request(method.clone(), &path)
            .header("if-match", "*")
            .header("content-type", kind)
            .body(body.clone());
        let answer = Answer::of(request).await;
        let is_told = (400..500).contains(&answer.status) && answer.json["detail"].is_string();
        // Some take no body, and do not look at it.
        let is_blind = matches!(answer.status, 200 | 204) && is_idempotent(&method, &path);
        assert!(
            is_told || is_blind,
            "{method} {path}: {} {}",
            answer.status,
            answer.text
        );
        statuses.push(answer.status);
    }
    statuses
        .iter()
        .filter(|status| matches!(status, 400 | 413 | 415))
        .count()
}

/// What may succeed without a body.
fn is_idempotent(method: &Method, path: &str) -> bool {
    *method == Method::DELETE || path == "/locations/sync"
}

#[tokio::test]
async fn bodies_that_are_nested_without_end() {
    let app = TestApp::sqlite().await;
    for open in ["[", "{\"a\":", "{\"name\":["] {
        let deep = open.repeat(100_000);
        assert!(refused(&app, "application/json", deep.into_bytes()).await > 30);
    }
    let known = format!(
        "{{\"permissions\":{}{}}}",
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    let request = app
        .request(Method::POST, "/roles")
        .header("content-type", "application/json")
        .body(known);
    Answer::of(request)
        .await
        .problem(400, "/problems/malformed-request");
}

#[tokio::test]
async fn bodies_that_are_no_json_at_all() {
    let app = TestApp::sqlite().await;
    for body in [
        &b""[..],
        b"\0",
        b"\xff\xfe",
        b"null",
        b"{",
        b"<xml/>",
        b"{\"a\":1e999}",
    ] {
        assert!(refused(&app, "application/json", body.to_vec()).await > 25);
    }
    assert!(refused(&app, "text/plain", b"{}".to_vec()).await > 30);
}

/// A little more than any of them takes, but for files.
#[tokio::test]
async fn bodies_that_are_too_large() {
    let app = TestApp::sqlite().await;
    let mut body = b"{\"name\":\"".to_vec();
    body.resize(17 * 1024 * 1024, b'x');
    let mut large = 0;
    for (method, path) in routes() {
        if method == Method::GET || path.starts_with("/session") {
            continue;
        }
        let request = app
            .request(method, &path)
            .header("if-match", "*")
            .header("content-type", "application/json")
            .body(body.clone());
        let answer = Answer::of(request).await;
        assert!(answer.status < 500, "{path}: {}", answer.text);
        large += usize::from(answer.status == 413);
    }
    assert!(large > 30, "{large}");
    for form in ["/sign-in", "/set-up/x", "/join", "/join/x", "/sign-in/try"] {
        let request = crate::support::http()
            .post(format!("{}{form}", app.site()))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body.clone());
        let status = request.send().await.unwrap().status().as_u16();
        assert!((400..500).contains(&status), "{form}: {status}");
    }
    app.get("/customers").await.ok();
}

/// Who sends all before reading anything learns what was wrong, though nobody wanted the body.
#[tokio::test]
async fn an_answer_waits_for_who_is_still_sending() {
    let app = TestApp::sqlite().await;
    let foreign = "Sec-Fetch-Site: cross-site\r\nOrigin: https://else.example\r\n";
    for (path, host, more, status) in [
        ("/api/v1/nowhere", "localhost", "", "404"),
        ("/api/v1/customers", "localhost", "", "413"),
        ("/sign-in", "localhost", "", "4"),
        ("/api/v1/customers", "localhost", foreign, "403"),
        ("/api/v1/customers", "else.example", "", "421"),
    ] {
        let length = 8 * 1024 * 1024;
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: {host}\r\n{more}Authorization: Bearer {}\r\nConnection: close\r\n\
             Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n",
            app.key
        );
        let mut stream = connect(&app).await;
        stream.write_all(head.as_bytes()).await.unwrap();
        stream.write_all(&vec![b' '; length]).await.unwrap();
        let said = until_the_end(&mut stream).await;
        assert!(said.starts_with(&format!("HTTP/1.1 {status}")), "{path}: {said}");
    }
}
