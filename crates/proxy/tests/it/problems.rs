use reqwest::Method;
use serde_json::json;

use crate::support::{Answer, TestApp};

#[tokio::test]
async fn what_the_api_does_not_know() {
    let app = TestApp::sqlite().await;
    app.get("/nothing").await.problem(404, "/problems/not-found");
    app.get("/api").await.problem(404, "/problems/not-found");
    app.get("/locations/loc_none")
        .await
        .problem(404, "/problems/not-found");
    let put = Answer::of(app.request(Method::PUT, "/locations")).await;
    put.problem(405, "/problems/method-not-allowed");
    let post = Answer::of(app.request(Method::POST, "/nothing")).await;
    post.problem(404, "/problems/not-found");
}

#[tokio::test]
async fn bodies_and_queries_that_cannot_be_read() {
    let app = TestApp::sqlite().await;
    let malformed = "/problems/malformed-request";
    let raw = |body: &'static str, kind: &'static str| {
        Answer::of(
            app.request(Method::POST, "/customers")
                .header("content-type", kind)
                .body(body),
        )
    };
    raw("{", "application/json").await.problem(400, malformed);
    raw("{\"name\":1}", "application/json")
        .await
        .problem(400, malformed);
    raw("{\"nome\":\"x\"}", "application/json")
        .await
        .problem(400, malformed);
    raw("{\"name\":\"x\"}", "text/plain")
        .await
        .problem(415, "/problems/unsupported-media-type");
    app.get("/locations?page=x").await.problem(400, malformed);
    let large = json!({ "name": "x".repeat(3_000_000) });
    app.post("/customers", large)
        .await
        .problem(413, "/problems/too-large");
}

#[tokio::test]
async fn another_sites_page_changes_nothing() {
    let app = TestApp::sqlite().await;
    let from = |name: &'static str, value: &'static str| {
        Answer::of(
            app.request(Method::POST, "/customers")
                .header(name, value)
                .json(&json!({ "name": "x" })),
        )
    };
    from("sec-fetch-site", "cross-site")
        .await
        .problem(403, "/problems/cross-site");
    from("origin", "http://evil.example")
        .await
        .problem(403, "/problems/cross-site");
    assert_eq!(app.get("/customers").await.ok()["total"], 0);
    from("sec-fetch-site", "same-origin").await.ok();
}

#[tokio::test]
async fn a_failure_inside_tells_nothing_of_the_inside() {
    let app = TestApp::sqlite().await;
    app.app.books.close().await;
    let failed = app.get("/customers").await;
    assert!(!failed.header("x-request-id").is_empty());
    let problem = failed.problem(500, "/problems/internal");
    assert!(!problem.to_string().contains("pool"), "{problem}");
    app.get("/readyz").await.problem(500, "/problems/internal");
    assert_eq!(app.get("/healthz").await.text, "ok");
}

#[tokio::test]
async fn every_answer_carries_the_browsers_rules() {
    let app = TestApp::sqlite().await;
    assert_eq!(app.get("/readyz").await.text, "ok");
    let answer = app.get("/locations").await;
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    assert!(
        answer
            .header("content-security-policy")
            .starts_with("default-src 'none'")
    );
    assert_eq!(answer.header("referrer-policy"), "same-origin");
}
