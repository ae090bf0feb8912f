//! What browsers are told with every kind of answer.

use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

use crate::support::{Answer, TestApp, http};

const HTML: &str = "text/html";

/// Every kind of answer, under a name.
async fn answers(app: &TestApp) -> Vec<(String, Answer)> {
    let web = app.dir.path().join("web");
    std::fs::create_dir_all(&web).unwrap();
    std::fs::write(web.join("index.html"), "<script src=/boot.js></script>").unwrap();
    std::fs::write(web.join("boot.js"), "start()").unwrap();
    std::fs::create_dir_all(web.join("icons")).unwrap();
    std::fs::write(web.join("icons/portal.svg"), "<svg/>").unwrap();
    let person = app.person("Ana Torres", "administrator").await;
    app.post("/customers", json!({ "name": "Acme" })).await.ok();
    let ask = |method: Method, path: &str| http().request(method, format!("{}{path}", app.site()));
    let page = |path: &str| ask(Method::GET, path).header("accept", HTML);
    let own = |request: RequestBuilder| request.header("cookie", &person.cookie);
    let mut requests = vec![
        ("the app", own(page("/locations/x"))),
        ("a file of it", ask(Method::GET, "/boot.js")),
        ("an icon", ask(Method::GET, "/icons/portal.svg")),
        ("no file", ask(Method::GET, "/missing.js")),
        ("to sign in", page("/tokens")),
        ("sign-in", page("/sign-in")),
        ("signed in", page("/signed-in")),
        (
            "a wrong sign-in",
            ask(Method::POST, "/sign-in").form(&[("email", "a@b"), ("password", "x")]),
        ),
        ("no form", ask(Method::POST, "/sign-in").body("x")),
        ("set-up", page("/set-up/x")),
        ("join", page("/join")),
        ("an invitation", page("/join/x")),
        ("a request", page("/join/x/requests/x")),
        ("a style", ask(Method::GET, "/assets/join.css")),
        ("alive", ask(Method::GET, "/healthz")),
        ("ready", ask(Method::GET, "/readyz")),
        ("signed out", ask(Method::GET, "/api/v1/locations")),
        ("a list", own(ask(Method::GET, "/api/v1/customers"))),
        ("the head of a list", own(ask(Method::HEAD, "/api/v1/customers"))),
        ("no record", own(ask(Method::GET, "/api/v1/customers/x"))),
        ("no address", own(ask(Method::GET, "/api/v2/x"))),
        ("no method", own(ask(Method::PUT, "/api/v1/customers"))),
        ("no JSON", own(ask(Method::POST, "/api/v1/customers")).body("x")),
        (
            "another site",
            ask(Method::POST, "/api/v1/session").header("origin", "https://evil.example"),
        ),
        (
            "another name",
            ask(Method::GET, "/api/v1/session").header("host", "evil.example"),
        ),
        ("the description", own(ask(Method::GET, "/api/openapi.json"))),
        ("the page to read it", own(ask(Method::GET, "/api/docs"))),
        ("signing out", own(ask(Method::DELETE, "/api/v1/session"))),
    ];
    for format in ["csv", "xlsx", "json"] {
        let path = format!("/api/v1/customers/export?format={format}");
        requests.insert(20, ("an export", own(ask(Method::GET, &path))));
    }
    let mut answers = Vec::new();
    for (name, request) in requests {
        let head = request.try_clone().unwrap().build().unwrap();
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = String::from_utf8_lossy(&response.bytes().await.unwrap()).into_owned();
        assert!(status < 500, "{name}: {status} {text}");
        let name = format!("{name}: {} {}", head.method(), head.url().path());
        let json = Value::Null;
        answers.push((
            name,
            Answer {
                status,
                headers,
                text,
                json,
            },
        ));
    }
    answers
}

#[tokio::test]
async fn every_answer_tells_browsers_what_they_may_not() {
    let app = TestApp::sqlite().await;
    for (name, answer) in answers(&app).await {
        let policy = answer.header("content-security-policy");
        for part in [
            "default-src 'none'",
            "object-src 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
            "form-action '",
        ] {
            assert!(policy.contains(part), "{name}: {policy}");
        }
        for hole in [
            "'unsafe-inline'",
            "'unsafe-eval'",
            "'sha256",
            "'nonce",
            "*",
            "http:",
            "https:",
        ] {
            assert!(!policy.contains(hole), "{name}: {policy}");
        }
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{name}");
        assert_eq!(
            answer.header("cross-origin-resource-policy"),
            "same-origin",
            "{name}"
        );
        assert!(
            matches!(answer.header("referrer-policy"), "same-origin" | "no-referrer"),
            "{name}"
        );
        let is_page = answer.header("content-type").starts_with(HTML) || name.starts_with("an icon");
        let of_pages = (
            answer.header("cross-origin-opener-policy") == "same-origin",
            answer.header("permissions-policy").contains("camera=()"),
        );
        assert_eq!(of_pages, (is_page, is_page), "{name}");
        assert!(!answer.header("x-request-id").is_empty(), "{name}");
        assert_eq!(
            answer.header("strict-transport-security"),
            "",
            "{name}: not over plain http"
        );
        assert_eq!(answer.header("server"), "", "{name}");
        assert_eq!(answer.header("access-control-allow-origin"), "", "{name}");
        let is_kept = name.contains(" /boot.js")
            || name.contains(" /icons/")
            || name.contains(" /assets/")
            || name.ends_with("/locations/x");
        let is_plain = name.contains("z: GET") || name.contains(" /missing.js") || name.ends_with("z");
        if !is_kept && !is_plain {
            assert_eq!(answer.header("cache-control"), "no-store", "{name}");
        }
        if answer.header("content-type").starts_with(HTML) {
            assert!(
                !answer.text.contains("<style") && !answer.text.contains(" style="),
                "{name}"
            );
            let inline = answer
                .text
                .split("<script")
                .skip(1)
                .any(|rest| !rest.starts_with(" src="));
            assert!(!inline, "{name}");
        }
    }
}

#[tokio::test]
async fn the_app_runs_its_own_scripts_alone_and_wasm() {
    let app = TestApp::sqlite().await;
    let (_, page) = answers(&app).await.swap_remove(0);
    let policy = page.header("content-security-policy");
    let parts: Vec<&str> = policy.split("; ").collect();
    assert!(
        parts.contains(&"script-src 'self' 'wasm-unsafe-eval'"),
        "{policy}"
    );
    assert!(
        parts.contains(&"connect-src 'self'") && parts.contains(&"style-src 'self'"),
        "{policy}"
    );
}
