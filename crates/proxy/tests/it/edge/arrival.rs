//! How a request came: by which name, through which proxy, over https or not.

use proxy::edge::{Edge, Hosts, Proxies};
use reqwest::Method;
use serde_json::json;

use crate::support::{Answer, TestApp, http};

fn edge(proxy: &str) -> Edge {
    Edge {
        hosts: Hosts::new(["portal.example".to_owned()]),
        proxies: Proxies::new(vec![proxy.parse().unwrap()]),
        ..Edge::default()
    }
}

#[tokio::test]
async fn names_that_are_not_the_portals_are_refused_everywhere() {
    let app = TestApp::builder().edge(edge("10.0.0.1")).start().await;
    for path in [
        "/",
        "/sign-in",
        "/api/v1/session",
        "/healthz",
        "/join",
        "/api/openapi.json",
    ] {
        for host in [
            "evil.example",
            "portal.example.evil.example",
            "127.0.0.1.evil.example:80",
        ] {
            let request = http().get(format!("{}{path}", app.site())).header("host", host);
            let refused = Answer::of(request).await.problem(421, "/problems/misdirected");
            assert!(!refused.to_string().contains("evil"), "{refused}");
        }
        for host in [
            "portal.example",
            "PORTAL.EXAMPLE:8443",
            "localhost:1",
            "192.168.1.5:8080",
        ] {
            let request = http().get(format!("{}{path}", app.site())).header("host", host);
            assert_ne!(Answer::of(request).await.status, 421, "{path} {host}");
        }
    }
    let with_two = http()
        .get(format!("{}/healthz", app.site()))
        .header("host", "portal.example")
        .header("host", "evil.example");
    Answer::of(with_two).await.problem(421, "/problems/misdirected");
}

/// Signs in with a password and gives the answer.
async fn sign_in(app: &TestApp, headers: &[(&str, &str)]) -> Answer {
    let body = json!({ "email": "ana.torres@portal.example", "password": "violet kettle drives south" });
    let mut request = http().post(format!("{}/api/v1/session", app.site())).json(&body);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    Answer::of(request).await
}

async fn with_account(edge: Edge) -> TestApp {
    let app = TestApp::builder().edge(edge).start().await;
    let account = app.account("Ana Torres", "viewer").await;
    let hash = proxy::books::accounts::password::hash("violet kettle drives south");
    let hash = hash.await.unwrap();
    let mut tx = app.app.books.write().await.unwrap();
    proxy::books::accounts::password::set(&mut tx, &account.id, &hash)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    app
}

#[tokio::test]
async fn over_https_cookies_are_for_https_and_browsers_stay_with_it() {
    let https = [("x-forwarded-proto", "https")];
    let behind = with_account(edge("127.0.0.1")).await;
    let answer = sign_in(&behind, &https).await;
    let cookie = answer.header("set-cookie").to_owned();
    assert!(
        cookie.starts_with("__Host-ev_portal=") && cookie.ends_with("; Secure"),
        "{cookie}"
    );
    assert_eq!(answer.header("strict-transport-security"), "max-age=31536000");
    let pair = cookie.split(';').next().unwrap();
    let ask = |path: &str| {
        let request = http().request(Method::GET, format!("{}{path}", behind.site()));
        request.header("cookie", pair).header("accept", "text/html")
    };
    Answer::of(ask("/api/v1/session").header("x-forwarded-proto", "https"))
        .await
        .ok();
    let page = Answer::of(ask("/tokens").header("x-forwarded-proto", "https")).await;
    assert_ne!(page.status, 303, "it is known for pages, too");
    Answer::of(ask("/api/v1/session"))
        .await
        .problem(401, "/problems/signed-out");
    let out = http()
        .delete(format!("{}/api/v1/session", behind.site()))
        .header("cookie", pair)
        .header("x-forwarded-proto", "https");
    let out = Answer::of(out).await;
    assert!(out.header("set-cookie").starts_with("__Host-ev_portal=;"));

    let always = Edge {
        https: true,
        ..Edge::default()
    };
    let answer = sign_in(&with_account(always).await, &[]).await;
    assert!(answer.header("set-cookie").starts_with("__Host-ev_portal="));
    let stranger = sign_in(&with_account(edge("10.0.0.1")).await, &https).await;
    assert!(
        stranger.header("set-cookie").starts_with("ev_portal="),
        "anybody may write a header"
    );
    assert_eq!(stranger.header("strict-transport-security"), "");
}

#[tokio::test]
async fn a_client_cannot_be_another_by_a_header() {
    let app = with_account(edge("10.0.0.1")).await;
    let wrong = async |n: u8| {
        let body = json!({ "email": "ana.torres@portal.example", "password": "wrong" });
        let mut request = http().post(format!("{}/api/v1/session", app.site())).json(&body);
        for name in [
            "x-forwarded-for",
            "x-real-ip",
            "forwarded",
            "x-client-ip",
            "cf-connecting-ip",
        ] {
            request = request.header(name, format!("8.8.8.{n}"));
        }
        Answer::of(request).await.status
    };
    let answers = [
        wrong(1).await,
        wrong(2).await,
        wrong(3).await,
        wrong(4).await,
        wrong(5).await,
    ];
    assert_eq!(answers[..3], [401; 3]);
    assert!(answers[3..].contains(&429), "{answers:?}");
    let list = app.get("/session").await.ok();
    assert_eq!(list["name"], "Tess Tester");
}

/// What proxies and frameworks elsewhere take from headers: here they mean nothing.
#[tokio::test]
async fn headers_that_speak_of_users_methods_and_addresses_mean_nothing() {
    let app = TestApp::sqlite().await;
    let id = app.customer("Acme").await;
    for (name, value) in [
        ("x-user", "admin"),
        ("x-remote-user", "admin"),
        ("x-forwarded-user", "test@portal.example"),
        ("x-original-url", "/healthz"),
        ("x-rewrite-url", "/healthz"),
        ("x-forwarded-prefix", "/healthz"),
        ("x-forwarded-host", "localhost"),
        ("authorization", "Basic dGVzdDp0ZXN0"),
        ("authorization", "Bearer"),
        ("authorization", "Bearer null"),
        ("cookie", "ev_portal="),
        ("cookie", "ev_portal=0000000000000000000000000000000000000000"),
    ] {
        let request = http()
            .get(format!("{}/api/v1/customers", app.site()))
            .header(name, value);
        Answer::of(request).await.problem(401, "/problems/signed-out");
    }
    for name in ["x-http-method-override", "x-method-override", "x-http-method"] {
        let request = app
            .request(Method::POST, &format!("/customers/{id}"))
            .header(name, "DELETE")
            .header("if-match", "*");
        Answer::of(request)
            .await
            .problem(405, "/problems/method-not-allowed");
    }
    app.get(&format!("/customers/{id}?_method=DELETE")).await.ok();
    app.get(&format!("/customers/{id}")).await.ok();
}
